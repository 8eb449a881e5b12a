import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import { ConnectorError, RetryLater } from '../../core/errors.ts';

export interface Verdict {
  level: 'ok' | 'warning' | 'problem';
  /** Plain words. */
  says: string;
  fix?: string;
  code?: Code;
}

/** What one check found. */
export interface Finding extends Verdict {
  /** Name of the connection that it is about, if it is about one. */
  connection?: string;
  check: string;
  /** False for problems alone. */
  ok: boolean;
}

/** Runs one check; what it throws is what it found. */
export async function examine(check: string, look: () => Promise<Verdict>): Promise<Finding> {
  const verdict = await look().catch(verdictOn);
  return { check, ok: verdict.level !== 'problem', ...verdict };
}

export function warning(says: string, fix: string): Verdict {
  return { level: 'warning', says, fix };
}

export function problem(code: string): Verdict {
  const known = code in CODES ? (code as Code) : 'unexpected';
  const { says, fix } = CODES[known];
  return { level: 'problem', code: known, says: `${says}.`, fix };
}

function verdictOn(error: unknown): Verdict {
  if (error instanceof ConnectorError) {
    const { code, message, fix } = error;
    // A limit or an outage passes; everything else wants somebody.
    return { level: error instanceof RetryLater ? 'warning' : 'problem', code, says: `${message}.`, fix };
  }
  return { ...problem('unexpected'), says: String(error) };
}
