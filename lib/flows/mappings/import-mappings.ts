import type { Deployment } from '../deployment.ts';
import { importTable } from './import-table.ts';
import type { Author, Imported } from './replace-table.ts';
import { RULES } from './rule-csv.ts';

/** Replaces the cost code rules of a connection by those of a CSV; throws like importTable. */
export function importMappings(
  connectionId: string,
  csv: string | Uint8Array,
  deployment: Deployment,
  author: Author = {},
): Promise<Imported> {
  return importTable(RULES, connectionId, csv, author, deployment);
}
