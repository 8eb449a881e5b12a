import {
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApproverMail } from '../../../lib/aws/approver-mail.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import type { RunningSns } from '../../../lib/sandbox/aws/sns.ts';
import { startSns } from '../../../lib/sandbox/aws/sns.ts';

const TopicArn = 'arn:aws:sns:us-east-1:000000000000:approvers';

let sns: RunningSns;
let client: SNSClient;
beforeAll(async () => {
  sns = await startSns({ topics: [TopicArn] });
  client = new SNSClient({ ...clientOptions, endpoint: sns.url, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await sns.close();
});

describe('SNS on this machine', () => {
  it('mails whoever has confirmed, and only what their filter lets through', async () => {
    const mail = openApproverMail(client, TopicArn);
    for (const email of ['dana@example.com', 'Lee@example.com', 'sam@example.com'])
      await mail.subscribe(email);
    expect(await mail.subscriptions()).toEqual([
      { email: 'dana@example.com' },
      { email: 'lee@example.com' },
      { email: 'sam@example.com' },
    ]);
    sns.confirm('dana@example.com');
    sns.confirm('lee@example.com');
    const text = 'Link: <https://a/?b=1&c=2> “held”';
    for (const to of ['dana@example.com', 'LEE@example.com', 'sam@example.com']) {
      await mail.send({ to, subject: 'Bitte prüfen: PO-1 – Müller\nInc', text });
    }
    expect(sns.mails()).toEqual([
      { to: 'dana@example.com', subject: 'Bitte prufen: PO-1 Muller Inc', text },
      { to: 'lee@example.com', subject: 'Bitte prufen: PO-1 Muller Inc', text },
    ]);
    expect((await mail.subscriptions()).map(({ arn }) => arn !== undefined)).toEqual([true, true, false]);
  });

  it.each([
    [
      'a topic that is not there',
      new PublishCommand({ TopicArn: `${TopicArn}s`, Message: 'm' }),
      'NotFoundException',
    ],
    [
      'a subject with a line break',
      new PublishCommand({ TopicArn, Subject: 'a\nb', Message: 'm' }),
      'InvalidParameterException',
    ],
    [
      'a subject of a hundred characters',
      new PublishCommand({ TopicArn, Subject: 'a'.repeat(100), Message: 'm' }),
      'InvalidParameterException',
    ],
    [
      'an empty message',
      new PublishCommand({ TopicArn, Subject: 's', Message: '' }),
      'InvalidParameterException',
    ],
    [
      'what is no address',
      new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'dana' }),
      'InvalidParameterException',
    ],
    ['a list of no topic', new ListSubscriptionsByTopicCommand({ TopicArn: 'x' }), 'NotFoundException'],
  ])('refuses %s', async (_what, command, name) => {
    await expect(client.send(command as PublishCommand)).rejects.toMatchObject({ name });
  });
});
