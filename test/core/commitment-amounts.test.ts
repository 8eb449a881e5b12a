import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProjectShare } from '../../lib/core/allocate.ts';
import { desiredCommitments } from '../../lib/core/desired-commitments.ts';
import type { DocumentLine, PurchaseOrder } from '../../lib/core/documents.ts';
import { formatMoney, money, sum, toCents } from '../../lib/core/money.ts';
import { toLine } from '../../lib/xero/line-wire.ts';
import { cedar, line, lineWithoutAccount, oakStreet, order, riverside } from './builders.ts';

const target = { wbsCode: '03-300.M' };
const world = () => ({
  costCodes: [],
  costTypes: [],
  wbsCodes: [{ id: '21', code: '03-300.M' }],
  segments: [],
  billingPeriods: [],
});

/** Lines in their projects; those whose project is undefined are left out. */
function commit(
  wanted: PurchaseOrder,
  projectOf = (_line: DocumentLine): ProjectShare['project'] | undefined => riverside,
) {
  const shares = [riverside, oakStreet, cedar].flatMap((project): ProjectShare[] => {
    const lines = wanted.lines.filter((one) => projectOf(one) === project);
    return lines.length > 0 ? [{ project, lines: lines.map((one) => ({ line: one, target })) }] : [];
  });
  return desiredCommitments(
    { ...wanted, contact: wanted.contact! },
    shares,
    world,
    { requisitionOnPurchaseOrder: 'none' },
    JSON.stringify,
  );
}

const amountsOf = (commitments: ReturnType<typeof commit>) =>
  commitments.flatMap(({ lines }) => lines.map(({ amount }) => formatMoney(amount)));
const bare = { Description: 'Formwork', AccountID: undefined, ItemCode: undefined };
const nets = (...texts: string[]) => texts.map((net, index) => line({ id: `l${index}`, net }));

describe('the amounts of a commitment', () => {
  it('are the lines as they are where they are whole cents', () => {
    expect(amountsOf(commit(order({ lines: nets('1980.00', '-80.50', '0') })))).toEqual([
      '1980.00',
      '-80.50',
      '0.00',
    ]);
  });

  it('give what rounding left over to the largest line', () => {
    const lines = nets('10.0049', '20.0049', '10.0049');
    expect(amountsOf(commit(order({ lines, subTotal: money('40.01') })))).toEqual([
      '10.00',
      '20.01',
      '10.00',
    ]);
  });

  it('take it from the largest line where rounding made too much', () => {
    const lines = nets('0.0050', '0.0050', '9.9900');
    expect(amountsOf(commit(order({ lines, subTotal: money('10.00') })))).toEqual(['0.01', '0.01', '9.98']);
  });

  it('give it to the largest line of the whole order where projects share it', () => {
    const lines = nets('10.0049', '20.0049', '10.0049');
    const projects = new Map([
      ['l0', riverside],
      ['l1', oakStreet],
      ['l2', riverside],
    ]);
    const commitments = commit(order({ lines, subTotal: money('40.01') }), ({ id }) => projects.get(id));
    expect(commitments.map(({ lines: sov }) => formatMoney(sum(sov.map(({ amount }) => amount))))).toEqual([
      '20.00',
      '20.01',
    ]);
  });

  it('meet no total where rules leave a line out: each carried line is rounded by itself', () => {
    const lines = nets('10.0049', '20.0049', '10.0049');
    const wanted = order({ lines, subTotal: money('40.01') });
    expect(amountsOf(commit(wanted, ({ id }) => (id === 'l0' ? undefined : riverside)))).toEqual([
      '20.00',
      '10.00',
    ]);
  });

  it('still meet the total where only remarks stay behind', () => {
    const lines = [...nets('10.0049', '10.0049'), lineWithoutAccount({ id: 'remark', net: '0' })];
    const wanted = order({ lines, subTotal: money('20.01') });
    expect(amountsOf(commit(wanted, ({ id }) => (id === 'remark' ? undefined : riverside)))).toEqual([
      '10.01',
      '10.00',
    ]);
  });

  it('are net of tax on an order whose prices include it', () => {
    const lines = ['110.00', '33.33'].map((amount, index) =>
      toLine(
        {
          LineItemID: `l${index}`,
          AccountCode: '310',
          ...bare,
          LineAmount: money(amount),
          TaxAmount: money(amount).div(11).round(2),
        },
        'Inclusive',
      ),
    );
    expect(amountsOf(commit(order({ lines })))).toEqual(['100.00', '30.30']);
  });

  it('have discounts taken off, on prices of four decimals', () => {
    const discounted = toLine(
      {
        LineItemID: 'l0',
        AccountCode: '310',
        ...bare,
        Quantity: money('12.5'),
        UnitAmount: money('158.4321'),
        DiscountRate: money('7.5'),
      },
      'Exclusive',
    );
    expect(amountsOf(commit(order({ lines: [discounted] })))).toEqual(['1831.87']);
  });
});

describe('any order, whatever its prices', () => {
  const anyNet = fc.oneof(
    fc.integer({ min: -500_000, max: 50_000_000 }).map((tenThousandths) => money(`${tenThousandths}e-4`)),
    fc
      .tuple(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.integer({ min: 0, max: 99 }),
      )
      .map(([quantity, price, discount]) =>
        money(`${quantity}e-2`)
          .times(`${price}e-4`)
          .times(`${100 - discount}e-2`)
          .round(4),
      ),
  );
  const anyLines = fc
    .array(fc.record({ net: anyNet, project: fc.constantFrom(riverside, oakStreet, cedar) }), {
      minLength: 1,
      maxLength: 60,
    })
    .map((drawn) =>
      drawn.map(({ net, project }, index) => ({ line: line({ id: `l${index}`, net }), project })),
    );

  it('is committed to the cent of its own SubTotal, over all projects together', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: -30, max: 30 }), (drawn, cents) => {
        const lines = drawn.map((one) => one.line);
        // Xero's own total may differ by half a cent a line.
        const off = money(`${Math.trunc((cents / 30) * (lines.length / 2))}e-2`);
        const subTotal = toCents(sum(lines.map(({ net }) => net))).plus(off);
        const projects = new Map(drawn.map(({ line: { id }, project }) => [id, project]));
        const commitments = commit(order({ lines, subTotal }), ({ id }) => projects.get(id));
        const sov = commitments.flatMap((commitment) => commitment.lines);
        expect(formatMoney(sum(sov.map(({ amount }) => amount)))).toBe(formatMoney(subTotal));
        expect(sov).toHaveLength(lines.length);
        const exact = new Map(lines.map(({ id, net }) => [`xero:line:${id}`, toCents(net)]));
        const moved = sov.filter(({ originId, amount }) => !amount.eq(exact.get(originId)!));
        expect(moved.length).toBeLessThanOrEqual(1);
        for (const { amount } of sov) expect(amount.eq(toCents(amount))).toBe(true);
      }),
      { seed: 20261102, numRuns: 500 },
    );
  });
});
