import type { AdoptedCommitment } from './adopt-lines.ts';
import { adoptLines } from './adopt-lines.ts';
import type { ApplicationLink } from './charges/links.ts';
import type { LiveCommitment } from './commitment-drift.ts';
import { commitmentDrift, driftedLines, isFurtherAlong, UNLOCKED } from './commitment-drift.ts';
import type { Fingerprint } from './desired-commitments.ts';
import type { Attachment } from './documents.ts';
import { refuseDrift } from './drift.ts';
import { NeedsPerson } from './errors.ts';
import type { CommitmentLink, VendorLink } from './links.ts';
import { formatMoney, money, sum } from './money.ts';
import type { DesiredCommitment, FingerprintedLine, Plan, Step, VendorStep } from './plan.ts';
import type { CommitmentStatus, NewVendor } from './procore-records.ts';

/** Where the order's supplier stands in Procore. */
export type VendorAnswer =
  | { link: VendorLink }
  | { matched: string; alreadyIn: Set<string> }
  | { create: NewVendor };

export interface PurchaseOrderWorld {
  /** Absent where the order is to be removed: then nobody needs to be found. */
  vendor?: VendorAnswer;
  links: CommitmentLink[];
  /** What bills and credit notes bill on the order's commitments. */
  applications: ApplicationLink[];
  /** Those at the order that Procore is to have, too. */
  files?: Attachment[];
  /**
   * By project id. Left out on a first pass, which tells whether there is anything to do at all; a plan that
   * touches existing commitments must be made again with it before it is carried out.
   */
  live?: Map<string, LiveCommitment>;
  /** Whether that look was taken although there was nothing to do. */
  level?: boolean;
  /** What a person has seen of Procore's side and wants written over (refuseDrift). */
  overwrite?: readonly string[];
  fingerprint: Fingerprint;
}

/**
 * The steps from what was written to what should stand, in the order that Procore allows: in each project withdraw
 * the draft requisition, unlock, header, switches, lines, status, requisition; deleted lines before any new ones.
 * Throws NeedsPerson where Procore was changed by hand in a way that must not be overwritten, and where a line that is
 * billed would fall below what is billed on it.
 */
export function planPurchaseOrder(wanted: DesiredCommitment[], world: PurchaseOrderWorld): Plan {
  const links = world.links.map((link) => asItStands(link, world));
  const linkOf = new Map(links.map((link) => [link.projectId, link]));
  const desired = adoptLines(wanted, links, world.fingerprint);
  const gone = links.filter((link) => !desired.some(({ project }) => project.id === link.projectId));
  const level = desired.map((commitment) => {
    const link = linkOf.get(commitment.project.id);
    const moving = link !== undefined && losesLinesTo(link, commitment, desired);
    return checked(levelSteps(commitment, link, moving, world), link, commitment, world);
  });
  const steps = [
    ...gone.flatMap((link) => checked(removalSteps(link, world), link, undefined, world)),
    ...level.flatMap((ofProject) => ofProject.slice(0, endOfDeletion(ofProject))),
    ...level.flatMap((ofProject) => ofProject.slice(endOfDeletion(ofProject))),
  ];
  if (steps.every(({ do: what }) => what === 'note-lines') || !world.vendor)
    return { steps, commitments: desired };
  const projectIds = desired.map(({ project }) => project.id);
  const found = vendorSteps(desired[0]!.contactId, projectIds, world.vendor);
  return { steps: [...found, ...steps], commitments: desired };
}

/** Whether lines of the commitment move to another project of the order: what is billed on them must move along. */
function losesLinesTo(
  { lines }: CommitmentLink,
  { lines: kept, project }: AdoptedCommitment,
  desired: AdoptedCommitment[],
): boolean {
  const stay = new Set(kept.map(({ originId }) => originId));
  const elsewhere = desired.filter((other) => other.project.id !== project.id);
  return Object.entries(lines).some(
    ([originId, { lineId }]) =>
      !stay.has(originId) && elsewhere.some((other) => other.lines.some((line) => line.lineId === lineId)),
  );
}

/** A line that moves between projects must be gone from one before it comes to the other: its originId is unique. */
function endOfDeletion(steps: Step[]): number {
  return steps.findIndex((step) => step.do === 'delete-lines') + 1;
}

