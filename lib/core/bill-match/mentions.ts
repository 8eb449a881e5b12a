import type { BillToMatch, OrderToMatch } from './matchable.ts';
import type { OrderNumbers } from './order-numbers.ts';
import type { Token } from './tokens.ts';
import { isNumber, tokensOf } from './tokens.ts';

/**
 * How a bill mentions an order: by its number in full or after a word for "order"; after a number that was named, as
 * in `PO-0107, 108`; by its bare digits, which may as well be the supplier's own; or by what looks like a number of
 * this book and is none, with a word for "order" or without one.
 */
export type How = 'named' | 'listed' | 'bare' | 'unknown' | 'unfamiliar';

export interface Mention<Order> {
  how: How;
  /** None where the number is unknown; several where orders share it. */
  orders: Order[];
  /** As it was read, such as `PO 107`. */
  text: string;
  digits: string;
  /** Whether the reference says nothing else. */
  alone: boolean;
  inReference: boolean;
}

/** Words of no weight between "PO" and its number. */
const FILLERS = new Set(['NO', 'NOS', 'NUM', 'NUMBER', 'NUMBERS', 'NR', 'N', 'REF', 'REFERENCE', 'YOUR']);
/** The book's own prefixes are such words too. A bare "order" may be the supplier's, so an unknown one claims nothing. */
const ORDER_WORDS = new Set(['PO', 'ORDER', 'ORDERS', 'ORD']);
/** Before "order": the supplier's own. */
const THEIRS = new Set([
  'SALES',
  'SALE',
  'S',
  'WORK',
  'WORKS',
  'JOB',
  'CHANGE',
  'VARIATION',
  'DELIVERY',
  'BACK',
  'SERVICE',
]);
/** What stands between numbers of one list. */
const LIST = /^[,;&+/|~\s-]+$/;
/** More orders than that go into no bill of Xero. */
const LONGEST_RANGE = 25;

/** Beside others a number of less digits is a part, a page, a day. */
const SHORTEST_BARE = 3;

/** Shorter numbers are often near one another by chance. */
const LONG = 5;

/** Every mention of an order in the reference and, where a word or prefix says that it is one, in the descriptions. */
export function readMentions<Order extends { order: OrderToMatch }>(
  bill: BillToMatch,
  numbers: OrderNumbers<Order>,
): Mention<Order>[] {
  const ofLines = bill.lines.flatMap(({ description }) => mentionsIn(description, numbers, false));
  return [
    ...mentionsIn(bill.number, numbers, true),
    ...ofLines.filter(({ how }) => how !== 'bare' && how !== 'unfamiliar'),
  ];
}

function mentionsIn<Order extends { order: OrderToMatch }>(
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
    const digits = joined(tokensRead.filter(isNumber));
    if (before && tokens[read.from]!.gap.includes('~')) found.push(...between(before, digits, numbers));
    const shown = tokensRead.map(({ text, gap }, index) => (index === 0 ? text : gap + text)).join('');
    const alone = tokensRead.length === tokens.length;
    found.push({ how: read.how, orders: read.orders, text: shown, digits, alone, inReference });
    listUpTo = to;
  }
  return found;
}

interface Read<Order> {
  /** Undefined where it is a number and no mention. */
  how?: How;
  orders: Order[];
  from: number;
  to: number;
}

function readAt<Order>(
  tokens: Token[],
  at: number,
  before: Mention<Order> | undefined,
  numbers: OrderNumbers<Order>,
): Read<Order> | undefined {
  const full = beginsNumber(tokens, at) && numbers.inFull(tokens.slice(at).map(({ text }) => text));
  if (full) return { how: 'named', orders: full.orders, from: at, to: at + full.length };
  if (!isNumber(tokens[at]!)) return undefined;
  const to = endOfNumber(tokens, at, numbers);
  const digits = joined(tokens.slice(at, to));
  const [whole, tail] = [numbers.byDigits(digits), numbers.byTail(digits)];
  const label = labelOf(tokens, at);
  const from = label?.at ?? at;
  if (label && (ORDER_WORDS.has(label.word) || numbers.isPrefix(label.word))) {
    if (whole.length > 0) return { how: 'named', orders: whole, from, to };
    if (tail.length > 0) return { how: 'bare', orders: tail, from, to };
    if (label.word.startsWith('ORD')) return { orders: [], from, to };
    return { how: 'unknown', orders: [], from, to: endOfUnknown(tokens, at, numbers) };
  }
  if (label) return { orders: [], from, to };
  if (before && before.orders.length > 0 && LIST.test(tokens[at]!.gap)) {
    const orders = inList(before, digits, numbers);
    if (orders.length > 0) return { how: before.how === 'bare' ? 'bare' : 'listed', orders, from, to };
  }
  const bare = whole.length > 0 && (digits.length >= SHORTEST_BARE || tokens.length === 1);
  if (bare) return { how: 'bare', orders: whole, from, to };
  const unfamiliar = digits.length >= LONG && numbers.couldBe(digits);
  return unfamiliar ? { how: 'unfamiliar', orders: [], from, to } : { orders: [], from, to };
}

/** `PO-2034/35` and `PO-2034, 2035` are the same two. A single digit after a number is its part or its page. */
function inList<Order>(before: Mention<Order>, digits: string, numbers: OrderNumbers<Order>): Order[] {
  if (digits.length < 2 && before.digits.length > 1) return [];
  const completed = numbers.byDigits(before.digits.slice(0, -digits.length) + digits);
  if (completed.length > 0 || before.how === 'bare') return completed;
  return [...numbers.byDigits(digits), ...numbers.byTail(digits)];
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

/** A number in full begins with its prefix or with its first digits, never in the midst of a longer number. */
function beginsNumber(tokens: Token[], at: number): boolean {
  return at === 0 || !isNumber(tokens[at]!) || /[\s,;&+/|(:#]/.test(tokens[at]!.gap);
}

/** The word that says what a number counts; undefined where none does, or another number is nearer. */
function labelOf(tokens: Token[], at: number): { word: string; at: number } | undefined {
  for (let before = at - 1; before >= 0 && !isNumber(tokens[before]!); before--) {
    const { text: word } = tokens[before]!;
    if (FILLERS.has(word)) continue;
    const theirs = word.startsWith('ORD') && THEIRS.has(tokens[before - 1]?.text ?? '');
    return { word: theirs ? 'THEIRS' : word, at: before };
  }
  return undefined;
}

/** Numbers of several parts, `2024-017`, are one where the book knows it. */
function endOfNumber<Order>(tokens: Token[], at: number, numbers: OrderNumbers<Order>): number {
  let end = at + 1;
  for (
    let to = at + 1;
    to < tokens.length && isNumber(tokens[to]!) && /^[-/.]$/.test(tokens[to]!.gap);
    to++
  ) {
    if (numbers.byDigits(joined(tokens.slice(at, to + 1))).length > 0) end = to + 1;
  }
  return end;
}

/** What is not known is read as far as a number of this book would go. */
function endOfUnknown<Order>(tokens: Token[], at: number, numbers: OrderNumbers<Order>): number {
  for (let end = at + 1; end <= tokens.length; end++) {
    if (end > at + 1 && !(isNumber(tokens[end - 1]!) && /^[-/.]$/.test(tokens[end - 1]!.gap))) break;
    if (numbers.hasLength(joined(tokens.slice(at, end)).length)) return end;
  }
  return at + 1;
}

function joined(numbers: Token[]): string {
  return numbers.map(({ text }) => text).join('');
}
