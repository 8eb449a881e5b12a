import { describe, expect, it } from '@jest/globals';
import { checkFigures, commitmentStatus, reasonToLeaveOut } from '../../lib/core/eligibility.ts';
import { money } from '../../lib/core/money.ts';
import { line, lineWithoutAccount, order } from './builders.ts';

const settings = { startDate: '2026-11-01', purchaseOrderFrom: 'SUBMITTED' } as const;

describe('the status of a commitment', () => {
  it.each([
    ['DRAFT', 'Draft'],
    ['SUBMITTED', 'Submitted'],
    ['AUTHORISED', 'Approved'],
    // Received or Closed would take it out of the committed costs.
    ['BILLED', 'Approved'],
    ['DELETED', 'removed'],
    ['SCHEDULED', undefined],
    ['authorised', undefined],
  ])('of an order that is %s in Xero is %s', (status, expected) => {
    expect(commitmentStatus(order({ status }))).toBe(expected);
  });
});

describe('an order that Procore does not hold yet', () => {
  it.each([
    ['DRAFT', 'SUBMITTED', 'status-below-setting'],
    ['SUBMITTED', 'SUBMITTED', undefined],
    ['AUTHORISED', 'SUBMITTED', undefined],
    ['BILLED', 'SUBMITTED', undefined],
    ['DRAFT', 'DRAFT', undefined],
    ['DRAFT', 'AUTHORISED', 'status-below-setting'],
    ['SUBMITTED', 'AUTHORISED', 'status-below-setting'],
    ['AUTHORISED', 'AUTHORISED', undefined],
    ['BILLED', 'AUTHORISED', undefined],
    ['DELETED', 'DRAFT', 'deleted-in-xero'],
    ['SCHEDULED', 'DRAFT', 'status-unknown'],
  ] as const)('and is %s, with orders carried from %s up: %s', (status, purchaseOrderFrom, reason) => {
    expect(reasonToLeaveOut(order({ status }), { ...settings, purchaseOrderFrom })).toBe(reason);
  });

  it.each([
    ['the day before the start date', '2026-10-31', 'before-start-date'],
    ['the start date itself', '2026-11-01', undefined],
    ['a later day', '2027-01-01', undefined],
  ])('and is dated %s', (_case, date, reason) => {
    expect(reasonToLeaveOut(order({ date }), settings)).toBe(reason);
  });

  it('and has no date is not too old', () => {
    const { date: _none, ...undated } = order();
    expect(reasonToLeaveOut(undated, settings)).toBeUndefined();
  });

  it('stays out while it has no line, or remarks only', () => {
    expect(reasonToLeaveOut(order({ lines: [] }), settings)).toBe('nothing-to-commit');
    const remarks = [lineWithoutAccount({ net: '0' }), lineWithoutAccount({ id: 'b', net: '0.00' })];
    expect(reasonToLeaveOut(order({ lines: remarks }), settings)).toBe('nothing-to-commit');
  });

  it('comes in with one line that costs something, or that names an account', () => {
    const remark = lineWithoutAccount({ net: '0' });
    expect(reasonToLeaveOut(order({ lines: [remark, line({ net: '0' })] }), settings)).toBeUndefined();
    expect(reasonToLeaveOut(order({ lines: [lineWithoutAccount()] }), settings)).toBeUndefined();
  });
});

describe('the figures of an order', () => {
  const lines = (...nets: string[]) => nets.map((net, index) => line({ id: `l${index}`, net }));

  it('fit where the lines add up to the total', () => {
    expect(() => checkFigures(order({ lines: lines('1980.00', '-80.00') }))).not.toThrow();
    expect(() => checkFigures(order({ lines: [] }))).not.toThrow();
  });

  it.each([
    ['one line, a cent more', ['100.00'], '100.01', true],
    ['one line, two cents more', ['100.00'], '100.02', false],
    ['one line, two cents less', ['100.00'], '99.98', false],
    ['two lines, a cent less', ['50.00', '50.00'], '99.99', true],
    ['three lines, a cent and a half', ['10.0050', '10.0050', '10.0050'], '30.00', true],
    ['three lines, two cents', ['10.00', '10.00', '10.00'], '30.02', false],
    ['two hundred lines, a dollar', Array.from({ length: 200 }, () => '1.00'), '201.00', true],
    ['two hundred lines, a dollar and a cent', Array.from({ length: 200 }, () => '1.00'), '201.01', false],
  ])('may differ by half a cent a line, never less than one: %s', (_case, nets, subTotal, fits) => {
    const check = () => checkFigures(order({ lines: lines(...nets), subTotal: money(subTotal) }));
    if (fits) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'totals-disagree' }));
  });

  it('that disagree are shown beside each other', () => {
    expect(() => checkFigures(order({ lines: lines('90.00'), subTotal: money('100') }))).toThrow(
      expect.objectContaining({ facts: { lines: '90.00', order: '100.00' } }),
    );
  });

  it('may be zero, but not less than nothing', () => {
    expect(() => checkFigures(order({ lines: lines('50.00', '-50.00') }))).not.toThrow();
    expect(() => checkFigures(order({ lines: lines('50.00', '-50.01') }))).toThrow(
      expect.objectContaining({ code: 'total-negative', facts: { total: '-0.01' } }),
    );
  });
});
