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

export interface Known {
  directory: Directory;
  /** Why lists are absent from the directory, in words. */
  unasked: string[];
}

/** What the rows can name, as the vendors have it at this moment; without the lists of a vendor that cannot be asked. */
export async function askForNames(
  rows: TableRow[],
  connection: Connection,
  deployment: Deployment,
): Promise<Known> {
  const kinds = [...new Set(rows.flatMap(textsOf).map(([kind]) => kind))];
  if (kinds.length > 0 && !letsIn(connection)) {
    const why = CODES[connection.code as Code]?.says ?? 'The connection is broken';
    return { directory: openDirectory({}), unasked: [`Neither Xero nor Procore was asked: ${why}`] };
  }
  const catalogue = openCatalogue(deployment, connection);
  const lists: Lists = {};
  const unasked = new Map<string, string>();
  const ask = async (kind: Kind) => {
    try {
      Object.assign(lists, { [kind]: await catalogue.fresh(LISTS[kind]) });
    } catch (error) {
      if (!(error instanceof ConnectorError || error instanceof ProcoreRefused)) throw error;
      unasked.set(kind === 'project' ? 'Procore' : 'Xero', error.message);
    }
  };
  await Promise.all(kinds.map(ask));
  return {
    directory: openDirectory(lists),
    unasked: [...unasked].map(([vendor, why]) => `${vendor} could not be asked: ${why}`),
  };
}
