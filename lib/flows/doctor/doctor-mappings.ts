import type { Connection } from '../../core/connection.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding } from './finding.ts';
import { examine, warning } from './finding.ts';
import { counted } from './in-words.ts';
import { readMappings } from './mapping-tables.ts';

/** Whether the tables that people import are there. */
export async function checkMappings(connection: Connection, deployment: Deployment): Promise<Finding[]> {
  const { defaultProject } = connection.settings;
  return [
    await examine('cost code rules', async () => {
      const { rules } = await readMappings(connection, deployment);
      if (rules.length > 0) {
        return { level: 'ok', says: `${counted(rules.length, 'rule')} for the cost codes of lines.` };
      }
      return {
        level: 'problem',
        says: 'No rule gives any line a cost code, so every order is parked.',
        fix: 'Import rules with `ml-connector mappings import rules.csv`.',
      };
    }),
    await examine('projects table', async () => {
      const { projectRules } = await readMappings(connection, deployment);
      if (projectRules.length > 0) {
        const options = counted(projectRules.length, 'tracking option');
        return { level: 'ok', says: `${options} with a project of Procore.` };
      }
      if (defaultProject !== undefined) {
        return warning(
          `No tracking option has a project; every line goes to ${defaultProject}.`,
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
