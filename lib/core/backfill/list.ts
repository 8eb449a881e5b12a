import type { Code } from '../codes.ts';
import type { DocumentSummary } from '../document-summary.ts';
import type { Money } from '../money.ts';
import { money, ZERO } from '../money.ts';
import type { BackfilledKind } from './backfill.ts';

/** What would become of a document of a backfill. `follows`: what it belongs to comes first, in the same backfill. */
export type ListedOutcome =
  | 'new'
  | 'changed'
  | 'follows'
  | 'would-hold'
  | 'rejected'
  | 'would-park'
  | 'left-out'
  | 'level';

/** A document of the list that is shown before a backfill begins. */
export interface Listed extends DocumentSummary {
  kind: BackfilledKind;
  id: string;
  version?: string;
  date?: string;
  outcome: ListedOutcome;
  code?: Code | undefined;
  message?: string | undefined;
  fix?: string | undefined;
}

/** One as it was planned by itself, with what it belongs to: numbers or ids of orders, ids of bills. */
export interface Foreseen extends Listed {
  needs: string[];
}

/** What a document may wait for, or be mistaken about, only because what it belongs to is not there yet. */
const MAY_FOLLOW: ReadonlySet<Code | undefined> = new Set<Code | undefined>([
  undefined,
  'order-not-posted',
  'bill-match-uncertain',
]);

/**
 * The documents as they will turn out once those before them are carried. An order that is still left out makes its
 * bills look like costs of their own.
 */
export function withFollowers(foreseen: Foreseen[]): Listed[] {
  const coming = new Set<string>();
  return foreseen.map(({ needs, ...listed }) => {
    const { kind, outcome, code, message: _, fix: __, ...about } = listed;
    const follows =
      (outcome === 'new' || outcome === 'would-park') &&
      MAY_FOLLOW.has(code) &&
      needs.some((name) => coming.has(name));
    const carried = follows || outcome === 'new' || outcome === 'changed';
    if (carried) for (const name of namesOf(listed)) coming.add(name);
    return follows ? { ...about, kind, outcome: 'follows' } : listed;
  });
}

/** Orders go by their number, too, which Xero keeps unique; two suppliers' bills may share one. */
function namesOf({ kind, id, number }: Foreseen | Omit<Foreseen, 'needs'>): string[] {
  return kind === 'purchase-order' ? [id, number] : [id];
}

/** The documents of one kind that share an outcome and its reason. */
export interface ListedSum {
  outcome: ListedOutcome;
  code?: Code;
  kind: BackfilledKind;
  documents: number;
  /** By currency, with tax. */
  totals: Record<string, Money>;
}

const OUTCOMES: ListedOutcome[] = [
  'new',
  'changed',
  'follows',
  'would-hold',
  'rejected',
  'would-park',
  'left-out',
  'level',
];

/** Outcome by outcome, what is pushed first; of the same outcome, the reason that most have first. */
export function sumsOf(listed: Listed[]): ListedSum[] {
  const groups = Map.groupBy(listed, ({ outcome, code, kind }) => `${outcome} ${code} ${kind}`);
  const sums = [...groups.values()].map((group): ListedSum => {
    const { outcome, code, kind } = group[0]!;
    const totals: Record<string, Money> = {};
    for (const { currency, total } of group) totals[currency] = (totals[currency] ?? ZERO).plus(money(total));
    return { outcome, ...(code !== undefined && { code }), kind, documents: group.length, totals };
  });
  const rank = ({ outcome }: ListedSum) => OUTCOMES.indexOf(outcome);
  return sums.toSorted((a, b) => rank(a) - rank(b) || b.documents - a.documents);
}

/** Those that a backfill looks at: all but those that stand in Procore as they should. */
export function toBeCarried(listed: Listed[]): Listed[] {
  return listed.filter(({ outcome }) => outcome !== 'level');
}
