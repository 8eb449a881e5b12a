import type { BillMatcher } from './bill-matchers.ts';
import type { BillAnswer, LabelledBills } from './labelled-bills.ts';

/** A bill that was answered otherwise than its label says. */
export interface BillMiss {
  id: string;
  book: string;
  ref: string;
  answer: string;
  expected: string;
  /** Whether it was answered without a person, rather than asked where it need not have been. */
  wrong: boolean;
  /** What the matcher went by. */
  reason: string;
}

/** Shares are of all bills, 0 to 1. */
export interface BillScore {
  total: number;
  /** Answered without a person: everything but ASK. */
  automatic: number;
  /** Answered without a person, otherwise than the label: other orders, one too many or too few, or where it says ASK. */
  wrong: number;
  misses: BillMiss[];
}

export function scoreBills(
  { books, bills }: LabelledBills,
  matcher: BillMatcher,
  say: (count: number) => void = () => {},
): BillScore {
  const matchers = new Map(Array.from(books, ([name, orders]) => [name, matcher(orders)]));
  let automatic = 0;
  const misses: BillMiss[] = [];
  bills.forEach(({ id, book, bill, expected }, at) => {
    say(at + 1);
    const { answer, reason } = matchers.get(book)!(bill);
    if (answer !== 'ASK') automatic++;
    if (inWords(answer) === inWords(expected)) return;
    const shown = { answer: inWords(answer), expected: inWords(expected) };
    misses.push({ id, book, ref: bill.number, ...shown, wrong: answer !== 'ASK', reason });
  });
  const total = bills.length;
  return {
    total,
    automatic: automatic / total,
    wrong: misses.filter(({ wrong }) => wrong).length / total,
    misses,
  };
}

/** Orders are a set: each once, in whatever order. */
function inWords(answer: BillAnswer): string {
  return typeof answer === 'string' ? answer : [...new Set(answer)].sort().join(', ');
}