/** The link with the status that the commitment has by now, which a person may have set. */
function asItStands(link: CommitmentLink, { live, level }: PurchaseOrderWorld): CommitmentLink {
  const status = live?.get(link.projectId)?.status;
  if (status === undefined || (level && isFurtherAlong(link, status))) return link;
  return { ...link, status: status as CommitmentStatus };
}

/** Refuses steps that would run over what people did in Procore meanwhile. */
function checked(
  steps: Step[],
  link: CommitmentLink | undefined,
  desired: AdoptedCommitment | undefined,
  world: PurchaseOrderWorld,
): Step[] {
  const { live, links, level = false, vendor, overwrite } = world;
  const now = link && live?.get(link.projectId);
  if (!now || (steps.length === 0 && !level)) return steps;
  const facts = { commitment: link.commitmentId };
  if (now.status === undefined && !steps.some((step) => step.do === 'delete-commitment')) {
    throw new NeedsPerson('commitment-gone', { facts });
  }
  const written = links.find(({ projectId }) => projectId === link.projectId)!;
  const wanted = desired && { ...desired, vendorId: knownVendorId(vendor) };
  refuseDrift('commitment-touched', facts, commitmentDrift(written, now, wanted, level), overwrite);
  const { requisitionStatus } = now;
  if (requisitionStatus !== undefined && requisitionStatus !== 'draft' && withdraws(steps)) {
    throw new NeedsPerson('requisition-touched', { facts: { ...facts, status: requisitionStatus } });
  }
  return steps;
}

function withdraws(steps: Step[]): boolean {
  return steps.some((step) => step.do === 'delete-requisition');
}

/**
 * Deletes a commitment of which nothing was billed; closes it otherwise, since Procore keeps what was billed.
 * Approved commitments cannot be deleted, maybe submitted ones neither, so they go back to Draft first.
 */
function removalSteps(link: CommitmentLink, { live, applications }: PurchaseOrderWorld): Step[] {
  const { projectId } = link;
  const release: Step[] = isBilled(link, applications) ? [{ do: 'release-applications', projectId }] : [];
  const withdraw: Step[] = [...release, ...(link.requisition ? [WITHDRAW(projectId)] : [])];
  const now = live?.get(projectId);
  if (link.status === 'Closed') return withdraw;
  if (now?.billed) return [...withdraw, { do: 'set-status', projectId, status: 'Closed' }];
  const unlock: Step[] =
    link.status !== UNLOCKED && now?.status !== undefined
      ? [{ do: 'set-status', projectId, status: UNLOCKED }]
      : [];
  return [...withdraw, ...unlock, { do: 'delete-commitment', projectId }];
}

const WITHDRAW = (projectId: string): Step => ({ do: 'delete-requisition', projectId });

function isBilled(
  { projectId }: Pick<CommitmentLink, 'projectId'>,
  applications: ApplicationLink[],
): boolean {
  return applications.some((one) => one.projectId === projectId && one.state !== 'emptied');
}

