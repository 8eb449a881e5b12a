import type { ApprovalRequest } from '../../core/approval/request.ts';
import type { Deployment } from '../deployment.ts';
import { requeueThese } from '../requeue.ts';
import type { Trail } from '../sync/trail.ts';
import type { Workspace } from '../sync/workspace.ts';
import { changeRequest } from './change-request.ts';

type Desk = Pick<Deployment, 'approvals' | 'clock' | 'documents' | 'queue'>;

/**
 * What becomes of a request whose document passed or went away: an approval that was just carried out stays, one of
 * another plan is over, and what was open needs nobody any more. Its place before later documents is given up.
 */
export async function endRequest(
  documentId: string,
  { deployment, connection }: Workspace,
  trail: Trail,
  { end, planHash }: { end: 'released' | 'withdrawn'; planHash?: string },
): Promise<void> {
  const { approvals } = deployment;
  const before = await approvals.get(connection.id, documentId);
  if (
    !before ||
    before.state === 'withdrawn' ||
    before.state === 'released' ||
    before.state === 'superseded'
  ) {
    return;
  }
  if (before.state === 'approved' && before.planHash === planHash) {
    // It stands now as it was held, so for later documents nothing changes.
    await dropHolds(before, before.projects, deployment);
    return;
  }
  const state = before.state === 'open' ? end : 'superseded';
  await changeRequest(deployment, before, (request) =>
    request.id === before.id && request.state === before.state ? { ...request, state } : undefined,
  );
  await trail(state, { asked: before.askedAt, amount: before.amount });
  await giveUpPlace(before, deployment);
}

/** Later documents may go on where one before them is out of the way. */
export async function giveUpPlace(request: ApprovalRequest, deployment: Desk): Promise<void> {
  const { connectionId, documentId, projects } = request;
  const holds = await Promise.all(projects.map(({ id }) => deployment.approvals.holds(connectionId, id)));
  if (!holds.flat().some((hold) => hold.documentId === documentId)) return;
  await dropHolds(request, projects, deployment);
  await requeueHeldIn(connectionId, projects, deployment, request);
}

export async function dropHolds(
  { connectionId, documentId }: Pick<ApprovalRequest, 'connectionId' | 'documentId'>,
  projects: { id: string }[],
  { approvals }: Pick<Deployment, 'approvals'>,
): Promise<void> {
  for (const { id: projectId } of projects)
    await approvals.removeHold(connectionId, { projectId, documentId });
}

/**
 * Queues again what is held in these projects: it may fit by now. With `after` only what arrived later, for which
 * another's place was given up. Returns how many documents.
 */
export async function requeueHeldIn(
  connectionId: string,
  projects: { id: string }[],
  { approvals, documents, clock, queue }: Desk,
  after?: Pick<ApprovalRequest, 'documentId' | 'arrivedAt'>,
): Promise<number> {
  const holds = await Promise.all(projects.map(({ id }) => approvals.holds(connectionId, id)));
  const later = holds.flat().filter((hold) => !after || hold.arrivedAt >= after.arrivedAt);
  const ids = new Set(later.map(({ documentId }) => documentId));
  if (after) ids.delete(after.documentId);
  return requeueThese(connectionId, ids, { clock, documents, queue });
}
