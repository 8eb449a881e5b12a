import type { Answer, LabelledName } from './labelled-names.ts';
import { answerInWords } from './labelled-names.ts';
import type { Matcher } from './matchers.ts';

/** A row that was answered otherwise than its label says. */
export interface Miss {
  row: number;
  name: string;
  answer: string;
  expected: string;
  /** What the file says of the row. */
  why: string;
  /** What the matcher went by. */
  reason: string;
}

export interface Score {
  total: number;
  /** Answered without a person: everything but ASK. */
  automatic: number;
  /** Of those, otherwise than the label. */
  wrong: number;
  /** The part of the automatic answers that is right; 1 where there are none. */
  precision: number;
  /** The part of the rows whose label is a vendor that was answered with it; 1 where there are none. */
  recall: number;
  asked: number;
  misses: Miss[];
}

export function score(names: LabelledName[], matcher: Matcher, say: (row: number) => void = () => {}): Score {
  const answered = names.map((labelled) => {
    say(labelled.row);
    const guess = matcher(labelled.name, labelled.candidates);
    return { ...labelled, ...guess, right: same(guess.answer, labelled.expected) };
  });
  const automatic = answered.filter(({ answer }) => answer !== 'ASK');
  const named = answered.filter(({ expected }) => typeof expected !== 'string');
  return {
    total: names.length,
    automatic: automatic.length,
    wrong: automatic.filter(({ right }) => !right).length,
    precision: part(automatic),
    recall: part(named),
    asked: names.length - automatic.length,
    misses: answered
      .filter(({ right }) => !right)
      .map(({ row, name, answer, expected, why, reason }) => ({
        row,
        name,
        answer: answerInWords(answer),
        expected: answerInWords(expected),
        why,
        reason,
      })),
  };
}

function same(a: Answer, b: Answer): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.vendor === b.vendor;
}

function part(answered: { right: boolean }[]): number {
  return answered.length === 0 ? 1 : answered.filter(({ right }) => right).length / answered.length;
}
