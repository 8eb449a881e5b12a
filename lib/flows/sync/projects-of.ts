import { allocate } from '../../core/allocate.ts';
import { NeedsPerson } from '../../core/errors.ts';
import { chargeLinks } from '../charges/charge-links.ts';
import type { Fetched } from './fetch-documents.ts';
import type { Workspace } from './workspace.ts';

/** Where the document stands, and where it is going. */
export async function projectsOf(
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
