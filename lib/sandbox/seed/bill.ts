import { Big } from 'big.js';
import { toCents } from '../../core/money.ts';
import { lineAmounts } from './amounts.ts';
import type { SeedLine, SeedOrder } from './order.ts';
import { orderOf } from './orders.ts';
import type { SupplierKey } from './suppliers.ts';

export interface SeedBill {
  /** Xero's InvoiceNumber, on screen the Reference: not unique, so `key` tells bills apart. */
  reference: string;
  key: string;
  supplier: SupplierKey;
  status: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'VOIDED' | 'DELETED';
  daysAgo: number;
  amounts: SeedOrder['amounts'];
  foreign?: SeedOrder['foreign'];
  lines: SeedLine[];
  /** The orders that the contractor's accountant books it on. */
  orders: string[];
  /** Shares of the total, paid so many days ago. `rest` is whatever payments and credits left over. */
  payments: { daysAgo: number; share: string | 'rest' }[];
}

interface BillFacts {
  status?: SeedBill['status'];
  /** The days ago on which all that was left was paid. */
  paid?: number;
  /** A part payment: days ago, and its share of the total. */
  part?: [daysAgo: number, share: string];
  reference?: string;
  orders?: string[];
  /** Lines that the supplier charges beside the order's. */
  extra?: SeedLine[];
  /** Which of the order's lines were delivered, by position. */
  only?: [from: number, to: number];
}

/** A bill copied from an order: this share of each of its lines, with the order's number as reference. */
export function billed(number: string, share: string, daysAgo: number, facts: BillFacts = {}): SeedBill {
  const from = orderOf(number);
  const chosen = facts.only ? from.lines.slice(...facts.only) : from.lines;
  const lines = chosen.map((line) => partOf(line, share, from.amounts));
  return bill(
    facts.reference ?? number,
    from.supplier,
    daysAgo,
    { orders: [number], ...facts },
    [...lines, ...(facts.extra ?? [])],
    from,
  );
}

/** A bill as the supplier wrote it. */
export function bill(
  reference: string,
  supplier: SupplierKey,
  daysAgo: number,
  facts: BillFacts,
  lines: SeedLine[],
  like: Pick<SeedOrder, 'amounts' | 'foreign'> = { amounts: 'Exclusive' },
): SeedBill {
  return {
    reference,
    key: `${reference} of ${daysAgo} days ago`,
    supplier,
    status: facts.status ?? 'AUTHORISED',
    daysAgo,
    amounts: like.amounts,
    ...(like.foreign && { foreign: like.foreign }),
    lines,
    orders: facts.orders ?? [],
    payments: [
      ...(facts.part ? [{ daysAgo: facts.part[0], share: facts.part[1] }] : []),
      ...(facts.paid === undefined ? [] : [{ daysAgo: facts.paid, share: 'rest' }]),
    ],
  };
}

/** Bills have no discounts in Xero: a discounted line is billed as one lump of what it really costs. */
function partOf(line: SeedLine, share: string, amounts: SeedOrder['amounts']): SeedLine {
  const whole = lineAmounts(line, amounts);
  if (whole === undefined || line.quantity === undefined) return line;
  const { discount, ...rest } = line;
  if (discount === undefined)
    return { ...rest, quantity: new Big(line.quantity).times(share).round(4).toString() };
  return { ...rest, quantity: '1', price: toCents(whole.lineAmount.times(share)).toString() };
}
