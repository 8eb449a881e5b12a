import { approvalsNeeded, firstAsked, inLine } from '../../core/approval/authority.ts';
import type { ApprovalRequest } from '../../core/approval/request.ts';
import { isOpen } from '../../core/approval/request.ts';
import type { Connection } from '../../core/connection.ts';
import { BadInput } from '../../core/errors.ts';
import { money } from '../../core/money.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { askApprovers } from './ask-approvers.ts';
import { changeRequest } from './change-request.ts';
import { notYetAsked } from './hold.ts';

/**
 * Asks anew, by today's settings: every link that went out before is worthless from now on, also those of people who
 * may no longer decide. Throws BadInput('approval-decided').
 */
export async function resendLinks(
  request: ApprovalRequest,
  { settings }: Connection,
  deployment: Deployment,
): Promise<Revised<ApprovalRequest>> {
  const fresh = await changeRequest(deployment, request, (current) => {
    if (!isOpen(current)) return undefined;
    const question = { projects: current.projects, amount: money(current.amount) };
    const line = inLine(settings.approvers, question);
    const first = firstAsked(line, approvalsNeeded(question, settings));
    // Who was asked later on, because the first did not answer, stays asked.
    const later = line
      .flat()
      .filter(
        ({ email }) =>
          !first.some((one) => one.email === email) && current.asked.some((one) => one.email === email),
      );
    return { ...current, asked: [...first, ...later].map(notYetAsked) };
  });
  if (!fresh || !isOpen(fresh)) {
    throw new BadInput('approval-decided', {
      facts: { document: request.number, state: fresh?.state ?? 'gone' },
    });
  }
  return askApprovers(fresh, deployment, 'resent');
}
