import type { MailSubscription } from '../../aws/approver-mail.ts';
import type { Deployment } from '../deployment.ts';

export interface ApproverStanding {
  email: string;
  name: string;
  /** Whether mail reaches the person: AWS sends none before they have confirmed once. */
  confirmed: boolean;
}

/**
 * Subscribes every approver of every connection who is not yet: AWS asks each to confirm once. Nobody is unsubscribed;
 * who is no approver any more gets no mail. Returns how each stands.
 */
export async function levelSubscriptions({
  connections,
  desk,
}: Pick<Deployment, 'connections' | 'desk'>): Promise<ApproverStanding[]> {
  const approvers = (await connections.list()).flatMap(({ settings }) => settings.approvers);
  const byEmail = new Map(approvers.map(({ name, email }) => [email.toLowerCase(), name]));
  if (!desk || byEmail.size === 0) return [];
  const known = new Map<string, MailSubscription>(
    (await desk.mail.subscriptions()).map((subscription) => [subscription.email.toLowerCase(), subscription]),
  );
  const standings: ApproverStanding[] = [];
  for (const [email, name] of byEmail) {
    if (!known.has(email)) await desk.mail.subscribe(email);
    standings.push({ email, name, confirmed: known.get(email)?.arn !== undefined });
  }
  return standings;
}
