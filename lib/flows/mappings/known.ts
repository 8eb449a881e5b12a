import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import { letsIn } from '../../core/connection.ts';
import { ConnectorError, ProcoreRefused } from '../../core/errors.ts';
import type { Directory, Kind, Lists } from '../../core/rules/directory.ts';
import { openDirectory } from '../../core/rules/directory.ts';
import type { TableRow } from '../../core/rules/identify.ts';
import { textsOf } from '../../core/rules/identify.ts';
import type { Deployment } from '../deployment.ts';
import { openCatalogue } from '../reference/catalogue.ts';

const LISTS = {
  account: 'xero/accounts',
  item: 'xero/items',
  option: 'xero/tracking-options',
  project: 'procore/projects',
} as const satisfies Record<Kind, string>;

/** What the vendors have at this moment. */
export interface Known {
  /** Without those of a vendor that cannot be asked. */
  lists: Lists;
  directory: Directory;
  /** Why lists are absent, in words. */
  unasked: string[];
}

/** The lists of all that the rows name. */
export function askForNames(
  rows: TableRow[],
  connection: Connection,
  deployment: Deployment,
): Promise<Known> {
  return askForLists([...new Set(rows.flatMap(textsOf).map(([kind]) => kind))], connection, deployment);
}

/** Never throws for a vendor that does not answer; a broken connection asks none. */
export async function askForLists(
  kinds: Kind[],
  connection: Connection,
  deployment: Deployment,
): Promise<Known> {
  if (kinds.length > 0 && !letsIn(connection)) {
    const why = CODES[connection.code as Code]?.says ?? 'The connection is broken';
    return {
      lists: {},
      directory: openDirectory({}),
      unasked: [`Neither Xero nor Procore was asked: ${why}`],
    };
  }
  const catalogue = openCatalogue(deployment, connection);
  const lists: Lists = {};
  const unasked = new Map<string, string>();
  const ask = async (kind: Kind) => {
    try {
      Object.assign(lists, { [kind]: await catalogue.fresh(LISTS[kind]) });
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      unasked.set(kind === 'project' ? 'Procore' : 'Xero', error.message);
    }
  };
  await Promise.all(kinds.map(ask));
  return {
    lists,
    directory: openDirectory(lists),
    unasked: [...unasked].map(([vendor, why]) => `${vendor} could not be asked: ${why}`),
  };
}

/** Whether a vendor did not answer what it was asked, for whatever reason. */
export function isNoAnswer(error: unknown): error is ConnectorError | ProcoreRefused {
  return error instanceof ConnectorError || error instanceof ProcoreRefused;
}
