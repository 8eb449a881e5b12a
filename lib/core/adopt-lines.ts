import type { Fingerprint } from './desired-commitments.ts';
import { requisitionFingerprint } from './desired-commitments.ts';
import type { CommitmentLink, LineLink } from './links.ts';
import { formatMoney } from './money.ts';
import type { DesiredCommitment, FingerprintedLine } from './plan.ts';
import type { SovLine } from './procore-records.ts';

/** A commitment as it should be, with its lines under the originIds that they have in Procore. */
export type AdoptedCommitment = Omit<DesiredCommitment, 'lines'> & { lines: FingerprintedLine[] };

/**
 * Gives the lines of an order's commitments the originIds under which they stand: Xero gives lines new ids when a
 * document is written whole, and what is billed hangs on the old ones. A line is known by its id; one whose id is new
 * takes the place of one whose id is gone, where all of it is the same, else all but the amount. Lines that move from
 * one commitment to another are no new ones: Procore takes each originId once.
 */
export function adoptLines(
  desired: DesiredCommitment[],
  links: CommitmentLink[],
  fingerprint: Fingerprint,
): AdoptedCommitment[] {
  const wanted = new Set(desired.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)));
  const standing = new Map(links.flatMap(({ lines }) => Object.entries(lines)));
  const known = new Set([...standing.values()].map(({ lineId }) => lineId));
  return desired.map((commitment) => {
    const lines = commitment.lines.map((line) => fingerprinted(line, fingerprint));
    const own = links.find(({ projectId }) => projectId === commitment.project.id);
    const adopted = pair(lines, Object.entries(own?.lines ?? {}), {
      isNew: ({ lineId }) => !known.has(lineId),
      isGone: ({ lineId }) => !wanted.has(lineId),
    });
    const originIdOf = (line: { originId: string; lineId: string }) =>
      adopted.get(line.originId) ?? free(line, standing);
    return withOriginIds({ ...commitment, lines }, originIdOf, fingerprint);
  });
}

function fingerprinted(line: SovLine, fingerprint: Fingerprint): FingerprintedLine {
  const { description, amount, target } = line;
  return {
    ...line,
    fingerprint: fingerprint([description, formatMoney(amount), target]),
    kind: fingerprint([description, target]),
  };
}

interface Ids {
  isNew(line: FingerprintedLine): boolean;
  isGone(before: LineLink): boolean;
}

/** The originIds that stand, by those that the lines would have by themselves. */
function pair(
  lines: FingerprintedLine[],
  standing: [string, LineLink][],
  { isNew, isGone }: Ids,
): Map<string, string> {
  const left = new Map(standing);
  const adopted = new Map<string, string>();
  const take = (isSame: (line: FingerprintedLine, before: LineLink) => boolean) => {
    for (const line of lines) {
      if (adopted.has(line.originId)) continue;
      const found = [...left].find(([, before]) => isSame(line, before));
      if (!found) continue;
      adopted.set(line.originId, found[0]);
      left.delete(found[0]);
    }
  };
  take((line, before) => line.lineId === before.lineId);
  take((line, before) => isNew(line) && isGone(before) && line.fingerprint === before.fingerprint);
  take((line, before) => isNew(line) && isGone(before) && line.kind === before.kind);
  return adopted;
}

/** The line's own originId, unless another line has taken that over. */
function free(
  { originId, lineId }: { originId: string; lineId: string },
  standing: ReadonlyMap<string, LineLink>,
): string {
  const before = standing.get(originId);
  if (!before || before.lineId === lineId) return originId;
  return free({ originId: `${originId}+`, lineId }, standing);
}

function withOriginIds(
  commitment: AdoptedCommitment,
  originIdOf: (line: FingerprintedLine) => string,
  fingerprint: Fingerprint,
): AdoptedCommitment {
  const originIds = new Map(commitment.lines.map((line) => [line.originId, originIdOf(line)]));
  const lines = commitment.lines.map((line) => ({ ...line, originId: originIds.get(line.originId)! }));
  const { requisition } = commitment;
  if (!requisition) return { ...commitment, lines };
  const items = requisition.items.map((item) => ({ ...item, originId: originIds.get(item.originId)! }));
  return {
    ...commitment,
    lines,
    requisition: {
      ...requisition,
      items,
      fingerprint: requisitionFingerprint({ ...requisition, items }, fingerprint),
    },
  };
}
