import type { Gate } from '../core/governor/gate.ts';
import type { Clock } from '../core/ports.ts';
import type { LimitRule } from './limits.ts';
import { PATIENCE_SECONDS } from './limits.ts';
import type { Answer, HttpRequest, Limited, NoAnswer, Outcome, SendOptions } from './request.ts';
import { send } from './request.ts';

export interface RetryOptions extends SendOptions {
  clock: Clock;
  limit: LimitRule;
  /** Every attempt passes it. Without one each is sent at once. */
  gate?: Gate | undefined;
  /** How long a call waits in place, all its waits together. Default PATIENCE_SECONDS. */
  patienceSeconds?: number | undefined;
  /** Between 0 and 1, spreads the waits of callers that failed together. Default Math.random. */
  random?: (() => number) | undefined;
}

const RETRY = { times: 2, statuses: [408, 500, 502, 503, 504], firstMilliseconds: 500 };

/**
 * Sends a request with the patience that it allows:
 * - a limit (429, or a gate that is shut) is waited for in place as long as patience lasts, whatever the method, because
 *   the server refused to start; a longer one comes back as Limited;
 * - network failures and passing faults are tried twice more, but only where the request is repeatable.
 */
export async function sendPatiently(request: HttpRequest, options: RetryOptions): Promise<Outcome> {
  const { clock, limit, patienceSeconds = PATIENCE_SECONDS } = options;
  let retries = 0;
  let waited = 0;
  for (;;) {
    const asked = clock.now().getTime();
    const outcome = await sendThrough(request, options, patienceSeconds - waited, () => {
      waited += (clock.now().getTime() - asked) / 1000;
    });
    if (outcome.kind === 'limited') return outcome;
    const seconds = outcome.kind === 'answer' ? limit(outcome, clock.now()) : undefined;
    if (seconds !== undefined && mayBeSentAgain(request, outcome)) {
      if (waited + seconds > patienceSeconds) return { kind: 'limited', seconds, answer: outcome as Answer };
      const wait = Math.max(1, seconds);
      waited += wait;
      await clock.sleep(wait * 1000);
    } else if (request.repeatable && passing(outcome) && retries < RETRY.times) {
      await clock.sleep(backoff(retries, options.random));
      retries += 1;
    } else {
      return outcome;
    }
  }
}

/** Calls `passed` between the wait and the sending. */
async function sendThrough(
  request: HttpRequest,
  options: RetryOptions,
  patienceSeconds: number,
  passed: () => void,
): Promise<Answer | NoAnswer | Limited> {
  const pass = await options.gate?.enter(Math.max(0, patienceSeconds));
  if (pass?.kind === 'limited') return pass;
  passed();
  const outcome = await send(request, options);
  pass?.over(outcome.kind === 'answer' ? outcome : undefined);
  return outcome;
}

// A 503 may have come after part of the work was done; a 429 never does.
function mayBeSentAgain(request: HttpRequest, outcome: Answer | NoAnswer): boolean {
  return request.repeatable || (outcome.kind === 'answer' && outcome.status === 429);
}

function passing(outcome: Answer | NoAnswer): boolean {
  return outcome.kind === 'no-answer' || RETRY.statuses.includes(outcome.status);
}

function backoff(retries: number, random = Math.random): number {
  const longest = RETRY.firstMilliseconds * 4 ** retries;
  return Math.round(longest / 2 + (longest / 2) * random());
}
