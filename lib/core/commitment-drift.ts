import type { AdoptedCommitment } from './adopt-lines.ts';
import type { Drift } from './drift.ts';
import type { CommitmentLink, LineLink } from './links.ts';
import { formatMoney, money, sum } from './money.ts';
import type { CodeTarget, Commitment, CommitmentStatus, WrittenSovLine } from './procore-records.ts';

/** What stands in Procore now of a commitment that the connector wrote earlier. */
export interface LiveCommitment {
  /** Undefined where it was deleted by hand. */
  status: string | undefined;
  vendorId?: string | undefined;
  /** Its lines, whoever wrote them. */
  lines: WrittenSovLine[];
  /** Status of our draft requisition; undefined where there is none. */
  requisitionStatus: string | undefined;
  /** Whether anything but our own draft was billed on it. */
  billed: boolean;
}

const GONE = 'nothing';

/**
 * Where vendor, lines and deletion are not locked whatever the company chose: Procore's pages name Approved, newer
 * ones everything but drafts.
 */
export const UNLOCKED: CommitmentStatus = 'Draft';
const ENDED: CommitmentStatus = 'Closed';

/**
 * What people changed of a commitment: its supplier, its status, and lines of ours that were deleted, came to another
 * amount or to another cost code. Lines that people added are theirs. `desired` is what the order says now; undefined
 * where it is to be removed. While the connector itself is midway nothing can be told. `level` says that nothing is to
 * be written by what was written before, so that no status is the connector's own unfinished doing.
 */
export function commitmentDrift(
  link: CommitmentLink,
  live: LiveCommitment,
  desired: (AdoptedCommitment & { vendorId?: string | undefined }) | undefined,
  level: boolean,
): Drift[] {
  if (live.status === undefined || link.midway) return [];
  const drifts: Drift[] = [];
  // What a worker that died may have set without noting it: it unlocks, and ends in what the order says, or closes.
  const own = level ? [link.status] : [link.status, UNLOCKED, desired?.status ?? ENDED];
  const isLeftAlone = level && isFurtherAlong(link, live.status);
  if (!isLeftAlone && !own.some((status) => status === live.status)) {
    drifts.push({
      what: 'status',
      written: link.status,
      procore: live.status,
      wanted: desired?.status ?? GONE,
    });
  }
  const { vendorId } = live;
  if (vendorId !== undefined && vendorId !== link.vendorId && vendorId !== desired?.vendorId) {
    const wanted = desired ? (desired.vendorId ?? 'another vendor') : GONE;
    drifts.push({ what: 'vendor', written: link.vendorId, procore: vendorId, wanted });
  }
  return [...drifts, ...lineDrifts(link, live, desired)];
}

/** What becomes of an approved order in the course of things, set by those who receive and close it. */
const FURTHER: ReadonlySet<string> = new Set(['Processing', 'Partially Received', 'Received', 'Closed']);

/** Whether people moved on what the connector approved: no quarrel, as long as the order does not change. */
export function isFurtherAlong({ status }: CommitmentLink, live: string): boolean {
  return status === 'Approved' && FURTHER.has(live);
}

/** The lines of ours that people changed, by originId. */
export function driftedLines(
  link: CommitmentLink,
  live: LiveCommitment,
  desired: AdoptedCommitment,
): Set<string> {
  if (live.status === undefined || link.midway) return new Set();
  return new Set(differing(link, live, desired).map(({ originId }) => originId));
}

function lineDrifts(
  link: CommitmentLink,
  live: LiveCommitment,
  desired: AdoptedCommitment | undefined,
): Drift[] {
  return differing(link, live, desired).map(({ originId, now }) => {
    const wanted = desired?.lines.find((line) => line.originId === originId);
    const { amount } = link.lines[originId]!;
    return {
      what: `line ${now?.description ?? wanted?.description ?? originId}`,
      written: amount,
      procore: now ? `${formatMoney(now.amount)}${codeOf(now)}` : GONE,
      wanted: wanted ? formatMoney(wanted.amount) : GONE,
    };
  });
}

function differing(
  { lines }: CommitmentLink,
  live: LiveCommitment,
  desired: AdoptedCommitment | undefined,
): { originId: string; now: WrittenSovLine | undefined }[] {
  const standing = new Map(live.lines.map((line) => [line.originId, line]));
  const isOurs = (originId: string, written: LineLink) => {
    const now = standing.get(originId);
    const wanted = desired?.lines.find((line) => line.originId === originId);
    // What is to go, and is gone, is nobody's loss.
    if (!now) return !wanted;
    const isAmount = [written.amount, wanted && formatMoney(wanted.amount)].includes(formatMoney(now.amount));
    return isAmount && [written.target, wanted?.target].some((target) => !target || isOn(now, target));
  };
  return Object.entries(lines)
    .filter(([originId, written]) => !isOurs(originId, written))
    .map(([originId]) => ({ originId, now: standing.get(originId) }));
}

/** As far as Procore tells. */
function isOn({ costCode, costType, wbsCode }: WrittenSovLine, target: CodeTarget): boolean {
  const same = (id: string | undefined, wanted: string) => id === undefined || id === wanted;
  if ('wbsCodeId' in target) return same(wbsCode?.id, target.wbsCodeId);
  return same(costCode?.id, target.costCodeId) && same(costType?.id, target.costTypeId);
}

function codeOf({ costCode, costType }: WrittenSovLine): string {
  const code = [costCode?.code, costType?.code].filter((part) => part !== undefined).join('.');
  return code === '' ? '' : ` on ${code}`;
}

/** Whether the list of a project's commitments tells that one may have been changed: then it is worth a look of its own. */
export function looksTouched(link: CommitmentLink, listed: Commitment | undefined): boolean {
  if (link.midway) return false;
  if (!listed) return true;
  const written = sum(Object.values(link.lines).map(({ amount }) => money(amount)));
  return (
    listed.status !== link.status ||
    (listed.vendorId !== undefined && listed.vendorId !== link.vendorId) ||
    (listed.total !== undefined && !listed.total.eq(written))
  );
}
