import { mistakes } from '../vendor-names/mistakes.ts';
import { append } from '../vendor-names/near-names.ts';
import type { Token } from './tokens.ts';
import { isNumber, plainNumber, tokensOf } from './tokens.ts';

/** The numbers of all orders of a book, whoever supplies them. */
export interface OrderNumbers<Order> {
  /** The longest number that stands at the beginning of these words, however it is punctuated. */
  inFull(words: readonly string[]): { orders: Order[]; length: number } | undefined;
  /** Those whose digits are these, without letters. */
  byDigits(digits: string): Order[];
  /** Those whose last digits are these: `017` of `PO-2024-017`. */
  byTail(digits: string): Order[];
  isPrefix(word: string): boolean;
  /** Whether numbers of this book have so many digits. */
  hasLength(digits: number): boolean;
  /** Whether a number could be one of this book at all: of as many digits, and not far above the highest. */
  couldBe(digits: string): boolean;
}

/** Orders that were written but not read yet are a few numbers ahead. */
const AHEAD = 50;
/** Of more words than these no number is made. */
const LONGEST = 8;

export function indexNumbers<Order extends { number: string }>(orders: Order[]): OrderNumbers<Order> {
  const [full, digits, tails] = [
    new Map<string, Order[]>(),
    new Map<string, Order[]>(),
    new Map<string, Order[]>(),
  ];
  const prefixes = new Set<string>();
  /** The highest number of each length. */
  const highest = new Map<number, number>();
  for (const entry of orders) {
    const tokens = tokensOf(entry.number);
    const numbers = numbersIn(tokens);
    const joined = numbers.join('');
    if (joined === '') continue;
    highest.set(joined.length, Math.max(highest.get(joined.length) ?? 0, Number(joined)));
    const [first] = tokens;
    if (first && !isNumber(first)) prefixes.add(first.text);
    append(digits, plainNumber(joined), entry);
    if (numbers.length > 1) append(tails, plainNumber(numbers.at(-1)!), entry);
    if (numbers.length === tokens.length && numbers.length === 1) continue;
    append(full, keyOf(tokens.map(({ text }) => text)), entry);
    // PO-2024-017 is also typed PO2024017.
    const letters = tokens.filter((token) => !isNumber(token)).map(({ text }) => text);
    if (numbers.length > 1 && letters.length === 1) append(full, keyOf([...letters, joined]), entry);
  }
  return {
    inFull(words) {
      for (let length = Math.min(LONGEST, words.length); length > 1; length--) {
        const found = full.get(keyOf(words.slice(0, length)));
        if (found) return { orders: found, length };
      }
      return undefined;
    },
    byDigits: (number) => digits.get(plainNumber(number)) ?? [],
    byTail: (number) => tails.get(plainNumber(number)) ?? [],
    isPrefix: (word) => prefixes.has(word),
    hasLength: (length) => highest.has(length),
    couldBe: (number) => Number(number) <= (highest.get(number.length) ?? Number.NEGATIVE_INFINITY) + AHEAD,
  };
}

/** Whether one digit is mistyped, left out, too many or swapped with its neighbour. */
export function isSlip(digits: string, order: { number: string }): boolean {
  const own = numbersIn(tokensOf(order.number)).join('');
  if (Math.min(digits.length, own.length) < 3 && own.length !== digits.length) return false;
  const padded = digits.padStart(own.length, '0');
  return (
    own.length > 1 && padded !== own && Math.min(mistakes(padded, own, 1), mistakes(digits, own, 1)) === 1
  );
}

function numbersIn(tokens: Token[]): string[] {
  return tokens.filter(isNumber).map(({ text }) => text);
}

function keyOf(words: readonly string[]): string {
  return words.map(plainNumber).join('.');
}
