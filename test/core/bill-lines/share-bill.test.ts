import { describe, expect, it } from '@jest/globals';
import { shareBill } from '../../../lib/core/bill-lines/share-bill.ts';
import type { LineToMatch } from '../../../lib/core/bill-match/matchable.ts';
import { formatMoney, money } from '../../../lib/core/money.ts';
import { line } from '../bill-match/builders.ts';

const withIds = (lines: LineToMatch[]) => lines.map((it, at) => ({ ...it, id: `${at}` }));

/** What the bill bills on each line of one order, by the line's description, and what is on none. */
function share(ordered: LineToMatch[], billed: LineToMatch[], before: Record<string, string> = {}) {
  const lines = withIds(ordered);
  const { shares, extras } = shareBill(
    { lines: withIds(billed) },
    [{ id: 'order', lines }],
    new Map(
      lines.flatMap(({ id, description }) => (before[description] ? [[id, money(before[description])]] : [])),
    ),
  );
  return {
    ...Object.fromEntries(
      shares.map(({ line: id, amount }) => [lines[Number(id)]!.description, formatMoney(amount)]),
    ),
    extras: extras.map(({ description, amount }) => `${description} ${formatMoney(amount)}`),
  };
}

const slab = line('Slab concrete 25MPa', '8000', { item: 'CON-25' });
const pump = line('Concrete pump', '650', { item: 'PUMP' });
const mesh = line('Mesh SL82', '1240.50', { item: 'MSH' });

describe('the lines of a bill', () => {
  it('are found by content, whatever their order and number', () => {
    expect(share([slab, pump, mesh], [mesh, slab, pump])).toEqual({
      'Slab concrete 25MPa': '8000.00',
      'Concrete pump': '650.00',
      'Mesh SL82': '1240.50',
      extras: [],
    });
  });

  it('bill a part of a line, or more than it has', () => {
    const billed = [line('25MPa slab pour 1', 3200, { item: 'CON-25' }), line('Pump', 700, { item: 'PUMP' })];
    expect(share([slab, pump, mesh], billed)).toEqual({
      'Slab concrete 25MPa': '3200.00',
      'Concrete pump': '700.00',
      extras: [],
    });
  });

  it('that were split come together, those in other words by project, account and price', () => {
    const ordered = [
      line('Labour', 4000, { account: '320', price: '80' }),
      line('Plant', 2000, { account: '340' }),
    ];
    const billed = [
      line('J. Smith 20 h', 1600, { account: '320', price: '80' }),
      line('A. Jones 30 h', 2400, { account: '320', price: '80' }),
      line('Roller and operator', 900, { account: '340' }),
    ];
    expect(share(ordered, billed)).toEqual({ Labour: '4000.00', Plant: '900.00', extras: [] });
  });

  it('of which only the amount tells are the one that it fits, or that is left', () => {
    const ordered = [line('Bay 1', 5000), line('Bay 2', 3000)];
    expect(share(ordered, [line('As agreed', 3000)])).toEqual({ 'Bay 2': '3000.00', extras: [] });
    expect(share(ordered, [line('As agreed', 1200)], { 'Bay 1': '3800' })).toEqual({
      'Bay 1': '1200.00',
      extras: [],
    });
  });

  it('that claim a part of the whole go to all lines, in proportion to what is left of each', () => {
    const ordered = [line('Rough-in', 60000), line('Trim', 40000)];
    expect(share(ordered, [line('Progress claim 1, 30 %', 30000)])).toEqual({
      'Rough-in': '18000.00',
      Trim: '12000.00',
      extras: [],
    });
    expect(share(ordered, [line('Progress claim 2', 20000)], { 'Rough-in': '60000' })).toEqual({
      Trim: '20000.00',
      extras: [],
    });
  });

  it('go to what was ordered where nothing is left', () => {
    const ordered = [line('Rough-in', 60000), line('Trim', 40000)];
    const before = { 'Rough-in': '60000', Trim: '41000' };
    expect(share(ordered, [line('Final account', 1000)], before)).toEqual({
      'Rough-in': '600.00',
      Trim: '400.00',
      extras: [],
    });
  });

  it('in quite other words are what is left, to the cent, and else something else', () => {
    const other = { account: '399', project: '' };
    expect(share([slab, mesh], [slab, line('Reinforcing steel sheets', '1240.50', other)])).toEqual({
      'Slab concrete 25MPa': '8000.00',
      'Mesh SL82': '1240.50',
      extras: [],
    });
    expect(share([slab, mesh], [slab, line('Core drilling', '900', other)])).toEqual({
      'Slab concrete 25MPa': '8000.00',
      extras: ['Core drilling 900.00'],
    });
  });

  it('none of which is like the order are the order all the same, for it was said to be', () => {
    const billed = [line('Tickets 551 to 558', 4000, { account: '399', project: '' })];
    expect(share([slab, line('Kerbs', 2000)], billed)).toMatchObject({
      'Slab concrete 25MPa': '3200.00',
      Kerbs: '800.00',
    });
  });

  it('without an amount, and lines of the order without one, take nothing', () => {
    const remark = line('Thank you for your business', 0);
    expect(share([slab, line('Deliver to gate 2', 0)], [remark, slab, remark])).toEqual({
      'Slab concrete 25MPa': '8000.00',
      extras: [],
    });
  });

  it('of merged orders go to the order that each is of', () => {
    const { shares } = shareBill({ lines: withIds([pump, slab]) }, [
      { id: 'one', lines: [{ ...slab, id: 'slab' }] },
      { id: 'other', lines: [{ ...pump, id: 'pump' }] },
    ]);
    expect(shares.map(({ order, line: id, amount }) => [order, id, formatMoney(amount)])).toEqual([
      ['one', 'slab', '8000.00'],
      ['other', 'pump', '650.00'],
    ]);
  });
});

