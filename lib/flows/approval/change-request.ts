import type { ApprovalRequest } from '../../core/approval/request.ts';
import type { Revised } from '../../store/table.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { Deployment } from '../deployment.ts';

/** Each rival that is first has changed something, and there are never many kinds of changes. */
const ATTEMPTS = 20;

/**
 * Changes the request about a document as it stands, again where somebody else was first. `change` gives undefined
 * where nothing is to change any more. Returns what stands in the end; undefined where there is no request.
 */
export async function changeRequest(
  { approvals }: Pick<Deployment, 'approvals'>,
  { connectionId, documentId }: Pick<ApprovalRequest, 'connectionId' | 'documentId'>,
  change: (request: Revised<ApprovalRequest>) => ApprovalRequest | undefined,
): Promise<Revised<ApprovalRequest> | undefined> {
  for (let attempt = 1; ; attempt++) {
    const request = await approvals.get(connectionId, documentId);
    const changed = request && change(request);
    if (!changed) return request;
    try {
      return await approvals.put({ ...changed, revision: request.revision });
    } catch (error) {
      if (!(error instanceof WriteConflict) || attempt === ATTEMPTS) throw error;
    }
  }
}
