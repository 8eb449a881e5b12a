import type { Connection } from '../../core/connection.ts';
import type { Contact } from '../../core/documents.ts';
import type { Books } from '../../core/ports.ts';
import type { ListName, Lists } from '../../core/reference-lists.ts';
import type { KnownContact } from '../../core/xero-records.ts';
import type { Snapshot, SnapshotName } from '../../store/snapshots.ts';
import { openBooks, openProjectTool } from '../clients.ts';
import type { Deployment } from '../deployment.ts';
import { refusedByProcore } from './refused.ts';

/**
 * Where each list comes from: reads it from its vendor as it stands now; that of the project where the list is one of
 * projects. `before` is what was kept of it, for lists of which only the changes are read. Throws RetryLater, Stop and
 * ProcoreRefused.
 */
export type ListReaders = {
  [Name in ListName]: (projectId: string, before?: Snapshot) => Promise<Lists[Name][]>;
};

export function openLists(deployment: Deployment, connection: Connection): ListReaders {
  const tool = openProjectTool(deployment, connection);
  let opening: Promise<Books> | undefined;
  const books = () => {
    opening ??= openBooks(deployment, connection);
    return opening;
  };
  return {
    'procore/projects': () => tool.projects(),
    'procore/inactive-vendors': () => tool.inactiveVendors(),
    'procore/vendors': () => tool.vendors(),
    'procore/cost-types': () => tool.costTypes(),
    'procore/units-of-measure': () => tool.unitsOfMeasure().catch(noneWhereRefused),
    'procore/tax-codes': () => tool.taxCodes(),
    'xero/accounts': async () => (await books()).accounts(),
    'xero/items': async () => (await books()).items(),
    'xero/tracking-options': async () => (await books()).trackingOptions(),
    'xero/contacts': async (_, before) => readContacts(await books(), before),
    'procore/project-vendors/P': async (projectId) =>
      [...(await tool.vendorIdsOfProject(projectId))].map((id) => ({ id })),
    'procore/cost-codes/P': (projectId) => tool.costCodes(projectId),
    'procore/wbs-codes/P': (projectId) => tool.wbsCodes(projectId),
    'procore/segments/P': (projectId) => tool.segments(projectId),
    'procore/budget-views/P': (projectId) => tool.budgetViews(projectId),
    'procore/commitments/P': (projectId) => tool.commitments(projectId),
    'procore/direct-costs/P': (projectId) => tool.directCosts(projectId),
  };
}

/** The name under which the list is kept. */
export function snapshotName(list: ListName, projectId = ''): SnapshotName {
  return list.replace(/P$/, projectId) as SnapshotName;
}

/** No line needs a unit, and whether Procore shows them to a service account is not documented. */
function noneWhereRefused(error: unknown): [] {
  if (refusedByProcore(error)) return [];
  throw error;
}

/**
 * The clock of the instant at which the list was last read is ours, that of the changes Xero's, and a change may
 * become readable a little after the time that it carries.
 */
const OVERLAP_MS = 3_600_000;

/** All contacts once, from then on what changed. Xero deletes none: they are archived, or merged into others. */
async function readContacts(books: Books, before?: Snapshot): Promise<KnownContact[]> {
  const known = new Map((before?.entries as KnownContact[] | undefined)?.map((one) => [one.id, one]));
  const since = before && new Date(Date.parse(before.fetchedAt) - OVERLAP_MS);
  for await (const { contacts } of books.contactsSince(since)) {
    for (const contact of contacts) known.set(contact.id, inShort(contact));
  }
  return [...known.values()];
}

function inShort({ id, name, isSupplier, archived, mergedInto }: Contact): KnownContact {
  return { id, name, isSupplier, archived, ...(mergedInto !== undefined && { mergedInto }) };
}
