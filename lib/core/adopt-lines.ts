import type { Fingerprint } from './desired-commitments.ts';
import { requisitionFingerprint } from './desired-commitments.ts';
import type { CommitmentLink, LineLink } from './links.ts';
import { formatMoney } from './money.ts';
import type { DesiredCommitment, FingerprintedLine } from './plan.ts';

/** A commitment as it should be, with its lines under the originIds that they have in Procore. */
export type AdoptedCommitment = Omit<DesiredCommitment, 'lines'> & { lines: FingerprintedLine[] };

/**
 * Gives the lines of a commitment the originIds under which they stand: Xero gives lines new ids when a document is
 * written whole, and what is billed hangs on the old ones. A line is known by its id, else by its whole content, else
 * by all of it but the amount.
 */
export function adoptLines(
  commitment: DesiredCommitment,
  link: Pick<CommitmentLink, 'lines'> | undefined,
  fingerprint: Fingerprint,
): AdoptedCommitment {
  const lines = commitment.lines.map((line): FingerprintedLine => {
    const { description, amount, target } = line;
    return {
      ...line,
      fingerprint: fingerprint([description, formatMoney(amount), target]),
      kind: fingerprint([description, target]),
    };
  });
  const adopted = pair(lines, Object.entries(link?.lines ?? {}));
  const { requisition } = commitment;
  const items = requisition?.items.map(({ originId, amount }) => ({
    originId: adopted.get(originId) ?? originId,
    amount,
  }));
  return {
    ...commitment,
    lines: lines.map((line) => ({ ...line, originId: adopted.get(line.originId) ?? line.originId })),
    ...(requisition &&
      items && {
        requisition: {
          ...requisition,
          items,
          fingerprint: requisitionFingerprint({ ...requisition, items }, fingerprint),
        },
      }),
  };
}

/** The originIds to take, by those that the lines would have had. */
function pair(lines: FingerprintedLine[], standing: [string, LineLink][]): Map<string, string> {
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
  take((line, before) => line.fingerprint === before.fingerprint);
  take((line, before) => line.kind === before.kind);
  return adopted;
}
