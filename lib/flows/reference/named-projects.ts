import type { ProjectRule } from '../../core/allocate.ts';
import type { Connection } from '../../core/connection.ts';
import type { CostCodeRule } from '../../core/cost-code-rules.ts';
import type { Deployment } from '../deployment.ts';

/** Every text that stands for a project of the connection: in both tables and in the settings. */
export async function namedProjects(
  { id, settings }: Connection,
  { tables }: Pick<Deployment, 'tables'>,
): Promise<string[]> {
  const projects = (await tables.read(id, 'projects')).rows as ProjectRule[];
  const rules = (await tables.read(id, 'cost-codes')).rows as CostCodeRule[];
  const named = [...projects, ...rules].flatMap(({ project }) => (project === undefined ? [] : [project]));
  const { defaultProject } = settings;
  return [...new Set([...named, ...(defaultProject === undefined ? [] : [defaultProject])])];
}
