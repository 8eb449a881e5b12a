import type { TokenOwner } from '../tokens/access-tokens.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine } from './finding.ts';
import { duration, listed } from './in-words.ts';
import type { Answer, Witness } from './witness.ts';

const [WARNING_MS, PROBLEM_MS] = [30_000, 5 * 60_000];

const NAMES: Record<TokenOwner, string> = { xero: 'Xero', procore: 'Procore' };

const HURTS =
  'Tokens and leases then end at the wrong moment, and AWS refuses requests of a clock that is 5 minutes off.';

/** This machine's clock beside those of the vendors, as their answers so far told the time. */
export async function checkClock({ answers }: Witness): Promise<Finding[]> {
  const known = (['xero', 'procore'] satisfies TokenOwner[]).flatMap((vendor) => {
    const ms = ahead(answers[vendor]);
    return ms === undefined ? [] : [{ vendor: NAMES[vendor], ms }];
  });
  return known.length === 0 ? [] : [await examine('clock', async () => verdict(known))];
}

function verdict(known: { vendor: string; ms: number }[]): Verdict {
  const worst = Math.max(...known.map(({ ms }) => Math.abs(ms)));
  const names = listed(known.map(({ vendor }) => `${vendor}'s`));
  if (worst <= WARNING_MS) return { level: 'ok', says: `This machine's clock agrees with ${names}.` };
  const off = known
    .filter(({ ms }) => Math.abs(ms) > WARNING_MS)
    .map(({ vendor, ms }) => `${duration(ms)} ${ms > 0 ? 'ahead of' : 'behind'} ${vendor}'s`);
  return {
    level: worst > PROBLEM_MS ? 'problem' : 'warning',
    says: `This machine's clock is ${listed(off)}. ${HURTS}`,
    fix: 'Let the machine set its time by itself (NTP), and run doctor again.',
  };
}

/**
 * By how many milliseconds our clock is ahead of the `Date` of the answers, by the one that differs least: a slow
 * answer, or one out of a cache, differs by more than the clocks do. Dates have whole seconds.
 */
function ahead(answers: Answer[]): number | undefined {
  const differences = answers.flatMap(({ headers, sentAt, heardAt }) => {
    const told = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(told) ? [] : [(sentAt + heardAt) / 2 - (told + 500)];
  });
  return differences.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0];
}
