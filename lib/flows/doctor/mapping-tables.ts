import type { Connection } from '../../core/connection.ts';
import type { Project } from '../../core/procore-records.ts';
import type { CostCodeRule, ProjectRule } from '../../core/rules/rule.ts';
import { isOfProject } from '../../core/rules/rule.ts';
import type { Deployment } from '../deployment.ts';

/** Both tables that people import, and every text in them and in the settings that stands for a project. */
export interface MappingTables {
  rules: CostCodeRule[];
  projectRules: ProjectRule[];
  named: string[];
  /** Whether a row or the settings name the project: by its id where the row has one, whatever it is called now. */
  names(project: Project): boolean;
}

export async function readMappings(
  { id, settings }: Connection,
  { tables }: Deployment,
): Promise<MappingTables> {
  const { defaultProject } = settings;
  const projectRules = (await tables.read(id, 'projects')).rows as ProjectRule[];
  const rules = (await tables.read(id, 'cost-codes')).rows as CostCodeRule[];
  const texts = [...projectRules.map(({ project }) => project), ...rules.map(({ project }) => project)];
  const named = [...texts, defaultProject].filter((text) => text !== undefined);
  const rows = [
    ...projectRules,
    ...rules,
    ...(defaultProject === undefined ? [] : [{ project: defaultProject }]),
  ];
  return {
    rules,
    projectRules,
    named: [...new Set(named)],
    names: (project) => rows.some((row) => isOfProject(row, project)),
  };
}
