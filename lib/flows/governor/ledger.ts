import { isDeepStrictEqual } from 'node:util';
import type { Exchanged, Report, Wish } from '../../core/governor/exchange.ts';
import { exchange } from '../../core/governor/exchange.ts';
import type { VendorRules } from '../../core/governor/rules.ts';
import type { Clock } from '../../core/ports.ts';
import type { Account, Limits } from '../../store/limits.ts';
import { WriteConflict } from '../../store/write-conflict.ts';

/** Of many who write at once all but one read again. */
const ATTEMPTS = 12;
const CONFLICT_MS = 20;

export interface Ledger {
  limits: Limits;
  clock: Clock;
  account: Account;
  rules: VendorRules;
}

/** Takes a report and a wish to what all workers share. Throws WriteConflict where too many are at it. */
export async function writeInto(
  { limits, clock, account, rules }: Ledger,
  holder: string,
  report: Report,
  wish?: Wish,
): Promise<Exchanged> {
  for (let attempt = 1; ; attempt += 1) {
    const { revision, ...before } = await limits.get(account);
    const exchanged = exchange(before, rules, clock.now().getTime(), holder, report, wish);
    // Who is refused again has nothing new to write.
    if (isDeepStrictEqual(exchanged.state, before)) return exchanged;
    try {
      await limits.put(account, { ...exchanged.state, revision });
      return exchanged;
    } catch (error) {
      if (!(error instanceof WriteConflict) || attempt === ATTEMPTS) throw error;
      await clock.sleep(Math.ceil(CONFLICT_MS * attempt * Math.random()));
    }
  }
}
