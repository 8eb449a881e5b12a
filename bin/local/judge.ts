import { isDeepStrictEqual } from 'node:util';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { ExpectedOrder } from '../../lib/sandbox/seed/expected-outcome.ts';
import type { ProcoreContent } from './procore-content.ts';

/**
 * Compares what came of the seed with what the contractor's accountant expects of each order, and names every
 * difference: a document without a state, a wrong one, a commitment that is missing, wrong, or one too many.
 */
export function differences(
  expected: ExpectedOrder[],
  documents: DocumentRecord[],
  { commitments }: ProcoreContent,
): string[] {
  const orders = new Map(
    documents.filter(({ kind }) => kind === 'purchase-order').map((it) => [it.number, it]),
  );
  const states = expected.flatMap(({ number, state, code }) => {
    const found = orders.get(number);
    if (found?.state === state && found.code === code) return [];
    const is = found ? [found.state, found.code].filter(Boolean).join(' ') : 'in no state';
    return [`${number} is ${is}, expected ${[state, code].filter(Boolean).join(' ')}`];
  });

  const name = ({ project, number }: { project: string; number: string }) =>
    `${number} in project ${project}`;
  const standing = new Map(commitments.map((commitment) => [name(commitment), commitment]));
  const wanted = new Map(expected.flatMap((order) => order.commitments.map((it) => [name(it), it] as const)));
  const wrong = [...wanted].flatMap(([key, { hasRequisition, ...commitment }]) => {
    const found = standing.get(key);
    if (!found) return [`Commitment ${key} is missing`];
    const { requisition, ...rest } = found;
    const lines = byContent(rest.lines);
    return [
      ...(isDeepStrictEqual({ ...rest, lines }, { ...commitment, lines: byContent(commitment.lines) })
        ? []
        : [`Commitment ${key} is ${JSON.stringify(rest)}, expected ${JSON.stringify(commitment)}`]),
      ...(requisition === (hasRequisition ? commitment.total : undefined)
        ? []
        : [
            `The requisition of ${key} bills ${requisition ?? 'nothing'}, expected ${hasRequisition ? commitment.total : 'none'}`,
          ]),
    ];
  });
  const extra = [...standing.keys()]
    .filter((key) => !wanted.has(key))
    .map((key) => `Commitment ${key} is one too many`);
  return [...states, ...wrong, ...extra];
}

function byContent<T>(lines: T[]): string[] {
  return lines.map((line) => JSON.stringify(line)).toSorted();
}
