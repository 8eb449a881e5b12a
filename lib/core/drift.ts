import type { Code } from './codes.ts';
import { NeedsPerson } from './errors.ts';

/** Something in Procore that is otherwise than the connector left it. All in words, for people. */
export interface Drift {
  what: string;
  /** What the connector wrote last. */
  written: string;
  /** What stands there now. */
  procore: string;
  /** What is to stand there by what Xero says now. */
  wanted: string;
}

/**
 * Refuses to write over what people changed in Procore, with both sides and what would be written, unless a person has
 * seen just that and said so: `overwrite` is what they saw. Throws NeedsPerson with the fact `drift`, a sentence each.
 */
export function refuseDrift(
  code: Code,
  facts: Record<string, string>,
  drifts: Drift[],
  overwrite: readonly string[] = [],
): void {
  const drift = drifts.map(inWords);
  if (drift.every((sentence) => overwrite.includes(sentence))) return;
  throw new NeedsPerson(code, { facts: { ...facts, drift } });
}

function inWords({ what, written, procore, wanted }: Drift): string {
  return `${what}: written ${written}; in Procore ${procore}; to be ${wanted}`;
}
