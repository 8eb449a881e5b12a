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

/** What the budgets in these pictures have to show once what they are about is written. */
export function awaitedAfter(pictures: LookedAt[], before: Awaited, now: Date): Awaited {
  const until = new Date(now.getTime() + AWAITED_MS).toISOString();
  const changed = pictures.flatMap(({ key, committed, direct, pending, unseen, own, amount }) => {
    const more = amount.minus(own);
    const added = unseen.plus(more.gt(0) ? more : ZERO);
    if (added.lte(0)) return [];
    const spent = committed.plus(direct).plus(pending).plus(added);
    return [[key, { spent: formatMoney(spent), added: formatMoney(added), until }] as const];
  });
  const open = Object.entries(before).filter(([, figure]) => Date.parse(figure.until) > now.getTime());
  return Object.fromEntries([...open, ...changed]);
}
