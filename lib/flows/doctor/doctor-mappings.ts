import type { Connection } from '../../core/connection.ts';
import type { RuleTable } from '../../store/tables.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding } from './finding.ts';
import { examine, warning } from './finding.ts';

/** Whether the tables that people import are there. */
export async function checkMappings(
  { id, settings }: Connection,
  { tables }: Deployment,
): Promise<Finding[]> {
  const rowsOf = async (table: RuleTable) => (await tables.read(id, table)).rows.length;
  return [
    await examine('cost code rules', async () => {
      const rows = await rowsOf('cost-codes');
      if (rows > 0) return { level: 'ok', says: `${rows} rules give lines their cost codes.` };
      return {
        level: 'problem',
        says: 'No rule gives any line a cost code, so every order is parked.',
        fix: 'Import rules with `ml-connector mappings import rules.csv`.',
      };
    }),
    await examine('projects table', async () => {
      const rows = await rowsOf('projects');
      if (rows > 0) return { level: 'ok', says: `${rows} tracking options have a project.` };
      if (settings.defaultProject !== undefined) {
        return warning(
          `No tracking option has a project; every line goes to ${settings.defaultProject}.`,
          'Import projects with `ml-connector projects import projects.csv`, unless it is meant so.',
        );
      }
      return {
        level: 'problem',
        says: 'No tracking option has a project, so every order is parked.',
        fix: 'Import projects with `ml-connector projects import projects.csv`.',
      };
    }),
  ];
}
