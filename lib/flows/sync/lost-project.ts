import { allocate } from '../../core/allocate.ts';
import { NeedsPerson, ProcoreRefused, Stop } from '../../core/errors.ts';
import { chargeLinks } from '../charges/charge-links.ts';
import { projectsLost } from '../connections/lost-projects.ts';
import type { Fetched } from './fetch-documents.ts';
import type { Workspace } from './workspace.ts';

/**
 * What a failure means where Procore has taken a project of the document from the app: NeedsPerson
 * ('project-not-visible'), and the connection is marked with the project. Any other failure comes back as it was.
 */
export async function asLostProject(
  error: unknown,
  documentId: string,
  document: Fetched | undefined,
  workspace: Workspace,
): Promise<unknown> {
  if (!mayMeanLost(error)) return error;
  const { deployment, connection } = workspace;
  const concerned = await projectsOf(documentId, document, workspace);
  const lost = concerned.length > 0 ? await projectsLost(deployment, connection, concerned) : [];
  if (lost.length === 0) return error;
  return new NeedsPerson('project-not-visible', { facts: { projects: lost }, cause: error });
}

/** Procore answers 403 or 404, whatever of the project is asked for; the plan may have judged that already. */
function mayMeanLost(error: unknown): boolean {
  if (error instanceof ProcoreRefused) return error.status === 404;
  if (error instanceof Stop) return error.code === 'procore-forbidden';
  if (!(error instanceof NeedsPerson)) return false;
  return error.code === 'project-not-visible' || mayMeanLost(error.cause);
}

/** Where the document stands, and where it is going. */
async function projectsOf(
  documentId: string,
  document: Fetched | undefined,
  { deployment, connection, allocationTables }: Workspace,
): Promise<string[]> {
  const links = await deployment.links.commitments(connection.id, documentId);
  const { applications, directCosts } = await chargeLinks(connection.id, documentId, deployment);
  const standing = [...links, ...applications, ...directCosts].map(({ projectId }) => projectId);
  if (!document || !('contact' in document)) return standing;
  try {
    const shares = allocate(document, await allocationTables());
    return [...standing, ...shares.map(({ project }) => project.id)];
  } catch (error) {
    if (error instanceof NeedsPerson) return standing;
    throw error;
  }
}
