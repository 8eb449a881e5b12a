import type { Connection } from '../../core/connection.ts';
import type { Approver } from '../../core/settings.ts';
import type { ApprovalDesk } from '../approval/desk.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';
import { counted } from './in-words.ts';

/** Whether somebody is asked where a document exceeds a budget, and whether mail reaches them. `desk` may throw Stop. */
export async function checkApprovers(
  { settings }: Connection,
  desk: (() => ApprovalDesk) | undefined,
): Promise<Finding[]> {
  const { approvers, budgetScope, overBilling } = settings;
  if (budgetScope === 'off' && overBilling !== 'approve') return [];
  const findings = [await examine('approvers', async () => whoDecides(approvers))];
  if (desk && approvers.length > 0) {
    findings.push(await examine('approver mail', () => whomMailReaches(approvers, desk)));
  }
  return findings;
}

function whoDecides(approvers: Approver[]): Verdict {
  const always = approvers.filter(({ projects, upTo }) => projects === undefined && upTo === undefined);
  if (always.length > 0) {
    return {
      level: 'ok',
      says: `${counted(approvers.length, 'person')} may approve what exceeds a budget.`,
    };
  }
  if (approvers.length === 0) {
    return warning(
      'Nobody is asked where a document exceeds a budget; it waits for the command line.',
      'Name approvers in the connection file and connect again, or decide with `ml-connector approvals approve`.',
    );
  }
  return warning(
    'No approver may decide on every project and every amount; what none of them may decide waits for the command line.',
    'Name somebody without projects and upTo in the connection file, and connect again.',
  );
}

async function whomMailReaches(approvers: Approver[], desk: () => ApprovalDesk): Promise<Verdict> {
  const subscriptions = await desk().mail.subscriptions();
  const reached = new Set(
    subscriptions.filter(({ arn }) => arn !== undefined).map(({ email }) => email.toLowerCase()),
  );
  const unreached = approvers.filter(({ email }) => !reached.has(email.toLowerCase()));
  if (unreached.length === 0) return { level: 'ok', says: 'Mail reaches every approver.' };
  const names = unreached.map(({ name, email }) => `${name} <${email}>`).join(', ');
  return warning(
    `No mail reaches ${names} before they have confirmed that they want it.`,
    "They follow the link in AWS's own mail, which `ml-connector approvals approvers` sends to those who never had one.",
  );
}
