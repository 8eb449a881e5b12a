import type { Deployment } from '../deployment.ts';
import { importTable } from './import-table.ts';
import { PROJECTS } from './project-csv.ts';
import type { Author, Imported } from './replace-table.ts';

/** Replaces the table that says which tracking option is which project by that of a CSV; throws like importTable. */
export function importProjects(
  connectionId: string,
  csv: string | Uint8Array,
  deployment: Deployment,
  author: Author = {},
): Promise<Imported> {
  return importTable(PROJECTS, connectionId, csv, author, deployment);
}
