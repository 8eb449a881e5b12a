import type { DomainEvents } from '../../aws/events.ts';
import type { ApprovalRequest, Asked } from '../../core/approval/request.ts';
import { isOpen } from '../../core/approval/request.ts';
import type { Revised } from '../../store/table.ts';
import type { Deployment } from '../deployment.ts';
import { changeRequest } from './change-request.ts';
import { hashOfSecret, linkToken, newSecret } from './link.ts';
import type { Occasion } from './request-mail.ts';
import { requestMail } from './request-mail.ts';

const DAY = 86_400_000;

/**
 * Mails everybody who was to be asked and has not been yet, each with a link of their own, which works beside those of
 * earlier mails. Mail that does not go out is tried again within the hour; the document is held either way.
 */
export async function askApprovers(
  request: Revised<ApprovalRequest>,
  deployment: Pick<Deployment, 'approvals' | 'audit' | 'clock' | 'connections' | 'desk' | 'log'>,
  occasion: Occasion = 'asked',
): Promise<Revised<ApprovalRequest>> {
  const { desk, clock, log } = deployment;
  const wanted = request.asked.filter(({ mailedAt }) => mailedAt === undefined);
  if (!desk || !isOpen(request) || wanted.length === 0) return request;
  const connection = await deployment.connections.get(request.connectionId);
  const days = connection?.settings.approvalLinkDays ?? 1;
  const now = clock.now();
  const until = new Date(now.getTime() + days * DAY).toISOString();
  const secrets = new Map(wanted.map(({ email }) => [email, newSecret()]));
  const isThis = (current: ApprovalRequest) => current.id === request.id && isOpen(current);

  // The hashes first: a link that arrives before its hash is kept would be a dead one.
  const linked = await changeAsked(request, deployment, isThis, (asked) => {
    const secret = secrets.get(asked.email);
    if (secret === undefined) return asked;
    const alive = asked.links.filter((link) => link.until > now.toISOString());
    return { ...asked, links: [...alive, { hash: hashOfSecret(secret), until }] };
  });
  const sent: string[] = [];
  for (const person of wanted) {
    try {
      const link = { ...idsOf(request), secret: secrets.get(person.email)! };
      const address = `${desk.url}${await linkToken(link, desk.signer)}`;
      await desk.mail.send(requestMail(request, person, { address, until }, occasion));
      sent.push(person.email);
    } catch (error) {
      log.error('An approver could not be mailed', { document: request.documentId, error: String(error) });
    }
  }
  if (sent.length === 0) return linked ?? request;
  const names = wanted
    .filter(({ email }) => sent.includes(email))
    .map(({ name, email }) => `${name} <${email}>`);
  await deployment.audit.append(request.connectionId, request.documentId, {
    at: now.toISOString(),
    event: occasion === 'resent' ? 'asked' : occasion,
    detail: { approvers: names, until },
  });
  const mailedAt = now.toISOString();
  const mailed = await changeAsked(request, deployment, isThis, (asked) =>
    sent.includes(asked.email) ? { ...asked, mailedAt } : asked,
  );
  return mailed ?? request;
}

/** Asks about a document that the bus told of; where nobody is left to be mailed, nothing happens. */
export async function askAbout(
  { connectionId, id }: Pick<DomainEvents['ApprovalRequested'], 'connectionId' | 'id'>,
  deployment: Deployment,
): Promise<void> {
  const request = await deployment.approvals.get(connectionId, id);
  if (request) await askApprovers(request, deployment);
}

function idsOf({ connectionId, documentId, id }: ApprovalRequest) {
  return { connectionId, documentId, requestId: id };
}

function changeAsked(
  request: ApprovalRequest,
  deployment: Pick<Deployment, 'approvals'>,
  isThis: (current: ApprovalRequest) => boolean,
  change: (asked: Asked) => Asked,
): Promise<Revised<ApprovalRequest> | undefined> {
  return changeRequest(deployment, request, (current) =>
    isThis(current) ? { ...current, asked: current.asked.map(change) } : undefined,
  );
}
