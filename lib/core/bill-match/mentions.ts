import type { BillToMatch } from './matchable.ts';
import type { Mention } from './mention.ts';
import type { OrderNumbers } from './order-numbers.ts';
import { readAt } from './read-mention.ts';
import { isNumber, joined, tokensOf } from './tokens.ts';

/** More orders than that go into no bill of Xero. */
const LONGEST_RANGE = 25;

/** Every mention of an order in the reference and, where a word or prefix says that it is one, in the descriptions. */
export function readMentions<Order>(bill: BillToMatch, numbers: OrderNumbers<Order>): Mention<Order>[] {
  const ofLines = bill.lines.flatMap(({ description }) => mentionsIn(description, numbers, false));
  return [
    ...mentionsIn(bill.number, numbers, true),
    ...ofLines.filter(({ how }) => how !== 'bare' && how !== 'unfamiliar'),
  ];
}

function mentionsIn<Order>(
  text: string,
  numbers: OrderNumbers<Order>,
  inReference: boolean,
): Mention<Order>[] {
  const tokens = tokensOf(text);
  const found: Mention<Order>[] = [];
  /** Where the last mention ends: a number that follows in a list belongs to it. */
  let listUpTo = -1;
  for (let at = 0, to: number; at < tokens.length; at = to) {
    const before = at === listUpTo ? found.at(-1) : undefined;
    const read = readAt(tokens, at, before, numbers);
    to = read?.to ?? at + 1;
    if (!read?.how) continue;
    const tokensRead = tokens.slice(read.from, to);
    const groups = tokensRead.filter(isNumber);
    const [digits, last] = [joined(groups), groups.at(-1)?.text ?? ''];
    if (before && tokens[read.from]!.gap.includes('~')) found.push(...between(before, digits, numbers));
    const shown = tokensRead.map(({ text, gap }, index) => (index === 0 ? text : gap + text)).join('');
    const alone = tokensRead.length === tokens.length;
    found.push({ how: read.how, orders: read.orders, text: shown, digits, last, alone, inReference });
    listUpTo = to;
  }
  return found;
}

/** `PO-0012 to PO-0015` are four. */
function between<Order>(first: Mention<Order>, last: string, numbers: OrderNumbers<Order>): Mention<Order>[] {
  const count = Number(last) - Number(first.digits) - 1;
  if (!(count > 0 && count < LONGEST_RANGE)) return [];
  return Array.from({ length: count }, (_, index): Mention<Order> => {
    const digits = String(Number(first.digits) + 1 + index);
    return {
      ...first,
      how: 'listed',
      orders: numbers.byDigits(digits),
      text: `${first.text} to ${last}`,
      digits,
    };
  }).filter(({ orders }) => orders.length > 0);
}
