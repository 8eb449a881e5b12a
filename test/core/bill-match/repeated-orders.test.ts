import { describe, expect, it } from '@jest/globals';
import { matchBill } from '../../../lib/core/bill-match/match-bill.ts';
import type { OrderToMatch } from '../../../lib/core/bill-match/matchable.ts';
import { indexOrders } from '../../../lib/core/bill-match/order-book.ts';
import { bill, line, order } from './builders.ts';

const WEEKS = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];
const hire = [line('Boom lift weekly hire', 1150)];
const weekly = WEEKS.map((date, at) => order(`week-${at + 1}`, hire, { date }));

/** What a bill of this date for one week's hire is for. */
function week(date: string, orders: OrderToMatch[] = weekly, lines = hire, reference = 'R-221') {
  const match = matchBill(bill(reference, lines, { date }), indexOrders(orders));
  return 'orders' in match ? match.orders.join() : 'none' in match ? 'NONE' : 'ASK';
}

describe('the same order every week', () => {
  it.each([
    ['2026-11-06', 'week-1'],
    ['2026-11-13', 'week-2'],
    ['2026-11-15', 'week-2'],
    ['2026-11-21', 'week-3'],
  ])('is told by the period that a bill of %s falls into', (date, expected) => {
    expect(week(date)).toBe(expected);
  });

  it.each(['2026-11-09', '2026-11-10', '2026-12-10'])(
    'is asked about at the beginning of a period, which may be billed in arrears, and after the last: %s',
    (date) => {
      expect(week(date)).toBe('ASK');
    },
  );

  it('is told by its number, whatever the date', () => {
    expect(week('2026-11-21', weekly, hire, 'R-221 week-1')).toBe('week-1');
  });

  it('is told by its amount where that differs', () => {
    const last = order('week-5', [line('Boom lift weekly hire', 1285)], { date: '2026-11-30' });
    expect(week('2026-12-20', [...weekly, last], [line('Boom lift weekly hire', 1285)])).toBe('week-5');
  });

  it('is told by the week that it names', () => {
    const named = WEEKS.map((date, at) =>
      order(`week-${at + 1}`, [line(`Boom lift, w/e ${at + 8} Nov`, 1150)], { date }),
    );
    expect(week('2026-12-20', named, [line('Boom lift w/e 9 Nov', 1150)])).toBe('week-2');
  });

  it.each([
    ['Boom lift 11/09 thru 11/15', 'week-2'],
    ['Boom lift 16.11.2026', 'week-3'],
    ['Boom lift 21/11', 'ASK'],
    ['Boom lift November', 'ASK'],
  ])('is told by the day that it names, if that is when one is ordered: %s', (words, expected) => {
    expect(week('2026-12-20', weekly, [line(words, 1150)])).toBe(expected);
  });

  it('is told by the month that it names, where one is ordered in that', () => {
    const monthly = ['2026-09-01', '2026-10-01', '2026-11-01'].map((date) => order(date, hire, { date }));
    expect(week('2026-11-02', monthly, [line('Boom lift hire October', 1150)])).toBe('2026-10-01');
    expect(week('2026-12-02', monthly, [line('Boom lift hire Sept to Nov', 1150)])).toBe('ASK');
  });

  it('is several orders where a bill names several weeks', () => {
    const named = WEEKS.map((date, at) =>
      order(`week-${at + 1}`, [line(`Boom lift, w/e ${at + 8} Nov`, 1150)], { date }),
    );
    const two = [line('Boom lift w/e 9 Nov', 1150), line('Boom lift w/e 10 Nov', 1150)];
    expect(week('2026-12-01', named, two).split(',').sort()).toEqual(['week-2', 'week-3']);
  });

  it('is not told by the date where it is taken back', () => {
    expect(week('2026-11-13', weekly, [line('Boom lift weekly hire', -1150)])).toBe('ASK');
  });

  it('is not told by the date where each is for a job of its own, and the bill names none', () => {
    const jobs = ['Riverside', 'Oak Street'].map((project, at) =>
      order(project, [line('Boom lift weekly hire', 1150, { project })], { date: WEEKS[at]! }),
    );
    const lines = [line('Boom lift weekly hire', 1150, { project: '' })];
    expect(week('2026-11-14', jobs, lines)).toBe('ASK');
  });

  it('is told among open orders where earlier ones are marked as billed and the date agrees', () => {
    const some = weekly.map((it, at) => (at === 0 ? { ...it, status: 'BILLED' } : it));
    expect(week('2026-11-13', some)).toBe('week-2');
    expect(week('2026-11-06', some)).toBe('week-1');
  });
});
