import type { CommitmentLink } from '../../core/links.ts';
import { readChains, removeApplication } from '../charges/apply-application.ts';
import { removePayment } from '../charges/apply-payment.ts';
import type { Workspace } from './workspace.ts';

/**
 * Takes away what bills bill on a commitment, the latest first, as Procore deletes them; the bills are carried again
 * once the order stands where it is going.
 */
export async function releaseApplications(
  { documentId, projectId, commitmentId }: CommitmentLink,
  workspace: Workspace,
): Promise<Record<string, string>> {
  const { deployment, connection } = workspace;
  const chains = readChains(workspace);
  const all = await deployment.charges.applicationsOn(connection.id, documentId);
  const chain = (await chains(projectId, commitmentId)).map(({ id }) => id);
  const latestFirst = all
    .filter((link) => link.projectId === projectId)
    .toSorted((a, b) => chain.indexOf(b.requisitionId ?? '') - chain.indexOf(a.requisitionId ?? ''));
  for (const application of latestFirst) {
    let link = application;
    for (const settlementId of Object.keys(link.payments))
      link = await removePayment(settlementId, link, workspace);
    await removeApplication(link, workspace, chains);
  }
  return { commitment: commitmentId, applications: String(latestFirst.length) };
}
