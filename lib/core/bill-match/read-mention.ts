import type { How, Mention } from './mention.ts';
import type { OrderNumbers } from './order-numbers.ts';
import type { Token } from './tokens.ts';
import { isNumber, joined } from './tokens.ts';

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
/** Beside others a number of less digits is a part, a page, a day. */
const SHORTEST_BARE = 3;

/** Shorter numbers are often near one another by chance. */
const LONG = 5;

/** What stands at one place of a text. */
interface Read<Order> {
  /** Undefined where it is a number and no mention. */
  how?: How;
  orders: Order[];
  from: number;
  to: number;
}

/** Reads on from a place; `before` is the mention that ends there, if one does. Undefined where it is a word. */
export function readAt<Order>(
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
    // 2530-PO-06 is no order of the job 2507.
    if (isTailOfAnother(tokens, from)) return { how: 'unknown', orders: [], from: from - 1, to };
    if (whole.length > 0) return { how: 'named', orders: whole, from, to };
    // A part of it that has all its noughts was copied from the order.
    const isWhole = tail.length > 0 && digits.startsWith('0');
    if (tail.length > 0) return { how: isWhole ? 'named' : 'bare', orders: tail, from, to };
    if (label.word.startsWith('ORD')) return { orders: [], from, to };
    return { how: 'unknown', orders: [], from, to: endOfUnknown(tokens, at, numbers) };
  }
  if (label) return { orders: [], from, to };
  if (before && before.orders.length > 0 && LIST.test(tokens[at]!.gap)) {
    const orders = inList(before, digits, tokens[at]!.gap, numbers);
    if (orders.length > 0) return { how: before.how === 'bare' ? 'bare' : 'listed', orders, from, to };
  }
  const bare = whole.length > 0 ? whole : digits.length >= SHORTEST_BARE ? tail : [];
  if (bare.length > 0 && (digits.length >= SHORTEST_BARE || tokens.length === 1))
    return { how: 'bare', orders: bare, from, to };
  const end = endOfUnknown(tokens, at, numbers);
  const unfamiliar = joined(tokens.slice(at, end));
  if (unfamiliar.length < LONG || !numbers.couldBe(unfamiliar)) return { orders: [], from, to };
  return { how: 'unfamiliar', orders: [], from, to: end };
}

/** `PO-2034/35` and `PO-2034, 2035` are the same two. `PO-2034-35`, `/2` and `/02` are parts of one. */
function inList<Order>(
  before: Mention<Order>,
  digits: string,
  gap: string,
  numbers: OrderNumbers<Order>,
): Order[] {
  const shorter = digits.length < before.last.length;
  if (shorter && (digits.length < 2 || digits.startsWith('0') || gap === '-')) return [];
  const completed = numbers.byDigits(before.digits.slice(0, -digits.length) + digits);
  if (completed.length > 0 || before.how === 'bare') return completed;
  return [...numbers.byDigits(digits), ...numbers.byTail(digits)];
}

/** A number in full begins with its prefix or with its first digits, never in the midst of a longer number. */
function beginsNumber(tokens: Token[], at: number): boolean {
  if (at === 0 || !isNumber(tokens[at]!)) return true;
  return !isNumber(tokens[at - 1]!) || /[\s,;&+/|(:#]/.test(tokens[at]!.gap);
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

/** Whether a number stands right before the word, so that both are one number, and none that the book knows. */
function isTailOfAnother(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1];
  return before !== undefined && isNumber(before) && /^[-/.]$/.test(tokens[at]!.gap);
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
