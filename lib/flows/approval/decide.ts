import { approverCalled, mayDecide } from '../../core/approval/authority.ts';
import type { ApprovalRequest, Decision } from '../../core/approval/request.ts';
import { isOpen, withDecision } from '../../core/approval/request.ts';
import { BadInput } from '../../core/errors.ts';
import { money } from '../../core/money.ts';
import type { Approver } from '../../core/settings.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { changeRequest } from './change-request.ts';

/** What a decision needs of the deployment. */
export type Deciding = Pick<Deployment, 'approvals' | 'audit' | 'clock' | 'connections' | 'queue'>;

export interface Answer {
  request: Revised<ApprovalRequest>;
  /** Whether this decision was taken, or another one stands already. */
  taken: boolean;
}

type Said = Pick<Decision, 'verdict' | 'via'> & {
  reason?: string;
  /** At the command line a person may approve what was rejected. */
  undo?: boolean;
};

/**
 * One person's decision about one request. Of any number that are made at once exactly one is taken, and all others
 * are shown which. Throws BadInput where a rejection has no reason, and where the person may not decide.
 */
export async function decide(
  { connectionId, documentId, id }: Pick<ApprovalRequest, 'connectionId' | 'documentId' | 'id'>,
  person: Pick<Decision, 'by' | 'email'>,
  { verdict, via, reason = '', undo = false }: Said,
  deployment: Deciding,
): Promise<Answer> {
  const why = reason.trim();
  if (verdict === 'rejected' && why === '') throw new BadInput('reason-missing');
  const decision: Decision = {
    ...person,
    verdict,
    via,
    ...(why !== '' && { reason: why.slice(0, LONGEST_REASON) }),
    at: deployment.clock.now().toISOString(),
  };
  let taken = false;
  const request = await changeRequest(deployment, { connectionId, documentId }, (current) => {
    taken = false;
    if (current.id !== id) return undefined;
    const outcome = withDecision(current, decision, { undo });
    if ('refused' in outcome) return undefined;
    taken = true;
    return outcome.request;
  });
  if (!request) throw new BadInput('approval-missing', { facts: { document: documentId } });
  // Whoever came too late leaves it to whoever was first, and to the hourly round after them.
  return { request: taken ? await tellDecisions(request, deployment) : request, taken };
}

/** Nobody reads more, and an item of the table has its limit. */
const LONGEST_REASON = 2000;

/**
 * Writes into the trail what was decided and queues the document, where that has not been done: a process that dies
 * after a decision is followed by one that tells it. Queueing twice does no harm.
 */
export async function tellDecisions(
  request: Revised<ApprovalRequest>,
  { approvals, audit, clock, queue }: Pick<Deployment, 'approvals' | 'audit' | 'clock' | 'queue'>,
): Promise<Revised<ApprovalRequest>> {
  const { connectionId, documentId, kind, id } = request;
  if (request.decisions.every(({ told }) => told)) return request;
  const trail = await audit.list(connectionId, documentId);
  for (const [index, { verdict, by, email, reason, at, via }] of request.decisions.entries()) {
    const decision = `${id}/${index + 1}`;
    if (trail.some(({ detail }) => detail.decision === decision)) continue;
    await audit.append(connectionId, documentId, {
      at,
      event: verdict,
      detail: {
        by: email === undefined ? by : `${by} <${email}>`,
        ...(reason !== undefined && { reason }),
        via,
        amount: `${request.amount} ${request.currency}`,
        decision,
      },
    });
  }
  if (!isOpen(request)) {
    const receivedAt = clock.now().toISOString();
    await queue.send([{ connectionId, kind, id: documentId, reason: 'approval', receivedAt }]);
  }
  const count = request.decisions.length;
  const told = await changeRequest({ approvals }, request, (current) =>
    current.id === id
      ? {
          ...current,
          decisions: current.decisions.map((decision, index) =>
            index < count ? { ...decision, told: true } : decision,
          ),
        }
      : undefined,
  );
  return told ?? request;
}

/**
 * The approver whom a name or an address means, and who may decide about the request. Where the connection names no
 * approvers, whoever reaches the command line decides. Throws BadInput('approval-not-yours').
 */
export function personFor(
  text: string,
  request: Pick<ApprovalRequest, 'projects' | 'amount'>,
  approvers: Approver[],
): Pick<Decision, 'by' | 'email'> {
  if (approvers.length === 0) return { by: text };
  const approver = approverCalled(approvers, text);
  const question = { projects: request.projects, amount: money(request.amount) };
  if (approver && mayDecide(approver, question)) return { by: approver.name, email: approver.email };
  const able = approvers.filter((each) => mayDecide(each, question));
  throw new BadInput('approval-not-yours', {
    facts: { person: text, approvers: able.map(({ name, email }) => `${name} <${email}>`) },
  });
}
