import type { Money } from '../money.ts';
import { formatMoney, sum, toCents } from '../money.ts';
import { placeCharges } from './charges.ts';
import { takeDeductions } from './deductions.ts';
import type { BillEntry } from './entries.ts';
import { billEntries, orderEntries } from './entries.ts';
import type { BillToShare, Extra, OrderToShare, Share } from './shareable.ts';

/**
 * Shares a bill's net amounts out to the lines of the orders that it is for, by content: item, account, tracking,
 * description, price, and what is left to bill; neither the number of lines nor their order has to be the same.
 * `before` is what was billed on each order line before, net, by the line's id. Shares and extras together are the
 * bill's net to the cent, whatever the input, and the same however the lines are sorted.
 */
export function shareBill(
  bill: BillToShare,
  orders: readonly OrderToShare[],
  before: ReadonlyMap<string, Money> = new Map(),
): { shares: Share[]; extras: Extra[] } {
  // A credit is the charge that it takes back, with its sign turned; what was billed before does not limit it.
  const sign = sum(bill.lines.map(({ net }) => net)).lt(0) ? -1 : 1;
  const entries = orderEntries(orders, sign === 1 ? before : new Map());
  const lines = billEntries(bill, sign);
  const charges = lines.filter(({ amount }) => amount.gt(0));
  const deductions = lines.filter(({ amount }) => amount.lt(0));
  const ordered = entries.filter(({ line }) => line.net.gt(0));
  const extras = [
    ...placeCharges(charges, ordered).map((entry) => asExtra(entry, sign, whyCharge(entry))),
    ...takeDeductions(deductions, entries).map((entry) =>
      asExtra(entry, sign, 'is taken off what is on no line of the order'),
    ),
    ...unexplained(bill),
  ];
  const shares = entries
    .filter(({ billed }) => !billed.eq(0))
    .map(({ order, id, billed }) => ({ order, line: id, amount: billed.times(sign) }));
  return { shares, extras };
}

function asExtra({ id, description, amount }: BillEntry, sign: number, why: string): Extra {
  return { line: id, description, amount: amount.times(sign), why };
}

function whyCharge({ line }: BillEntry): string {
  return line.besides
    ? 'comes with what was ordered and is on no line of the order'
    : 'is like no line of the order';
}

function unexplained({ lines, subTotal }: BillToShare): Extra[] {
  const total = toCents(sum(lines.map(({ net }) => net)));
  const off = subTotal === undefined ? toCents(total.minus(total)) : toCents(subTotal).minus(total);
  if (off.eq(0)) return [];
  return [{ description: 'Difference', amount: off, why: `the lines add up to ${formatMoney(total)}` }];
}
