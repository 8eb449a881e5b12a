import { likeWords } from '../vendor-names/like-words.ts';
import { fold, isHollow, stem, weightOf } from './vocabulary.ts';

/** What a text says, each word with how much it tells. */
export interface Words {
  weights: ReadonlyMap<string, number>;
  /** Of all words together. */
  weight: number;
  /** The words as they stand, to see whether two texts are the same. */
  folded: string;
  /** Numbers with the word before or behind them: `level 2`, `18 jan`. */
  numbered: ReadonlySet<string>;
}

export function readWords(...texts: string[]): Words {
  const found = texts.flatMap((text) => fold(text).match(/[\p{L}\p{N}]+(?:\.\p{N}+)*/gu) ?? []);
  const weights = new Map(found.map(stem).map((word) => [word, weightOf(word)]));
  const numbered = found
    .slice(1)
    .map((word, at) => [found[at]!, word])
    .filter((pair) => pair.some((it) => /^\d/.test(it)));
  return {
    weights,
    weight: total(weights.values()),
    folded: found.join(' '),
    numbered: new Set(numbered.map((pair) => pair.join(' '))),
  };
}

/** What several texts say. */
export function together(all: Words[]): Words {
  const weights = new Map(all.flatMap((words) => [...words.weights]));
  const numbered = new Set(all.flatMap((words) => [...words.numbered]));
  return {
    weights,
    weight: total(weights.values()),
    folded: all.map(({ folded }) => folded).join(' '),
    numbered,
  };
}

/** Below it a text names nothing: "Invoice 8831 as agreed". */
const TELLING = 0.9;

export function isTelling(words: Words): boolean {
  return words.weight >= TELLING;
}

/** 0 to 1: how much of what the texts say is the same, above all of the shorter one; undefined where one says nothing. */
export function likeness(a: Words, b: Words): number | undefined {
  if (a.folded === b.folded && a.folded !== '') return 1;
  if (!isTelling(a) || !isTelling(b)) return undefined;
  const [less, more] = a.weights.size < b.weights.size ? [a, b] : [b, a];
  const shared = total([...less.weights].map(([word, weight]) => Math.min(weight, weightIn(more, word))));
  const [small, large] = [Math.min(a.weight, b.weight), Math.max(a.weight, b.weight)];
  // One word in common, "concrete", is less than three.
  const sure = Math.min(1, 0.7 + 0.15 * shared);
  return sure * (0.65 * Math.min(1, shared / small) + 0.35 * Math.min(1, shared / large));
}

/** What `text` shares with `a` and not with `b`: numbers with the words beside them. */
export function numbersSharedOnlyWith(a: Words, b: Words, text: Words): string[] {
  return [...a.numbered.difference(b.numbered)].filter((pair) => text.numbered.has(pair));
}

/** What `text` shares with `a` and not with `b`: words that tell something, and numbers. */
export function wordsSharedOnlyWith(a: Words, b: Words, text: Words): string[] {
  return [...a.weights.keys()].filter(
    (word) => !isHollow(word) && weightIn(b, word) === 0 && weightIn(text, word) > 0,
  );
}

/** How much a word tells in a text, where it also stands misspelt or abbreviated: `excavtor`, `conc`, `pkg`, `lvl`. */
function weightIn({ weights }: Words, word: string): number {
  const same = weights.get(word);
  if (same !== undefined || word.length < 3) return same ?? 0;
  for (const [other, weight] of weights) if (other.length > 2 && isAlike(word, other)) return weight;
  return 0;
}

/** `concreting` and `concrete` have a stem in common. */
function isAlike(a: string, b: string): boolean {
  if (a[0] !== b[0]) return false;
  const least = Math.min(a.length, b.length);
  let same = 0;
  while (same < least && a[same] === b[same]) same++;
  return (same >= 6 && same >= least - 2 && !/\p{N}/u.test(a + b)) || likeWords(a, b) !== undefined;
}

function total(weights: Iterable<number>): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
