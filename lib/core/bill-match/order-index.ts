import type { Money } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { BillToMatch } from './matchable.ts';
import { readMentions } from './mentions.ts';
import type { OrderNumbers } from './order-numbers.ts';
import { indexNumbers } from './order-numbers.ts';
import { readBill } from './read-bill.ts';

/** As much of an order as it takes to see which bills may be for it. */
export interface ListedOrder {
  id: string;
  number: string;
  /** Without tax. */
  net: Money;
}

/** All orders of an organisation in short: built once per batch. */
export interface OrderIndex {
  numbers: OrderNumbers<ListedOrder>;
  /** Those that amount to this, whoever supplies them. */
  worth(net: Money): ListedOrder[];
  has(order: Pick<ListedOrder, 'id' | 'number'>): boolean;
}

export function indexListed(orders: ListedOrder[]): OrderIndex {
  const numberOf = new Map(orders.map(({ id, number }) => [id, number]));
  let byNet: Map<string, ListedOrder[]> | undefined;
  return {
    numbers: indexNumbers(orders),
    worth(net) {
      byNet ??= Map.groupBy(orders, (order) => formatMoney(order.net));
      return byNet.get(formatMoney(net)) ?? [];
    },
    has: ({ id, number }) => numberOf.get(id) === number,
  };
}

/** The ids of the orders, whoever supplies them, that a bill may name or that have its amount: compare it with those. */
export function worthComparing(bill: BillToMatch, { numbers, worth }: OrderIndex): Set<string> {
  const named = readMentions(bill, numbers).flatMap(({ orders }) => orders);
  const equal = readBill(bill).amounts.flatMap(({ amount }) => worth(amount));
  return new Set([...named, ...equal].map(({ id }) => id));
}
