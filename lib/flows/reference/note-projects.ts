import type { Connection } from '../../core/connection.ts';
import type { Project } from '../../core/procore-records.ts';
import type { Snapshot } from '../../store/snapshots.ts';
import { tellOfConnection } from '../connections/connection-trail.ts';
import { projectsLost, projectsRegained } from '../connections/lost-projects.ts';
import type { Deployment } from '../deployment.ts';
import { readMappings } from '../doctor/mapping-tables.ts';

/**
 * Draws the conclusions from which projects Procore shows: those that the connection writes to and that are gone are
 * no longer permitted; those that were lost may be back.
 */
export async function noteProjects(
  deployment: Deployment,
  connection: Connection,
  before: Snapshot | undefined,
  now: Project[],
): Promise<void> {
  const shown = new Set(now.map(({ id }) => id));
  const back = (connection.lostProjects ?? []).filter((id) => shown.has(id));
  if (back.length > 0) await projectsRegained(deployment, connection, back);
  if (!before) return;

  const former = before.entries as Project[];
  const gone = former.filter(({ id }) => !shown.has(id));
  const added = now.filter(({ id }) => !former.some((project) => project.id === id));
  if (gone.length > 0) {
    const { names } = await readMappings(connection, deployment);
    const needed = gone.filter(names);
    if (needed.length > 0) {
      await projectsLost(
        deployment,
        connection,
        needed.map(({ id }) => id),
      );
    }
  }
  if (gone.length + added.length > 0) await tell(deployment, connection, gone, added);
}

async function tell(
  deployment: Deployment,
  { id }: Connection,
  gone: Project[],
  added: Project[],
): Promise<void> {
  const names = (projects: Project[]) => projects.map(({ name }) => name);
  await tellOfConnection(deployment, id, 'projects-changed', {
    ...(added.length > 0 && { 'new to see': names(added) }),
    ...(gone.length > 0 && { 'no longer shown': names(gone) }),
  });
}
