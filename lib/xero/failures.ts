import * as z from 'zod/mini';
import { RetryLater, Stop } from '../core/errors.ts';
import { optionalText } from '../http/fields.ts';
import { excerpt, parseJson } from '../http/json.ts';
import type { LimitRule } from '../http/limits.ts';
import { retryAfterSeconds } from '../http/limits.ts';
import type { Answer, Outcome } from '../http/request.ts';

/** Seconds after which an outage is worth another try. */
const OUTAGE_SECONDS = 60;

/** Xero names the limit in `X-Rate-Limit-Problem`; only minute and day breaches carry a Retry-After. */
export const xeroLimit: LimitRule = (answer, now) => {
  const told = retryAfterSeconds(answer.headers, now);
  if (answer.status === 503) return told;
  if (answer.status !== 429) return undefined;
  if (told !== undefined) return told;
  const problem = answer.headers.get('x-rate-limit-problem')?.toLowerCase() ?? '';
  if (problem.startsWith('conc')) return 1 + Math.random();
  return problem.startsWith('da') ? 3600 : 60;
};

/**
 * The answer where it is a success. Throws what every other outcome means; `what` names the thing asked for.
 * A 404 is an answer too: whether it means "no such record" depends on what was asked.
 */
export function judge(outcome: Outcome, what: string): Answer {
  if (outcome.kind === 'limited') {
    const code = outcome.answer?.status === 503 ? 'xero-unavailable' : 'xero-rate-limited';
    throw new RetryLater(code, Math.ceil(outcome.seconds));
  }
  if (outcome.kind === 'no-answer') {
    throw new RetryLater('xero-unavailable', OUTAGE_SECONDS, { cause: outcome.cause });
  }
  const { status } = outcome;
  if (status === 200 || status === 404) return outcome;
  if (status === 408 || status >= 500) {
    throw new RetryLater('xero-unavailable', OUTAGE_SECONDS, { facts: { status } });
  }
  const said = reason(outcome.text);
  if (status === 401) {
    throw new Stop(/AuthorizationUnsuccessful/i.test(said) ? 'xero-scope-missing' : 'xero-consent-lost', {
      facts: { what },
    });
  }
  if (status === 403) throw new Stop('xero-disconnected', { facts: { said } });
  throw new Stop('answer-unreadable', { facts: { what, status, said } });
}

/** The parsed body of a success. A body that is not JSON comes from something before Xero: it passes. */
export function body(answer: Answer): unknown {
  try {
    return parseJson(answer.text);
  } catch (cause) {
    throw new RetryLater('xero-unavailable', OUTAGE_SECONDS, { cause });
  }
}

const problem = z.object({ detail: optionalText, message: optionalText, title: optionalText });

// The casing of keys varies from error to error, and not every error is JSON.
function reason(text: string): string {
  try {
    const entries = Object.entries(z.looseObject({}).parse(parseJson(text)));
    const { detail, message, title } = problem.parse(
      Object.fromEntries(entries.map(([key, value]) => [key.toLowerCase(), value])),
    );
    return excerpt(detail ?? message ?? title ?? '');
  } catch {
    return excerpt(text);
  }
}
