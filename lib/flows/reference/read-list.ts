import type { Connection } from '../../core/connection.ts';
import type { ProjectTool } from '../../core/ports.ts';
import type { ReferenceList } from '../../core/reference.ts';
import { createInspection } from '../../procore/inspection.ts';
import type { SnapshotName } from '../../store/snapshots.ts';
import { openProjectTool, procoreOptions } from '../clients.ts';
import type { ReferenceData } from './reference-data.ts';

/** A list as it stands in Procore now, under the name of its snapshot. */
export interface ListRead {
  name: SnapshotName;
  entries: { id: string }[];
}

/** Reads a list, of the project where it is one of projects. Throws RetryLater, Stop, ProcoreRefused. */
export async function readList(
  reference: ReferenceData,
  connection: Connection,
  list: ReferenceList,
  projectId = '',
): Promise<ListRead[]> {
  const tool = openProjectTool(reference, connection);
  const ofCompany = (entries: ListRead['entries']): ListRead => ({ name: `procore/${list}`, entries });
  const ofProject = (entries: ListRead['entries']): ListRead => ({
    name: `procore/${list}/${projectId}`,
    entries,
  });
  switch (list) {
    case 'projects':
      // Inactive ones as well: one that is closed is no project that is not permitted.
      return [ofCompany(await inspectionOf(reference, connection).projects())];
    case 'vendors':
      return [ofCompany(await tool.vendors())];
    case 'cost-types':
      return [ofCompany(await tool.costTypes())];
    case 'cost-codes':
      return [ofProject(await tool.costCodes(projectId)), await wbsCodes(tool, projectId)];
    case 'budget':
      // A budget line is what makes a code of the project bookable.
      return [await wbsCodes(tool, projectId)];
    case 'commitments':
      return [ofProject(await tool.commitments(projectId))];
    case 'direct-costs':
      return [ofProject(await directCosts(tool, projectId))];
  }
}

export function inspectionOf(reference: ReferenceData, connection: Connection) {
  return createInspection(procoreOptions(reference, connection));
}

async function wbsCodes(tool: ProjectTool, projectId: string): Promise<ListRead> {
  return { name: `procore/wbs-codes/${projectId}`, entries: await tool.wbsCodes(projectId) };
}

/** The header of each: figures have no place in a snapshot. */
async function directCosts(tool: ProjectTool, projectId: string): Promise<ListRead['entries']> {
  const costs = await tool.directCosts(projectId);
  return costs.map(({ id, invoiceNumber = '', status }) => ({ id, invoiceNumber, status }));
}
