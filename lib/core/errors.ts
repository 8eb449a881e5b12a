import type { Code } from './codes.ts';
import { CODES } from './codes.ts';

export interface ErrorDetail {
  /** Facts for the reader: names, numbers, candidates. Never a secret. */
  facts?: Record<string, string | number | string[]>;
  cause?: unknown;
}

/**
 * An error that knows what its reader should do. Its code is the same word in logs, CLI, README and tests;
 * what it says, whom it hurts and how to fix it stand in codes.ts.
 */
export abstract class ConnectorError extends Error {
  readonly code: Code;
  readonly facts: NonNullable<ErrorDetail['facts']>;

  constructor(code: Code, detail: ErrorDetail = {}) {
    super(sentence(code, detail.facts), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.facts = detail.facts ?? {};
  }

  get fix(): string {
    return CODES[this.code].fix;
  }
}

/** Thrown when the same call will work later: rate limits, outages, a lease held by somebody else. */
export class RetryLater extends ConnectorError {
  override name = 'RetryLater';
  /** Seconds until it is worth trying again. */
  readonly afterSeconds: number;

  constructor(code: Code, afterSeconds: number, detail?: ErrorDetail) {
    super(code, detail);
    this.afterSeconds = afterSeconds;
  }
}

/** Thrown when a person must change something before this document can go on: it is parked with the code. */
export class NeedsPerson extends ConnectorError {
  override name = 'NeedsPerson';
}

/** Thrown when nothing of this connection or deployment can go on: broken credentials, missing configuration. */
export class Stop extends ConnectorError {
  override name = 'Stop';
}

/** Thrown at the door: the caller's input is wrong and nothing was taken in. */
export class BadInput extends ConnectorError {
  override name = 'BadInput';
}

/** Thrown when Procore refuses a write by a rule of its own; `fields` are its words, field by field. */
export class ProcoreRefused extends Error {
  override name = 'ProcoreRefused';
  readonly status: number;
  readonly fields: Record<string, string[]>;

  constructor(what: string, status: number, fields: Record<string, string[]>, cause?: unknown) {
    const words = Object.entries(fields).map(([field, reasons]) => `${field} ${reasons.join(', ')}`);
    super(`Procore refused ${what} (${status}): ${words.join('; ') || 'no reason given'}`, { cause });
    this.status = status;
    this.fields = fields;
  }
}

function sentence(code: Code, facts: ErrorDetail['facts'] = {}): string {
  const values = Object.entries(facts).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`);
  return values.length > 0 ? `${CODES[code].says} (${values.join('; ')})` : CODES[code].says;
}
