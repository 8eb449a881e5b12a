import type { Money } from '../money.ts';
import { formatMoney, money, ZERO } from '../money.ts';

/**
 * What a project's budget has to show as spent once what the connector wrote is in it, by the project or budget code.
 * Procore does not say how soon its views show what was written (reference/procore.md §6.10).
 */
export type Awaited = Record<string, AwaitedFigure>;

interface AwaitedFigure {
  /** Decimal text: committed, direct and pending together. */
  spent: string;
  /** What of that the connector added and had not been seen; decimal text. */
  added: string;
  /** ISO instant after which it is not waited for. */
  until: string;
}

/** After that what other people spend and give back meanwhile cannot be told from it. */
const AWAITED_MS = 15 * 60_000;

/** Longer than a worker lives that has let something through and dies over it, shorter than until another takes it up. */
const RESERVED_MS = 6 * 60_000;

/** What was written and does not show yet: never more than the connector added itself. */
export function unseenIn(awaited: AwaitedFigure | undefined, shown: Money, now: Date): Money {
  if (!awaited || Date.parse(awaited.until) <= now.getTime()) return ZERO;
  const missing = money(awaited.spent).minus(shown);
  const added = money(awaited.added);
  if (missing.lte(0)) return ZERO;
  return missing.gt(added) ? added : missing;
}

/** A project or budget code as it was looked at before something was written there. */
interface LookedAt {
  key: string;
  committed: Money;
  direct: Money;
  pending: Money;
  unseen: Money;
  /** What stood of the document itself, and what it comes to. */
  own: Money;
  amount: Money;
}

/** What the budgets in these pictures have to show once what they are about is written, which is to be tried now. */
export function reserved(pictures: LookedAt[], before: Awaited, now: Date): Awaited {
  const changed = pictures.flatMap((picture) => {
    const { key, committed, direct, pending, unseen } = picture;
    const added = unseen.plus(moreIn(picture));
    if (added.lte(0)) return [];
    const spent = committed.plus(direct).plus(pending).plus(added);
    return [[key, figure(spent, added, later(before[key], now, RESERVED_MS))] as const];
  });
  return { ...open(before, now), ...Object.fromEntries(changed) };
}

/** The same once it was written, or where nothing came of it. */
export function settled(pictures: LookedAt[], before: Awaited, isWritten: boolean, now: Date): Awaited {
  const after = open(before, now);
  for (const picture of pictures) {
    const { key } = picture;
    const known = after[key];
    const more = moreIn(picture);
    if (!known || more.lte(0)) continue;
    const [spent, added] = [money(known.spent), money(known.added)];
    if (isWritten) after[key] = figure(spent, added, later(known, now, AWAITED_MS));
    else if (added.gt(more)) after[key] = figure(spent.minus(more), added.minus(more), known.until);
    else delete after[key];
  }
  return after;
}

function moreIn({ amount, own }: LookedAt): Money {
  const more = amount.minus(own);
  return more.gt(0) ? more : ZERO;
}

function figure(spent: Money, added: Money, until: string): AwaitedFigure {
  return { spent: formatMoney(spent), added: formatMoney(added), until };
}

function later(known: AwaitedFigure | undefined, now: Date, milliseconds: number): string {
  const until = new Date(now.getTime() + milliseconds).toISOString();
  return known && known.until > until ? known.until : until;
}

function open(awaited: Awaited, now: Date): Awaited {
  return Object.fromEntries(
    Object.entries(awaited).filter(([, { until }]) => Date.parse(until) > now.getTime()),
  );
}
