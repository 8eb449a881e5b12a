import { inLine, nextInLine } from '../../core/approval/authority.ts';
import type { ApprovalRequest } from '../../core/approval/request.ts';
import { isOpen } from '../../core/approval/request.ts';
import type { Connection } from '../../core/connection.ts';
import { money } from '../../core/money.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { eachLiveConnection } from '../each-connection.ts';
import { queueAgain, requeue } from '../requeue.ts';
import { askApprovers } from './ask-approvers.ts';
import { changeRequest } from './change-request.ts';
import { tellDecisions } from './decide.ts';
import { notYetAsked } from './hold.ts';
import type { Occasion } from './request-mail.ts';

const HOUR = 3_600_000;
const UNTOLD = 300_000;

/**
 * Looks after everything that waits for a person, every hour: whoever could not be mailed is, whoever does not answer is
 * reminded, after a while the next in line are asked as well, and what was decided but not told is told.
 */
export async function remindApprovers(deployment: Deployment): Promise<void> {
  await eachLiveConnection(deployment, async (connection) => {
    const waiting = await deployment.documents.list(connection.id, { state: 'awaiting-approval' });
    for (const { id } of waiting) {
      const request = await deployment.approvals.get(connection.id, id);
      if (!request) continue;
      if (isLeftUntold(request, deployment.clock.now())) await tellDecisions(request, deployment);
      else if (isOpen(request)) await lookAfter(request, connection, deployment);
    }
  });
}

/**
 * Looks again at everything that is held, or parked on a budget, every night: budgets are raised, and orders deleted,
 * without anybody telling the connector.
 */
export async function reviewHeld(deployment: Deployment): Promise<void> {
  await eachLiveConnection(deployment, async ({ id }) => {
    await queueAgain(await deployment.documents.list(id, { state: 'awaiting-approval' }), deployment);
    await requeue(id, deployment, ({ state, code = '' }) => state === 'parked' && code.startsWith('budget-'));
  });
}

/** Whoever took the decision tells it within seconds, or has died. */
function isLeftUntold({ decisions }: ApprovalRequest, now: Date): boolean {
  return decisions.some(({ told, at }) => !told && now.getTime() - Date.parse(at) > UNTOLD);
}

async function lookAfter(
  request: Revised<ApprovalRequest>,
  connection: Connection,
  deployment: Deployment,
): Promise<void> {
  const due = whatIsDue(request, connection, deployment.clock.now());
  if (!due) {
    await askApprovers(request, deployment);
    return;
  }
  const changed = await changeRequest(deployment, request, (current) =>
    current.id === request.id && isOpen(current) ? due.change(current) : undefined,
  );
  if (changed) await askApprovers(changed, deployment, due.occasion);
}

interface Due {
  occasion: Occasion;
  change(request: ApprovalRequest): ApprovalRequest;
}

/** Escalation comes before a reminder: who is asked for the first time need not be reminded. */
function whatIsDue(request: ApprovalRequest, { settings }: Connection, now: Date): Due | undefined {
  const at = now.toISOString();
  const since = (instant: string) => (now.getTime() - Date.parse(instant)) / HOUR;
  const line = inLine(settings.approvers, { projects: request.projects, amount: money(request.amount) });
  const next = nextInLine(line, request.asked);
  if (next.length > 0 && since(request.escalatedAt ?? request.askedAt) >= settings.escalateAfterHours) {
    const asked = [...request.asked, ...next.map(notYetAsked)];
    return { occasion: 'escalated', change: (current) => ({ ...current, escalatedAt: at, asked }) };
  }
  if (request.asked.length === 0 || since(lastWord(request)) < settings.remindAfterHours) return undefined;
  const said = new Set(request.decisions.map(({ email }) => email));
  return {
    occasion: 'reminded',
    change: (current) => ({
      ...current,
      remindedAt: at,
      asked: current.asked.map((person) => {
        const { mailedAt: _before, ...again } = person;
        return said.has(person.email) ? person : again;
      }),
    }),
  };
}

function lastWord({ askedAt, remindedAt = '', escalatedAt = '' }: ApprovalRequest): string {
  return [askedAt, remindedAt, escalatedAt].toSorted().at(-1)!;
}
