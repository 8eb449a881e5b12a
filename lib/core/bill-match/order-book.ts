import type { Money } from '../money.ts';
import { sum } from '../money.ts';
import type { LineToMatch, OrderToMatch } from './matchable.ts';
import type { OrderIndex } from './order-index.ts';
import { indexListed } from './order-index.ts';
import type { OrderNumbers } from './order-numbers.ts';
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

/** All orders of an organisation, to be matched with bills. */
export interface OrderBook {
  /** Those of one supplier, by the contact's id. */
  of(contact: string): BookOrder[];
  /** Those that amount to this, whoever supplies them. */
  worth(net: Money): BookOrder[];
  numbers: OrderNumbers<BookOrder>;
}

/** The book of these orders. */
export function indexOrders(orders: OrderToMatch[]): OrderBook {
  const listed = orders.map(({ id, number, lines }) => ({ id, number, net: totalOf(lines) }));
  return bookOf(indexListed(listed), orders);
}

/** The book of all orders of the index for one bill: only those are whole that it has to be compared with. */
export function bookOf({ numbers, worth }: OrderIndex, whole: OrderToMatch[]): OrderBook {
  const all = new Map(whole.map((order) => [order.id, asBookOrder(order)]));
  const byContact = Map.groupBy(all.values(), ({ order }) => order.contact?.id);
  const known = ({ id }: { id: string }) => all.get(id) ?? [];
  return {
    of: (contact) => byContact.get(contact) ?? [],
    worth: (net) => worth(net).flatMap(known),
    numbers: {
      ...numbers,
      inFull(words) {
        const found = numbers.inFull(words);
        return found && { ...found, orders: found.orders.flatMap(known) };
      },
      byDigits: (digits) => numbers.byDigits(digits).flatMap(known),
      byTail: (digits) => numbers.byTail(digits).flatMap(known),
    },
  };
}

/** What bills of one batch are compared with again and again is read once, as long as it is the same record. */
const BOOK_ORDERS = new WeakMap<OrderToMatch, BookOrder>();

function asBookOrder(order: OrderToMatch): BookOrder {
  const known = BOOK_ORDERS.get(order) ?? toBookOrder(order);
  BOOK_ORDERS.set(order, known);
  return known;
}

/** Most orders of a book are never compared with the bill at hand, so they are read when they are. */
function toBookOrder(order: OrderToMatch): BookOrder {
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
