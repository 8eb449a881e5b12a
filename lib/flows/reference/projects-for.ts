import type { Connection } from '../../core/connection.ts';
import type { ListName, Lists } from '../../core/reference-lists.ts';
import { isForMapping } from '../../core/reference-lists.ts';
import type { Deployment } from '../deployment.ts';
import { readMappings } from '../doctor/mapping-tables.ts';

type ListedProject = Lists['procore/projects'];

/** The projects that a list is read in: the active ones, or of these those alone that documents go to. */
export async function projectsFor(
  list: ListName,
  projects: ListedProject[],
  connection: Connection,
  deployment: Deployment,
): Promise<ListedProject[]> {
  const active = projects.filter((project) => project.active);
  if (isForMapping(list)) return active;
  const { names } = await readMappings(connection, deployment);
  return active.filter(names);
}
