import type { SNSClient } from '@aws-sdk/client-sns';
import { ListSubscriptionsByTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';

/** Where a person stands with the topic: mail only reaches those who have confirmed that they want it. */
export interface MailSubscription {
  email: string;
  /** Absent until the person has followed the link of AWS's own mail. */
  arn?: string;
}

/** Mail to single approvers through one SNS topic, whose subscriptions each let through what is for their address. */
export interface ApproverMail {
  send(mail: { to: string; subject: string; text: string }): Promise<void>;
  /** Makes AWS ask the person to confirm. Does nothing where they are subscribed already. */
  subscribe(email: string): Promise<void>;
  subscriptions(): Promise<MailSubscription[]>;
}

/** The message attribute that every subscription filters by. */
const APPROVER = 'approver';

export function openApproverMail(client: SNSClient, topicArn: string): ApproverMail {
  return {
    async send({ to, subject, text }) {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: asSubject(subject),
          Message: text,
          MessageAttributes: { [APPROVER]: { DataType: 'String', StringValue: keyOf(to) } },
        }),
      );
    },
    async subscribe(email) {
      await client.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: 'email',
          Endpoint: keyOf(email),
          Attributes: { FilterPolicy: JSON.stringify({ [APPROVER]: [keyOf(email)] }) },
        }),
      );
    },
    async subscriptions() {
      const found: MailSubscription[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(
          new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: next }),
        );
        for (const { Protocol, Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? []) {
          if (Protocol !== 'email') continue;
          found.push({
            email: Endpoint,
            ...(SubscriptionArn.startsWith('arn:') && { arn: SubscriptionArn }),
          });
        }
        next = page.NextToken;
      } while (next);
      return found;
    },
  };
}

/** Filters compare letter by letter. */
function keyOf(email: string): string {
  return email.trim().toLowerCase();
}

/** SNS docs: a subject is ASCII, begins with a letter, digit or mark, has no line breaks, and fewer than 100 characters. */
function asSubject(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replace(/\s/g, ' ')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return ascii.length > 99 ? `${ascii.slice(0, 96)}...` : ascii;
}
