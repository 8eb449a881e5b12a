import type { AllocationTables } from '../../core/allocate.ts';
import type { Connection } from '../../core/connection.ts';
import type { Project } from '../../core/procore-records.ts';
import { compileRules } from '../../core/rules/rule-book.ts';
import type { MappingTables } from '../doctor/mapping-tables.ts';

/** Tables as lines are tried on them. Without `projects`, those that the tables name are taken at their word. */
export function allocationTables(
  { settings }: Connection,
  { rules, projectRules, named, written }: MappingTables,
  projects: Project[] | undefined,
): AllocationTables {
  return {
    rules: compileRules(rules),
    projectRules,
    projects: projects ?? named.map((id) => ({ id, name: written(id) })),
    defaultProject: settings.defaultProject,
  };
}
