import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readLabelledBills } from '../../../bin/evaluate/labelled-bills.ts';
import { matchBill } from '../../../lib/core/bill-match/match-bill.ts';
import { bookOf, indexOrders } from '../../../lib/core/bill-match/order-book.ts';
import { indexListed, worthComparing } from '../../../lib/core/bill-match/order-index.ts';
import { sum } from '../../../lib/core/money.ts';

it('a bill is answered the same where only its supplier’s orders and those worth comparing are read whole', () => {
  const { books, bills } = readLabelledBills(readFileSync('test/fixtures/bill-orders-held-out.json'));
  const read = new Map(
    [...books].map(([name, orders]) => {
      const listed = orders.map(({ id, number, lines }) => ({
        id,
        number,
        net: sum(lines.map(({ net }) => net)),
      }));
      return [name, { orders, whole: indexOrders(orders), index: indexListed(listed) }] as const;
    }),
  );
  let ofOthers = 0;
  for (const { id, book, bill } of bills) {
    const { orders, whole, index } = read.get(book)!;
    const compared = worthComparing(bill, index);
    const isOwn = (contact: string | undefined) => contact !== undefined && contact === bill.contact?.id;
    const wanted = orders.filter((order) => isOwn(order.contact?.id) || compared.has(order.id));
    ofOthers += wanted.filter((order) => !isOwn(order.contact?.id)).length;
    expect({ id, ...matchBill(bill, bookOf(index, wanted)) }).toEqual({ id, ...matchBill(bill, whole) });
  }
  expect(bills.length).toBeGreaterThan(300);
  expect(ofOthers).toBeGreaterThan(0);
});
