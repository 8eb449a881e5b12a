import type { Deployment } from '../deployment.ts';
import type { Imported } from './replace-table.ts';
import { replaceTable } from './replace-table.ts';
import type { NotedRule } from './rule-csv.ts';
import { formatRules, parseRules } from './rule-csv.ts';

/**
 * Replaces the cost code rules of a connection by those of a CSV, whole or not at all. Throws
 * BadInput('csv-invalid') naming rows and columns, BadInput('import-overtaken').
 */
export async function importMappings(
  connectionId: string,
  csv: string | Uint8Array,
  deployment: Deployment,
): Promise<Imported> {
  return replaceTable(connectionId, 'cost-codes', parseRules(csv), deployment);
}

/** The rules in force as importMappings takes them. */
export async function exportMappings(
  connectionId: string,
  { tables }: Deployment,
): Promise<{ csv: string; rows: number; version: number }> {
  const { version, rows } = await tables.read(connectionId, 'cost-codes');
  return { csv: formatRules(rows as NotedRule[]), rows: rows.length, version };
}
