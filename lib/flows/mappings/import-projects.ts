import type { ProjectRule } from '../../core/rules/rule.ts';
import type { Deployment } from '../deployment.ts';
import { collectProblems, readCsv, writeCsv } from './csv-table.ts';
import type { Imported } from './replace-table.ts';
import { replaceTable } from './replace-table.ts';

const COLUMNS = ['tracking_category', 'tracking_option', 'procore_project'] as const;

/**
 * Replaces the table that says which tracking option is which Procore project by that of a CSV, whole or not at all.
 * Throws BadInput('csv-invalid') naming rows and columns, BadInput('import-overtaken').
 */
export async function importProjects(
  connectionId: string,
  csv: string | Uint8Array,
  deployment: Deployment,
): Promise<Imported> {
  return replaceTable(connectionId, 'projects', parseProjects(csv), deployment);
}

/** The projects table in force as importProjects takes it. */
export async function exportProjects(
  connectionId: string,
  { tables }: Deployment,
): Promise<{ csv: string; rows: number; version: number }> {
  const { version, rows } = await tables.read(connectionId, 'projects');
  const cells = (rows as ProjectRule[]).map(({ category, option, project }) => ({
    tracking_category: category,
    tracking_option: option,
    procore_project: project,
  }));
  return { csv: writeCsv(COLUMNS, cells), rows: rows.length, version };
}

function parseProjects(csv: string | Uint8Array): ProjectRule[] {
  const problems = collectProblems();
  const seen = new Map<string, number>();
  const rules = readCsv(csv, COLUMNS, problems).map(({ row, cells }): ProjectRule => {
    for (const column of COLUMNS) if (cells[column] === '') problems.add(row, column, 'is empty');
    const { tracking_category: category, tracking_option: option, procore_project: project } = cells;
    const key = JSON.stringify([category.toLowerCase(), option.toLowerCase()]);
    const first = seen.get(key);
    if (first !== undefined) problems.add(row, 'tracking_option', `row ${first} is about the same option`);
    else seen.set(key, row);
    return { category, option, project };
  });
  problems.throwIfAny();
  return rules;
}
