import { NeedsPerson, ProcoreRefused, RetryLater } from '../../core/errors.ts';
import type { VendorLink } from '../../core/links.ts';
import type { NewVendor, Vendor, VendorCard } from '../../core/procore-records.ts';
import { decideVendor } from '../../core/vendor-decision.ts';
import { indexVendors } from '../../core/vendor-match.ts';
import { readName } from '../../core/vendor-names/read-name.ts';
import type { Revised } from '../../store/table.ts';
import { fingerprint } from '../fingerprint.ts';
import type { Workspace } from '../sync/workspace.ts';
import { withFreeLeases } from '../with-lease.ts';
import type { KnownVendor } from './known-vendor.ts';
import { knownVendor, putLink } from './known-vendor.ts';
import { writtenVendor } from './written-vendor.ts';

/** A contact that is to become a vendor. */
export interface Wanted {
  contactId: string;
  vendor: NewVendor;
}

/**
 * The link that came of it, or why there is none: RetryLater where another worker is on a vendor of the same name, or
 * Procore does not answer for now.
 */
export type Made = Revised<VendorLink> | NeedsPerson | RetryLater;

/** Making vendors takes a few calls to Procore. */
const BUSY_SECONDS = 10;

/**
 * Makes vendors of contacts, in one call to Procore for all, and links them. One contact's trouble concerns no other.
 *
 * One vendor for one name, whoever asks at the same moment, other organisations that share the company among them:
 * whoever holds the name's lease looks once more who is called so before making anybody, and links whom it finds.
 * Throws Stop.
 */
export async function createVendors(wanted: Wanted[], workspace: Workspace): Promise<Map<string, Made>> {
  const made = new Map<string, Made>();
  for (let rest = wanted; rest.length > 0; ) {
    const { now, later } = unlike(rest);
    const byLease = new Map(now.map((one) => [leaseOf(one, workspace), one]));
    let why = new RetryLater('lease-held', BUSY_SECONDS);
    try {
      await withFreeLeases(workspace.deployment, [...byLease.keys()], async (held) => {
        const mine = [...byLease].filter(([lease]) => held.has(lease)).map(([, one]) => one);
        if (mine.length > 0) await create(mine, workspace, made);
      });
      rest = later;
    } catch (error) {
      // What was made so far is not forgotten over it.
      if (!(error instanceof RetryLater)) throw error;
      why = error;
      rest = [];
    }
    const left = why.code === 'lease-held' ? now : [...now, ...later];
    for (const { contactId } of left) if (!made.has(contactId)) made.set(contactId, why);
  }
  return made;
}

/** Those that may be made at once: of several whose names are alike the others are compared with the first. */
function unlike(wanted: Wanted[]): { now: Wanted[]; later: Wanted[] } {
  const names = indexVendors([]);
  const { now = [], later = [] } = Object.groupBy(wanted, ({ contactId, vendor }) => {
    if (names.match(vendor) !== 'none') return 'later';
    names.add({ id: contactId, ...vendor });
    return 'now';
  });
  return { now, later };
}

function leaseOf({ vendor }: Wanted, { connection }: Workspace): string {
  const name = readName(vendor.name).words.join(' ') || vendor.name.trim();
  return `vendor:${connection.procore.companyId}:${fingerprint(name)}`;
}

type Missing = Wanted & { known: KnownVendor };

async function create(wanted: Wanted[], workspace: Workspace, made: Map<string, Made>): Promise<void> {
  const unlinked: Missing[] = [];
  for (const one of wanted) {
    const known = await knownVendor(workspace, one.contactId);
    if (known.link) made.set(one.contactId, known.link);
    else unlinked.push({ ...one, known });
  }
  const missing = await linkFound(unlinked, workspace, made);
  if (missing.length === 0) return;
  const outcomes = await workspace.tool.syncVendors(missing.map(({ vendor }) => vendor));
  const taken: Missing[] = [];
  for (const one of missing) {
    const outcome = outcomes.get(one.vendor.originId)!;
    if (isTaken(outcome)) taken.push(one);
    made.set(one.contactId, await settled(one, outcome, workspace));
  }
  // Somebody who holds no lease, such as a person, was quicker.
  if (taken.length > 0) await linkFound(taken, workspace, made);
}

/** Links those whom Procore holds by now, notes the questions that others raise, and returns whom nobody is called like. */
async function linkFound(
  unlinked: Missing[],
  workspace: Workspace,
  made: Map<string, Made>,
): Promise<Missing[]> {
  if (unlinked.length === 0) return [];
  const { connection, tool, vendors } = workspace;
  const index = await vendors.lookAgain();
  const asleep = indexVendors(await tool.inactiveVendors());
  const missing: Missing[] = [];
  for (const one of unlinked) {
    const { contactId, vendor, known } = one;
    const contact = { id: contactId, name: vendor.name };
    const wished = known.wish !== undefined;
    const decided = decideVendor(contact, index.match(vendor), connection.settings, wished);
    const twin = asleep.match(vendor);
    if (decided instanceof NeedsPerson) made.set(contactId, decided);
    else if (decided !== 'create') {
      const link = { vendorId: decided.vendor.id, origin: 'matched' as const };
      made.set(contactId, await unlessOvertaken(putLink(workspace, known, link)));
    } else if (twin !== 'none' && 'vendor' in twin && !(wished && twin.vendor.originId !== vendor.originId)) {
      made.set(contactId, inactive(contact, twin.vendor));
    } else missing.push(one);
  }
  return missing;
}

function inactive(contact: { id: string; name: string }, { id, name }: Vendor): NeedsPerson {
  const facts = { contact: contact.id, supplier: contact.name, vendor: id, name };
  return new NeedsPerson('vendor-inactive', { facts });
}

function isTaken(outcome: VendorCard | ProcoreRefused): boolean {
  return outcome instanceof ProcoreRefused && Object.values(outcome.fields).flat().join().includes('taken');
}

async function settled(
  { vendor, known }: Missing,
  outcome: VendorCard | ProcoreRefused,
  workspace: Workspace,
): Promise<Made> {
  if (outcome instanceof ProcoreRefused) {
    const facts = { contact: known.contactId, supplier: vendor.name, reason: outcome.message };
    return new NeedsPerson('procore-refused', { facts, cause: outcome });
  }
  await workspace.vendors.add({ id: outcome.id, name: vendor.name, originId: vendor.originId });
  const written = writtenVendor(vendor, outcome);
  return unlessOvertaken(putLink(workspace, known, { vendorId: outcome.id, origin: 'created', written }));
}

/** Where somebody else linked the contact at this moment, the next look finds how. */
async function unlessOvertaken(put: Promise<Revised<VendorLink>>): Promise<Made> {
  try {
    return await put;
  } catch (error) {
    if (error instanceof RetryLater) return error;
    throw error;
  }
}
