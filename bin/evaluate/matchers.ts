import { indexVendors } from '../../lib/core/vendor-match.ts';
import type { Answer } from './labelled-names.ts';

/** What a way of matching says to one name, and why. */
export interface Guess {
  answer: Answer;
  reason: string;
}

export type Matcher = (name: string, candidates: string[]) => Guess;

/** The one that documents are matched with. */
const matcher: Matcher = (name, candidates) => {
  const vendors = indexVendors(candidates.map((candidate, id) => ({ id: String(id), name: candidate })));
  const match = vendors.match({ name, originId: 'xero:contact:none' });
  if (match === 'none') return { answer: 'NONE', reason: 'no name is near' };
  if ('vendor' in match) return { answer: { vendor: match.vendor.name }, reason: 'the only equal' };
  const [best] = 'near' in match ? match.near : match.equal;
  return { answer: 'ASK', reason: `${best!.vendor.name}: ${best!.reason}` };
};

const exactName: Matcher = (name, candidates) => {
  const same = candidates.filter((candidate) => candidate === name);
  return theOne(same, 'the exact name');
};

/** Of distances up to this part of the longer name, the smallest wins: the usual choice of those who use it. */
const PLAIN_LIMIT = 0.2;

const plainLevenshtein: Matcher = (name, candidates) => {
  const distances = candidates.map((candidate) => distance(name.toLowerCase(), candidate.toLowerCase()));
  const least = Math.min(...distances);
  const nearest = candidates.filter(
    (candidate, at) =>
      distances[at] === least && least <= PLAIN_LIMIT * Math.max(name.length, candidate.length),
  );
  return theOne([...new Set(nearest)], `distance ${least}`);
};

export const MATCHERS = { matcher, 'exact name': exactName, 'plain Levenshtein': plainLevenshtein };

function theOne([first, second]: string[], reason: string): Guess {
  if (first === undefined) return { answer: 'NONE', reason };
  return { answer: second === undefined ? { vendor: first } : 'ASK', reason };
}

/** Levenshtein's, as in any textbook. */
function distance(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const mistaken = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(mistaken, last[j]! + 1, row[j - 1]! + 1));
    }
    last = row;
  }
  return last[b.length]!;
}
