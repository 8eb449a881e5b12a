import { matchBill } from '../../lib/core/bill-match/match-bill.ts';
import type { BillToMatch, OrderToMatch } from '../../lib/core/bill-match/matchable.ts';
import { indexOrders } from '../../lib/core/bill-match/order-book.ts';
import { sum } from '../../lib/core/money.ts';
import type { BillAnswer } from './labelled-bills.ts';

/** What a way of matching says to one bill, and why. */
export interface BillGuess {
  answer: BillAnswer;
  reason: string;
}

/** Takes all orders of a book, to answer each of its bills alone. */
export type BillMatcher = (orders: OrderToMatch[]) => (bill: BillToMatch) => BillGuess;

/** The one that bills are matched with. */
const matcher: BillMatcher = (orders) => {
  const book = indexOrders(orders);
  const numbers = new Map(orders.map(({ id, number }) => [id, number]));
  const named = (ids: string[]) => ids.map((id) => numbers.get(id)!);
  return (bill) => {
    const match = matchBill(bill, book);
    if ('none' in match) return { answer: 'NONE', reason: match.none.join('; ') };
    if ('orders' in match) return { answer: named(match.orders), reason: match.why.join('; ') };
    const [best] = match.ask;
    const likeliest =
      best && `${named(best.orders).join(', ')} (${best.score.toFixed(1)}): ${best.reasons.join('; ')}`;
    return { answer: 'ASK', reason: [...match.why, likeliest ?? 'no candidate'].join('; ') };
  };
};

const exactNumber: BillMatcher = (orders) => {
  const byNumber = Map.groupBy(orders, ({ number }) => number);
  return ({ number }) => {
    const found = number.split(/[\s,;/&+|]+/).filter((token) => byNumber.has(token));
    return {
      answer: found.length > 0 ? [...new Set(found)] : 'NONE',
      reason: 'the exact number in the reference',
    };
  };
};

const amountAndContact: BillMatcher = (orders) => {
  const byContact = Map.groupBy(orders, ({ contact }) => contact?.id);
  return ({ contact, lines }) => {
    const amount = net(lines);
    const [first, second] = (byContact.get(contact?.id) ?? []).filter((order) => net(order.lines).eq(amount));
    const answer = first ? (second ? 'ASK' : [first.number]) : 'NONE';
    return { answer, reason: 'the same contact and amount' };
  };
};

export const BILL_MATCHERS = { matcher, 'exact number': exactNumber, 'amount and contact': amountAndContact };

function net(lines: BillToMatch['lines']) {
  return sum(lines.map((line) => line.net));
}
