import type { LinkSigner } from '../../aws/link-signer.ts';
import { mayDecide } from '../../core/approval/authority.ts';
import type { ApprovalRequest, Asked, Decision } from '../../core/approval/request.ts';
import { isOpen, isSamePerson } from '../../core/approval/request.ts';
import { BadInput, ConnectorError, RetryLater, Stop } from '../../core/errors.ts';
import { money } from '../../core/money.ts';
import type { Log } from '../../core/ports.ts';
import type { Revised } from '../../store/table.ts';
import { approvalPage } from './approval-page.ts';
import type { Deciding } from './decide.ts';
import { decide } from './decide.ts';
import { hashOfSecret, readLink } from './link.ts';
import { refusalPage } from './refusal-page.ts';
import { resultPage } from './result-page.ts';

/** What the page of approvals needs. */
export interface ApprovalDoor extends Deciding {
  signer: Pick<LinkSigner, 'verify'>;
  log: Log;
}

export interface WebPage {
  status: number;
  page: string;
}

/** Somebody opens a link, or a program looks at it before them: shows everything and decides nothing. */
export function openApproval(token: string, door: ApprovalDoor): Promise<WebPage> {
  return answering(door, async () => {
    const { request, person } = await enter(token, door);
    return { status: 200, page: await show(request, person, door) };
  });
}

/** The form comes in. Sent twice, or by two at once, one decision is taken, and both are shown which. */
export function answerApproval(token: string, form: URLSearchParams, door: ApprovalDoor): Promise<WebPage> {
  return answering(door, async () => {
    const { request, person } = await enter(token, door);
    const verdict = form.get('verdict');
    const reason = form.get('reason') ?? '';
    if (!mayAnswer(request, person)) return { status: 409, page: await show(request, person, door) };
    if (verdict !== 'approved' && verdict !== 'rejected') {
      return { status: 400, page: await show(request, person, door, 'Choose Approve or Reject.') };
    }
    if (verdict === 'rejected' && reason.trim() === '') {
      const problem = 'Say why: a rejection needs a reason for those who must change the document.';
      return { status: 422, page: await show(request, person, door, problem) };
    }
    const { name: by, email } = person;
    const answer = await decide(request, { by, email }, { verdict, reason, via: 'link' }, door);
    const status = answer.taken ? 200 : 409;
    if (answer.request.id !== request.id) throw new BadInput('approval-changed');
    return { status, page: resultPage(answer.request, person, answer.taken ? 'now' : 'before') };
  });
}

/** The request and the person that a link is about. Throws BadInput where it opens nothing. */
async function enter(
  token: string,
  door: ApprovalDoor,
): Promise<{ request: Revised<ApprovalRequest>; person: Asked }> {
  const link = await readLink(token, door.signer);
  const request = await door.approvals.get(link.connectionId, link.documentId);
  if (!request) throw new BadInput('link-replaced');
  // The document has changed since, and whoever may decide was sent another link.
  if (request.id !== link.requestId) throw new BadInput('approval-changed');
  const hash = hashOfSecret(link.secret);
  const person = request.asked.find(({ links }) => links.some((known) => known.hash === hash));
  if (!person) throw new BadInput('link-replaced');
  const { until } = person.links.find((known) => known.hash === hash)!;
  if (until <= door.clock.now().toISOString()) throw new BadInput('link-expired');
  const connection = await door.connections.get(link.connectionId);
  const approver = connection?.settings.approvers.find(
    ({ email }) => email.toLowerCase() === person.email.toLowerCase(),
  );
  const question = { projects: request.projects, amount: money(request.amount) };
  if (!approver || !mayDecide(approver, question)) throw new BadInput('link-replaced');
  return { request, person };
}

async function show(
  request: ApprovalRequest,
  person: Asked,
  { audit }: ApprovalDoor,
  problem?: string,
): Promise<string> {
  if (!mayAnswer(request, person)) return resultPage(request, person, 'before');
  const history = await audit.list(request.connectionId, request.documentId);
  return approvalPage(request, person, history, problem);
}

/** A link decides once. */
function mayAnswer(request: ApprovalRequest, { name: by, email }: Asked): boolean {
  const mine = (decision: Decision) => isSamePerson(decision, { by, email });
  return isOpen(request) && !request.decisions.some(mine);
}

/** Failures become pages: what happened, how to mend it, and the code. Nothing of the request is logged. */
async function answering({ log }: ApprovalDoor, work: () => Promise<WebPage>): Promise<WebPage> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BadInput) return { status: STATUS[error.code] ?? 400, page: refusalPage(error) };
    log.error('An approval failed', { error: String(error) });
    const failure = error instanceof ConnectorError ? error : new Stop('unexpected', { cause: error });
    return { status: failure instanceof RetryLater ? 503 : 500, page: refusalPage(failure) };
  }
}

const STATUS: Record<string, number> = {
  'link-invalid': 404,
  'link-replaced': 410,
  'link-expired': 410,
  'approval-changed': 409,
};
