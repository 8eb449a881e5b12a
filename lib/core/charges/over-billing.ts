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

/**
 * Holds a charge that goes beyond what its orders leave to bill by more than the connection tolerates, all lines of a
 * commitment together. A line that was overdrawn before counts with what this charge adds to it. Throws NeedsPerson.
 */
export function checkOverBilling(
  shares: CommitmentShare[],
  lines: Line[],
  { overBilling, overBillingTolerance }: Pick<Settings, 'overBilling' | 'overBillingTolerance'>,
): void {
  if (overBilling === 'allow') return;
  const lineOf = new Map(lines.map((line) => [line.originId, line]));
  for (const { amounts } of shares) {
    const excesses = [...amounts].map(([originId, amount]) => {
      const { net, billed, description } = lineOf.get(originId)!;
      return { description, excess: excessOf(billed.plus(amount), net).minus(excessOf(billed, net)) };
    });
    const beyond = sum(excesses.map(({ excess }) => (excess.gt(0) ? excess : ZERO)));
    if (beyond.lte(money(overBillingTolerance))) continue;
    throw new NeedsPerson('over-billed', {
      facts: {
        beyond: formatMoney(beyond),
        lines: excesses
          .filter(({ excess }) => excess.gt(0))
          .map(({ description, excess }) => `${description}: ${formatMoney(excess)} too much`),
      },
    });
  }
}

function excessOf(billed: Money, net: Money): Money {
  const excess = billed.minus(net);
  return excess.gt(0) ? excess : ZERO;
}