describe('what comes with the goods', () => {
  it('is an extra where the order has no line for it', () => {
    const billed = [slab, line('Fuel surcharge', 96), line('Delivery', '75.20', { account: '425' })];
    expect(share([slab], billed)).toEqual({
      'Slab concrete 25MPa': '8000.00',
      extras: ['Fuel surcharge 96.00', 'Delivery 75.20'],
    });
  });

  it('is on the line that the order has for it', () => {
    const ordered = [slab, line('Delivery to site', 100)];
    expect(share(ordered, [slab, line('Delivery', 120)])).toMatchObject({
      'Delivery to site': '120.00',
      extras: [],
    });
  });
});

describe('what a bill takes off', () => {
  it('reduces the line that it names', () => {
    const billed = [slab, mesh, line('Less discount on mesh SL82', -124)];
    expect(share([slab, mesh], billed)).toMatchObject({
      'Slab concrete 25MPa': '8000.00',
      'Mesh SL82': '1116.50',
    });
  });

  it('reduces the lines of its account, and only those', () => {
    const crane = line('Crane', 500, { account: '340' });
    expect(share([slab, crane], [slab, crane, line('Discount 10 %', -50, { account: '340' })])).toMatchObject(
      {
        'Slab concrete 25MPa': '8000.00',
        Crane: '450.00',
      },
    );
  });

  it('reduces all lines in proportion where it is taken off the whole: a discount, retention, earlier claims', () => {
    const ordered = [line('Rough-in', 60000), line('Trim', 40000)];
    const billed = [line('Rough-in to date', 30000), line('Trim to date', 10000)];
    const off = [line('Less previous claims', -20000), line('Less retention 5 %', -1000)];
    expect(share(ordered, [...billed, ...off])).toEqual({
      'Rough-in': '14250.00',
      Trim: '4750.00',
      extras: [],
    });
  });

  it('is the discount that the order has as well', () => {
    const discount = line('Trade discount', -400);
    expect(share([slab, discount], [slab, discount])).toEqual({
      'Slab concrete 25MPa': '8000.00',
      'Trade discount': '-400.00',
      extras: [],
    });
  });

  it('is an extra where a line would be billed less than nothing, or where it is for freight', () => {
    const returned = line('Return of mesh SL82', -200, { item: 'MSH' });
    expect(share([slab, mesh], [slab, returned])).toMatchObject({ extras: ['Return of mesh SL82 -200.00'] });
    expect(share([slab], [slab, line('Freight credit', -30)])).toMatchObject({
      extras: ['Freight credit -30.00'],
    });
  });

  it('is a credit where it is the whole bill, and reads like the charge that it takes back', () => {
    const billed = [line('Mesh SL82 returned', -200, { item: 'MSH' }), line('Freight', -20)];
    expect(share([slab, mesh], billed)).toEqual({ 'Mesh SL82': '-200.00', extras: ['Freight -20.00'] });
  });
});

it('a total that the lines do not add up to leaves the difference as an extra', () => {
  const bill = { lines: withIds([slab]), subTotal: money('8000.02') };
  const { extras } = shareBill(bill, [{ id: 'order', lines: withIds([slab]) }]);
  expect(extras).toEqual([
    { description: 'Difference', amount: money('0.02'), why: 'the lines add up to 8000.00' },
  ]);
});
