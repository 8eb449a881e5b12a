import { isDeepStrictEqual } from 'node:util';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { ExpectedBill } from '../../lib/sandbox/seed/expected-bills.ts';
import { costsByCode, expectedBills } from '../../lib/sandbox/seed/expected-bills.ts';
import type { ExpectedOrder } from '../../lib/sandbox/seed/expected-outcome.ts';
import { expectedOutcome } from '../../lib/sandbox/seed/expected-outcome.ts';
import type { ProcoreContent } from './procore-content.ts';

/** What the contractor's accountant expects of the seed. */
export interface Expected {
  orders: ExpectedOrder[];
  bills: ExpectedBill[];
}

export function expectedOf(today: string): Expected {
  const orders = expectedOutcome(today);
  return { orders, bills: expectedBills(orders, today) };
}

/**
 * Compares what came of the seed with what is expected, and names every difference: a document without a state or in
 * a wrong one, a commitment that is missing, wrong, or one too many, and costs that are not those of the bills posted.
 */
export function differences(
  expected: Expected,
  documents: DocumentRecord[],
  content: ProcoreContent,
): string[] {
  return [
    ...wrongOrders(expected.orders, documents),
    ...wrongBills(expected.bills, documents),
    ...wrongCommitments(expected.orders, content),
    ...wrongCosts(expected.bills, documents, content),
  ];
}

function wrongOrders(expected: ExpectedOrder[], documents: DocumentRecord[]): string[] {
  const orders = new Map(
    documents.filter(({ kind }) => kind === 'purchase-order').map((it) => [it.number, it]),
  );
  return expected.flatMap(({ number, state, code }) => {
    const found = orders.get(number);
    if (found?.state === state && found.code === code) return [];
    return [`${number} is ${inWords(found)}, expected ${[state, code].filter(Boolean).join(' ')}`];
  });
}

function inWords(found: DocumentRecord | undefined): string {
  return found ? [found.state, found.code].filter(Boolean).join(' ') : 'in no state';
}

/** Where it is for people to say what becomes of a bill, any state is right but none at all. */
function wrongBills(expected: ExpectedBill[], documents: DocumentRecord[]): string[] {
  const records = new Map(documents.map((record) => [record.id, record]));
  return expected.flatMap(({ id, reference, state }) => {
    const found = records.get(id);
    if (found && (state === undefined || found.state === state)) return [];
    return [`The bill ${reference} is ${inWords(found)}, expected ${state ?? 'any'}`];
  });
}

function wrongCosts(
  expected: ExpectedBill[],
  documents: DocumentRecord[],
  { costs }: ProcoreContent,
): string[] {
  const posted = new Set(documents.filter(({ state }) => state === 'posted').map(({ id }) => id));
  const wanted = costsByCode(expected.filter(({ id }) => posted.has(id)).flatMap((bill) => bill.costs));
  return [...new Set([...wanted.keys(), ...costs.keys()])].flatMap((code) => {
    const [is, wants] = [costs.get(code) ?? '0.00', wanted.get(code) ?? '0.00'];
    return is === wants ? [] : [`The cost on ${code} is ${is}, expected ${wants}`];
  });
}

function wrongCommitments(expected: ExpectedOrder[], { commitments }: ProcoreContent): string[] {
  const name = ({ project, number }: { project: string; number: string }) =>
    `${number} in project ${project}`;
  const standing = new Map(commitments.map((commitment) => [name(commitment), commitment]));
  const wanted = new Map(expected.flatMap((order) => order.commitments.map((it) => [name(it), it] as const)));
  const wrong = [...wanted].flatMap(([key, { hasRequisition, ...commitment }]) => {
    const found = standing.get(key);
    if (!found) return [`Commitment ${key} is missing`];
    const { requisition, billed, ...rest } = found;
    const draft = hasRequisition && billed === undefined ? commitment.total : undefined;
    const lines = byContent(rest.lines);
    return [
      ...(isDeepStrictEqual({ ...rest, lines }, { ...commitment, lines: byContent(commitment.lines) })
        ? []
        : [`Commitment ${key} is ${JSON.stringify(rest)}, expected ${JSON.stringify(commitment)}`]),
      ...(requisition === draft
        ? []
        : [`The draft requisition of ${key} bills ${requisition ?? 'nothing'}, expected ${draft ?? 'none'}`]),
    ];
  });
  const extra = [...standing.keys()]
    .filter((key) => !wanted.has(key))
    .map((key) => `Commitment ${key} is one too many`);
  return [...wrong, ...extra];
}

function byContent<T>(lines: T[]): string[] {
  return lines.map((line) => JSON.stringify(line)).toSorted();
}
