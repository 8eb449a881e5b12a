import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { expectedOutcome } from '../../../lib/sandbox/seed/expected-outcome.ts';
import { ORDERS } from '../../../lib/sandbox/seed/orders.ts';

const TODAY = '2026-11-22';
const outcome = expectedOutcome(TODAY);
const expected = (number: string) => outcome.find((one) => one.number === number)!;

describe('the expected outcome', () => {
  it('covers every order once', () => {
    expect(outcome.map(({ number }) => number)).toEqual(ORDERS.map(({ number }) => number));
    expect(new Set(outcome.map(({ number }) => number)).size).toBe(40);
  });

  it('has each reason to stay out of Procore once, and three drafts', () => {
    const stays = outcome
      .filter(({ state }) => state !== 'posted')
      .map(({ number, state, code }) => [number, state, code]);
    expect(stays).toEqual([
      ['PO-1204', 'parked', 'vendor-ambiguous'],
      ['PO-1211', 'parked', 'project-unmapped'],
      ['PO-1220', 'parked', 'cost-code-not-in-project'],
      ['PO-1226', 'parked', 'foreign-currency'],
      ['PO-1230', 'parked', 'account-unmapped'],
      ['PO-1232', 'left-out', 'deleted-in-xero'],
      ['PO-1233', 'left-out', 'status-below-setting'],
      ['PO-1235', 'left-out', 'left-out-by-rule'],
      ['PO-1238', 'left-out', 'status-below-setting'],
      ['PO-1239', 'left-out', 'status-below-setting'],
    ]);
    expect(outcome.every(({ state, commitments }) => (state === 'posted') === commitments.length > 0)).toBe(
      true,
    );
  });

  it('has lines that make up each total, under numbers that differ', () => {
    const commitments = outcome.flatMap((one) => one.commitments);
    for (const { lines, total } of commitments) {
      expect(lines.reduce((sum, { amount }) => sum.plus(amount), new Big(0)).toFixed(2)).toBe(total);
    }
    expect(new Set(commitments.map(({ number }) => number)).size).toBe(commitments.length);
  });

  it('books a plain concrete order on three budget codes, net of tax', () => {
    expect(expected('PO-1201').commitments).toEqual([
      {
        project: '1042',
        number: 'PO-1201',
        vendor: 'Acme Concrete, LLC',
        status: 'Approved',
        lines: [
          { costCode: '03-300', costType: 'M', amount: '9296.88' }, // 62.5 × 148.75 = 9296.875
          { costCode: '03-300', costType: 'E', amount: '1110.00' },
          { costCode: '01-650', costType: 'M', amount: '240.00' },
        ],
        total: '10646.88',
        hasRequisition: true,
      },
    ]);
  });

  it('splits an order of two jobs into two commitments', () => {
    const commitments = expected('PO-1227').commitments.map(({ number, project, lines, total }) => ({
      number,
      project,
      codes: lines.map(({ costCode }) => costCode),
      total,
    }));
    expect(commitments).toEqual([
      { number: 'PO-1227-1047', project: '1047', codes: ['06-110', '06-110'], total: '9434.55' }, // 5250.30 + 4184.25
      { number: 'PO-1227-1042', project: '1042', codes: ['06-160', '06-100'], total: '2730.21' }, // 1338.96 + 1391.25
    ]);
  });

  it('keeps the negative line of a trade discount, and the zero line of a free sample', () => {
    expect(expected('PO-1234').commitments[0]!.lines.map(({ amount }) => amount)).toEqual([
      '9220.20',
      '-1250.00',
      '295.00',
    ]);
    expect(expected('PO-1221').commitments[0]!.lines.at(-1)).toEqual({
      costCode: '09-250',
      costType: 'M',
      amount: '0.00',
    });
  });

  it('takes tax out of inclusive prices', () => {
    // 20756.94 − 1581.94 and 2202.89 − 167.89
    expect(expected('PO-1219').commitments[0]!.lines.map(({ amount }) => amount)).toEqual([
      '19175.00',
      '2035.00',
    ]);
  });

  it('leaves the yard truck out of the job that it delivered to', () => {
    expect(expected('PO-1240').commitments[0]).toMatchObject({ total: '2732.34' }); // 1043.25 + 1401.74 + 287.35
  });

  it('expects no requisition on submitted orders, nor where no billing period is open', () => {
    const without = outcome
      .flatMap((one) => one.commitments)
      .filter(({ hasRequisition }) => !hasRequisition)
      .map(({ number, project, status }) => `${number} ${project} ${status}`);
    expect(without).toEqual([
      'PO-1209 1051 Approved',
      'PO-1214 1051 Approved',
      'PO-1217 1051 Approved',
      'PO-1218 1047 Submitted',
      'PO-1223 1051 Approved',
      'PO-1225 1042 Submitted',
      'PO-1229 1051 Submitted',
      'PO-1237 1042 Submitted',
      'PO-1240 1051 Approved',
    ]);
  });
});
