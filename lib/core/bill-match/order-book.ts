import type { Money } from '../money.ts';
import { formatMoney, sum } from '../money.ts';
import type { LineToMatch, OrderToMatch } from './matchable.ts';
import type { OrderNumbers } from './order-numbers.ts';
import { indexNumbers } from './order-numbers.ts';
import type { ReadLine } from './read-lines.ts';
import { readLine } from './read-lines.ts';
import type { Words } from './words.ts';
import { readWords } from './words.ts';

/** An order and what is read from it, once. */
export interface BookOrder {
  order: OrderToMatch;
  /** Those that carry an amount. */
  lines: ReadLine[];
  net: Money;
  /** Of all its lines together. */
  words: Words;
}

/** All orders of an organisation, to be matched with bills: built once per batch. */
export interface OrderBook {
  /** Those of one supplier, by the contact's id. */
  of(contact: string): BookOrder[];
  /** Those that amount to this, whoever supplies them. */
  worth(net: Money): BookOrder[];
  numbers: OrderNumbers<BookOrder>;
}

export function indexOrders(orders: Iterable<OrderToMatch>): OrderBook {
  const all = Array.from(orders, asBookOrder);
  const byContact = Map.groupBy(all, ({ order }) => order.contact?.id);
  let byNet: Map<string, BookOrder[]> | undefined;
  return {
    of: (contact) => byContact.get(contact) ?? [],
    worth(net) {
      byNet ??= Map.groupBy(all, ({ order }) => formatMoney(totalOf(order.lines)));
      return byNet.get(formatMoney(net)) ?? [];
    },
    numbers: indexNumbers(all),
  };
}

/** Most orders of a book are never compared with the bill at hand, so they are read when they are. */
function asBookOrder(order: OrderToMatch): BookOrder {
  let read: Omit<BookOrder, 'order'> | undefined;
  const reading = () => {
    read ??= readOrder(order);
    return read;
  };
  return {
    order,
    get lines() {
      return reading().lines;
    },
    get net() {
      return reading().net;
    },
    get words() {
      return reading().words;
    },
  };
}

function readOrder({ lines, reference = '' }: OrderToMatch): Omit<BookOrder, 'order'> {
  const worth = lines.filter(({ net }) => !net.eq(0));
  return {
    lines: worth.map(readLine),
    net: totalOf(lines),
    // What is said on lines without an amount, and in the order's own reference, is said of the whole.
    words: readWords(...lines.map(({ description }) => description), reference),
  };
}

function totalOf(lines: readonly LineToMatch[]): Money {
  return sum(lines.map(({ net }) => net));
}
