import type { Connection } from '../../core/connection.ts';
import type { CostCodeRule, ProjectRule } from '../../core/rules/rule.ts';
import type { Deployment } from '../deployment.ts';

/** Both tables that people import, and every text in them and in the settings that stands for a project. */
export interface MappingTables {
  rules: CostCodeRule[];
  projectRules: ProjectRule[];
  named: string[];
}

export async function readMappings(
  { id, settings }: Connection,
  { tables }: Deployment,
): Promise<MappingTables> {
  const projectRules = (await tables.read(id, 'projects')).rows as ProjectRule[];
  const rules = (await tables.read(id, 'cost-codes')).rows as CostCodeRule[];
  const texts = [...projectRules.map(({ project }) => project), ...rules.map(({ project }) => project)];
  const named = [...texts, settings.defaultProject].filter((text) => text !== undefined);
  return { rules, projectRules, named: [...new Set(named)] };
}
