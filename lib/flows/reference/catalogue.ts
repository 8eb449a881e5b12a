import type { Connection } from '../../core/connection.ts';
import type { Books, ProjectTool } from '../../core/ports.ts';
import type { CostCode, CostType, Project, Segment, Vendor, WbsCode } from '../../core/procore-records.ts';
import type { TrackingOption, XeroAccount, XeroItem } from '../../core/xero-records.ts';
import { createInspection } from '../../procore/inspection.ts';
import type { SnapshotName } from '../../store/snapshots.ts';
import { openBooks, openProjectTool, procoreOptions } from '../clients.ts';
import type { Deployment } from '../deployment.ts';

/** Every list of reference data and what its entries are. `P` is a project id. */
interface Lists {
  'xero/accounts': XeroAccount;
  'xero/items': XeroItem;
  'xero/tracking-options': TrackingOption;
  /** Closed ones among them. */
  'procore/projects': Project & { active: boolean };
  'procore/vendors': Vendor;
  'procore/cost-types': CostType;
  'procore/cost-codes/P': CostCode;
  'procore/wbs-codes/P': WbsCode;
  'procore/segments/P': Segment;
}

type ListName = keyof Lists;

/**
 * The reference data of both sides as the connector knows it. What was read within the last day is taken from the
 * table, anything else from the vendor. Throws RetryLater, Stop and ProcoreRefused like the clients.
 */
export interface Catalogue {
  /** The entries of a list; of the project where the list's name ends in `/P`. */
  entries<Name extends ListName>(name: Name, projectId?: string): Promise<Lists[Name][]>;
  /** The same, as the vendor has it at this moment. From then on `entries` answers from it, too. */
  fresh<Name extends ListName>(name: Name, projectId?: string): Promise<Lists[Name][]>;
}

/** A daily round that comes late must not make everybody read everything. */
const LASTS_MS = 26 * 3_600_000;

export function openCatalogue(deployment: Deployment, connection: Connection): Catalogue {
  const known = new Map<SnapshotName, Promise<unknown[]>>();
  const readers = openReaders(deployment, connection);

  async function fromTable(name: SnapshotName): Promise<unknown[] | undefined> {
    const snapshot = await deployment.snapshots.get(connection.id, name);
    if (!snapshot) return undefined;
    const age = deployment.clock.now().getTime() - Date.parse(snapshot.fetchedAt);
    return age > LASTS_MS ? undefined : snapshot.entries;
  }

  function remember<Name extends ListName>(
    name: Name,
    projectId: string | undefined,
    read: (at: SnapshotName) => Promise<Lists[Name][]>,
    again: boolean,
  ): Promise<Lists[Name][]> {
    const at = snapshotName(name, projectId);
    const before = again ? undefined : known.get(at);
    const reading = (before as Promise<Lists[Name][]> | undefined) ?? read(at);
    known.set(at, reading);
    return reading;
  }

  return {
    entries: (name, projectId) =>
      remember(
        name,
        projectId,
        async (at) => ((await fromTable(at)) as never) ?? readers[name](projectId!),
        false,
      ),
    fresh: (name, projectId) => remember(name, projectId, () => readers[name](projectId!), true),
  };
}

function snapshotName(name: ListName, projectId: string | undefined): SnapshotName {
  return (projectId === undefined ? name : name.replace(/P$/, projectId)) as SnapshotName;
}

type Readers = { [Name in ListName]: (projectId: string) => Promise<Lists[Name][]> };

/** Where each list comes from. */
function openReaders(deployment: Deployment, connection: Connection): Readers {
  let opening: Promise<Books> | undefined;
  const books = () => {
    opening ??= openBooks(deployment, connection);
    return opening;
  };
  const tool: ProjectTool = openProjectTool(deployment, connection);
  return {
    'xero/accounts': async () => (await books()).accounts(),
    'xero/items': async () => (await books()).items(),
    'xero/tracking-options': async () => (await books()).trackingOptions(),
    'procore/projects': () => createInspection(procoreOptions(deployment, connection)).projects(),
    'procore/vendors': () => tool.vendors(),
    'procore/cost-types': () => tool.costTypes(),
    'procore/cost-codes/P': (projectId) => tool.costCodes(projectId),
    'procore/wbs-codes/P': (projectId) => tool.wbsCodes(projectId),
    'procore/segments/P': (projectId) => tool.segments(projectId),
  };
}
