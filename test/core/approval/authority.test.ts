import { describe, expect, it } from '@jest/globals';
import {
  approvalsNeeded,
  approverCalled,
  firstAsked,
  inLine,
  mayDecide,
  nextInLine,
} from '../../../lib/core/approval/authority.ts';
import { money } from '../../../lib/core/money.ts';

const FOREMAN = { name: 'Sam Ortiz', email: 'sam@example.com', projects: ['1042'], upTo: '5000' };
const MANAGER = { name: 'Dana Reyes', email: 'dana@example.com', upTo: '50000' };
const OWNER = { name: 'Lee Harlan', email: 'lee@example.com' };
const DEPUTY = { name: 'Ray Hill', email: 'ray@example.com', standIn: true };
const ALL = [DEPUTY, OWNER, MANAGER, FOREMAN];

const RIVERSIDE = { id: '598134325511042', number: '1042', name: 'Riverside' };
const OAK = { id: '598134325511047', number: '1047', name: 'Oak Street' };
const about = (amount: string, ...projects: (typeof OAK)[]) => ({ amount: money(amount), projects });
const names = (people: { name: string }[]) => people.map(({ name }) => name);

describe('limits of authority', () => {
  it('let a person decide up to the very amount, and on all projects of a document or not at all', () => {
    expect(mayDecide(FOREMAN, about('5000.00', RIVERSIDE))).toBe(true);
    expect(mayDecide(FOREMAN, about('5000.01', RIVERSIDE))).toBe(false);
    expect(mayDecide(FOREMAN, about('10', RIVERSIDE, OAK))).toBe(false);
    expect(mayDecide(OWNER, about('10000000', RIVERSIDE, OAK))).toBe(true);
  });

  it('ask the lowest that is enough first, and stand-ins after everybody', () => {
    const line = (amount: string, project: typeof OAK) => inLine(ALL, about(amount, project)).map(names);
    expect(line('4000', RIVERSIDE)).toEqual([['Sam Ortiz'], ['Dana Reyes'], ['Lee Harlan'], ['Ray Hill']]);
    expect(line('4000', OAK)).toEqual([['Dana Reyes'], ['Lee Harlan'], ['Ray Hill']]);
    expect(line('50001', OAK)).toEqual([['Lee Harlan'], ['Ray Hill']]);
  });

  it('ask as many as must approve, and then one rank after the other', () => {
    const line = inLine(ALL, about('4000', RIVERSIDE));
    expect(names(firstAsked(line, 1))).toEqual(['Sam Ortiz']);
    expect(names(firstAsked(line, 2))).toEqual(['Sam Ortiz', 'Dana Reyes']);
    expect(names(nextInLine(line, [FOREMAN]))).toEqual(['Dana Reyes']);
    expect(nextInLine(line, ALL)).toEqual([]);
  });

  it('want two persons above the amount that is set, and one up to it', () => {
    expect(approvalsNeeded(about('500'), { secondApproverAbove: '500' })).toBe(1);
    expect(approvalsNeeded(about('500.01'), { secondApproverAbove: '500' })).toBe(2);
    expect(approvalsNeeded(about('500.01'), {})).toBe(1);
  });

  it('know a person by address or by name, and nobody where two are called alike', () => {
    expect(approverCalled(ALL, ' DANA@example.com ')).toBe(MANAGER);
    expect(approverCalled(ALL, 'lee harlan')).toBe(OWNER);
    expect(approverCalled([OWNER, { ...OWNER, email: 'l2@example.com' }], 'Lee Harlan')).toBeUndefined();
    expect(approverCalled(ALL, 'Somebody')).toBeUndefined();
  });
});
