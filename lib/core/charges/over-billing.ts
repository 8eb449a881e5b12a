import { NeedsPerson } from '../errors.ts';
import type { Money } from '../money.ts';
import { formatMoney, money, sum, ZERO } from '../money.ts';
import type { Settings } from '../settings.ts';
import type { CommitmentShare } from './desired-charge.ts';

/** What there is to bill on a line, and what others billed on it already. */
interface Line {
  originId: string;
  description: string;
  net: Money;
  billed: Money;
}

/** What a charge takes beyond its orders: of the commitments that it overdraws, all lines that it does. */
export interface OverBilling {
  beyond: Money;
  lines: { description: string; excess: Money }[];
}

/**
 * What a charge takes beyond what its orders leave to bill, if that is more than the connection tolerates, all lines of
 * a commitment together. A line that was overdrawn before counts with what this charge adds to it. It wants a person's
 * approval; throws NeedsPerson where the connection would rather have it mended.
 */
export function overBillingOf(
  shares: CommitmentShare[],
  lines: Line[],
  { overBilling, overBillingTolerance }: Pick<Settings, 'overBilling' | 'overBillingTolerance'>,
): OverBilling | undefined {
  if (overBilling === 'allow') return undefined;
  const lineOf = new Map(lines.map((line) => [line.originId, line]));
  const overdrawn = shares
    .map(({ amounts }) =>
      [...amounts]
        .map(([originId, amount]) => {
          const { net, billed, description } = lineOf.get(originId)!;
          return { description, excess: excessOf(billed.plus(amount), net).minus(excessOf(billed, net)) };
        })
        .filter(({ excess }) => excess.gt(0)),
    )
    .filter((excesses) => beyondOf(excesses).gt(money(overBillingTolerance)))
    .flat();
  if (overdrawn.length === 0) return undefined;
  const over = { beyond: beyondOf(overdrawn), lines: overdrawn };
  if (overBilling === 'approve') return over;
  throw new NeedsPerson('over-billed', { facts: inWords(over) });
}

/** As facts for people. */
function inWords({ beyond, lines }: OverBilling): { beyond: string; lines: string[] } {
  return {
    beyond: formatMoney(beyond),
    lines: lines.map(({ description, excess }) => `${description}: ${formatMoney(excess)} too much`),
  };
}

function beyondOf(excesses: OverBilling['lines']): Money {
  return sum(excesses.map(({ excess }) => excess));
}

function excessOf(billed: Money, net: Money): Money {
  const excess = billed.minus(net);
  return excess.gt(0) ? excess : ZERO;
}
