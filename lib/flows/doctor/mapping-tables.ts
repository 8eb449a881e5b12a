import type { Connection } from '../../core/connection.ts';
import type { Project } from '../../core/procore-records.ts';
import type { CostCodeRule, ProjectRule } from '../../core/rules/rule.ts';
import { isOfProject } from '../../core/rules/rule.ts';
import type { Deployment } from '../deployment.ts';

/** Both tables that people import, and every project in them and in the settings. */
export interface MappingTables {
  rules: CostCodeRule[];
  projectRules: ProjectRule[];
  /** By id where it is known, else as it is written. */
  named: string[];
  /** One of the named as people wrote it. */
  written(named: string): string;
  /** Whether a row or the settings name the project: by its id where the row has one, whatever it is called now. */
  names(project: Project): boolean;
}

export async function readMappings(
  { id, settings }: Connection,
  { tables }: Deployment,
): Promise<MappingTables> {
  const projectRules = (await tables.read(id, 'projects')).rows as ProjectRule[];
  const rules = (await tables.read(id, 'cost-codes')).rows as CostCodeRule[];
  const { defaultProject: project } = settings;
  const rows = [...projectRules, ...rules, ...(project === undefined ? [] : [{ project }])];
  const texts = new Map<string, string>();
  for (const row of rows) {
    if (row.project === undefined) continue;
    const named = ('ids' in row && row.ids?.project) || row.project;
    texts.set(named, texts.get(named) ?? row.project);
  }
  return {
    rules,
    projectRules,
    named: [...texts.keys()],
    written: (named) => texts.get(named) ?? named,
    names: (project) => rows.some((row) => isOfProject(row, project)),
  };
}
