import { ProcoreRefused, RetryLater, Stop } from '../core/errors.ts';
import { parseJson } from '../http/json.ts';
import { retryAfterSeconds } from '../http/limits.ts';
import type { Answer, Outcome } from '../http/request.ts';
import { refusalFields } from './refusal.ts';

/** Seconds after which an outage is worth another try. */
const OUTAGE_SECONDS = 30;

const OTHER_COMPANY = /Missing Procore-Company-Id header|not connected to this company/i;

/**
 * The answer where it is a success. Throws what every other outcome means; `what` names the record in the messages.
 * RetryLater after a write leaves open whether Procore saved it.
 */
export function judge(outcome: Outcome, what: string, now: Date): Answer {
  if (outcome.kind === 'limited') {
    const code = outcome.answer?.status === 503 ? 'procore-unavailable' : 'procore-rate-limited';
    throw new RetryLater(code, outcome.seconds);
  }
  if (outcome.kind === 'no-answer') {
    throw new RetryLater('procore-unavailable', OUTAGE_SECONDS, { facts: { what }, cause: outcome.cause });
  }
  const { status } = outcome;
  if (status >= 200 && status < 300) return outcome;
  if (status === 408 || status >= 500) {
    const seconds = retryAfterSeconds(outcome.headers, now) ?? OUTAGE_SECONDS;
    throw new RetryLater('procore-unavailable', seconds, { facts: { what, status } });
  }
  throw refused(outcome, what);
}

function refused({ status, text }: Answer, what: string): Error {
  const fields = refusalFields(text);
  const said = Object.values(fields).flat();
  const facts = { what, ...(said.length > 0 && { said }) };
  if (said.some((reason) => OTHER_COMPANY.test(reason))) return new Stop('procore-wrong-company', { facts });
  if (status === 401) return new Stop('procore-client-refused', { facts });
  if (status === 403) return new Stop('procore-forbidden', { facts });
  return new ProcoreRefused(what, status, fields);
}

/** The parsed body of a success; undefined where it is empty, as after a DELETE. */
export function body(answer: Answer, what: string): unknown {
  if (answer.text.trim() === '') return undefined;
  try {
    return parseJson(answer.text);
  } catch (cause) {
    throw new RetryLater('procore-unavailable', OUTAGE_SECONDS, { facts: { what }, cause });
  }
}