function levelSteps(
  desired: AdoptedCommitment,
  link: CommitmentLink | undefined,
  moving: boolean,
  { vendor, fingerprint, applications, live, files = [] }: PurchaseOrderWorld,
): Step[] {
  const projectId = desired.project.id;
  const header = fingerprint(desired.header);
  const { lines } = desired;
  const now = link && live?.get(projectId);
  const drifted = link && now ? driftedLines(link, now, desired) : new Set<string>();
  const changed = lines.filter(
    ({ originId, fingerprint }) =>
      link?.lines[originId]?.fingerprint !== fingerprint || drifted.has(originId),
  );
  const kept = new Set(lines.map((line) => line.originId));
  const removed = Object.keys(link?.lines ?? {}).filter((originId) => !kept.has(originId));
  const billed = link !== undefined && isBilled(link, applications);
  const release = billed && moving;
  if (billed && !release) checkBilled(link, removed, changed, applications);

  const vendorId = now?.vendorId ?? link?.vendorId;
  const vendorChanged = link !== undefined && vendorId !== knownVendorId(vendor);
  const rewritten = vendorChanged || changed.length > 0 || removed.length > 0;
  const unlock = link !== undefined && rewritten && link.status !== UNLOCKED;
  const statusNow = link === undefined || unlock ? UNLOCKED : link.status;

  // The first bill uses the draft up; where bills are released they come back.
  const draft = billed ? undefined : desired.requisition;
  const drafted = link?.requisition;
  const stale = draft && drafted?.fingerprint !== draft.fingerprint;
  const withdraw = drafted && (rewritten || stale || desired.status !== 'Approved');

  const newFiles = files.filter(({ id }) => !link?.files?.includes(id));

  const steps: (Step | false | undefined)[] = [
    release && { do: 'release-applications', projectId },
    withdraw && WITHDRAW(projectId),
    unlock && { do: 'set-status', projectId, status: UNLOCKED },
    (vendorChanged || link?.header !== header) && {
      do: 'write-commitment',
      projectId,
      contactId: desired.contactId,
      header: desired.header,
      fingerprint: header,
    },
    link?.invoicing !== true && { do: 'allow-invoicing', projectId },
    removed.length > 0 && { do: 'delete-lines', projectId, originIds: removed },
    changed.length > 0 && { do: 'write-lines', projectId, lines: changed },
    notedLines(projectId, lines, changed, link),
    newFiles.length > 0 && { do: 'attach-files', projectId, files: newFiles },
    statusNow !== desired.status && { do: 'set-status', projectId, status: desired.status },
    draft &&
      (drafted?.id === undefined || withdraw) && {
        do: 'create-requisition',
        projectId,
        requisition: draft,
      },
  ];
  return steps.filter((step) => step !== false && step !== undefined);
}

/** Lines that are as they were, under a new id of Xero's. */
function notedLines(
  projectId: string,
  lines: FingerprintedLine[],
  changed: FingerprintedLine[],
  link: CommitmentLink | undefined,
): Step | undefined {
  const renamed = lines.filter(
    (line) => !changed.includes(line) && link?.lines[line.originId]?.lineId !== line.lineId,
  );
  if (renamed.length === 0) return undefined;
  const lineIds = Object.fromEntries(renamed.map(({ originId, lineId }) => [originId, lineId]));
  return { do: 'note-lines', projectId, lineIds };
}

/** Throws NeedsPerson('line-billed-already') where a line would vanish or be worth less than is billed on it. */
function checkBilled(
  { projectId, commitmentId, lines }: CommitmentLink,
  removed: string[],
  changed: FingerprintedLine[],
  applications: ApplicationLink[],
): void {
  const billedOn = (originId: string) =>
    sum(
      applications
        .filter((one) => one.projectId === projectId)
        .flatMap(({ items }) => (items[originId] ? [money(items[originId])] : [])),
    );
  const facts = (line: string, billed: ReturnType<typeof sum>) => ({
    facts: { commitment: commitmentId, line, billed: formatMoney(billed) },
  });
  for (const originId of removed) {
    const billed = billedOn(originId);
    if (!billed.eq(0)) throw new NeedsPerson('line-billed-already', facts(originId, billed));
  }
  for (const { originId, description, amount } of changed) {
    const billed = billedOn(originId);
    const before = money(lines[originId]?.amount ?? '0');
    const isShort = before.lt(0) ? billed.lt(0) && amount.gt(billed) : billed.gt(0) && amount.lt(billed);
    if (isShort) throw new NeedsPerson('line-billed-already', facts(description, billed));
  }
}

function knownVendorId(vendor: VendorAnswer | undefined): string | undefined {
  if (!vendor) return undefined;
  if ('link' in vendor) return vendor.link.vendorId;
  return 'matched' in vendor ? vendor.matched : undefined;
}

/** What brings the supplier into Procore and into the projects, where it is not there yet. */
export function vendorSteps(contactId: string, projectIds: string[], vendor: VendorAnswer): VendorStep[] {
  const found: VendorStep[] =
    'create' in vendor
      ? [{ do: 'create-vendor', contactId, vendor: vendor.create }]
      : 'matched' in vendor
        ? [{ do: 'link-vendor', contactId, vendorId: vendor.matched }]
        : [];
  const alreadyIn =
    'create' in vendor
      ? new Set<string>()
      : 'matched' in vendor
        ? vendor.alreadyIn
        : new Set(vendor.link.projectIds);
  const missing = projectIds.filter((projectId) => !alreadyIn.has(projectId));
  return [
    ...found,
    ...missing.map((projectId): VendorStep => ({ do: 'add-vendor-to-project', contactId, projectId })),
  ];
}
