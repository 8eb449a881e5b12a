import { createHmac } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { ChangeQueue, DocumentChange } from '../../lib/aws/queue.ts';
import { openChangeQueue } from '../../lib/aws/queue.ts';
import { openVault } from '../../lib/aws/vault.ts';
import { cacheDirectory } from '../../lib/flows/webhook/webhook-directory.ts';
import { openWebhookDirectory } from '../../lib/store/webhook-directory.ts';
import type { TestAws } from './aws.ts';
import { createTable } from './aws.ts';
import { testClock } from './clock.ts';

export const ACME = {
  tenantId: '3f1c5a52-7a41-4c39-9d0b-1f1f54a0c0de',
  webhookKey: 'k1T4GfEXnZ0hhqIlH0zqsBTmlJ0tLlcFmgwEJKfWjWo4=',
  connectionId: 'acme',
};
export const BOLT = {
  tenantId: '9b1d0a77-2a3e-4a37-8f4c-5a5d2d9e7b10',
  webhookKey: 'Zm9yIHRoZSBzZWNvbmQgYXBwIG9mIHRoZSB0ZXN0cw==',
  connectionId: 'bolt',
};

export const orderId = (count: number) => `6afa2e02-c514-4964-ab89-${String(count).padStart(12, '0')}`;

/** One event as Xero sends it. */
export function eventOf(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const resourceId = fields.resourceId ?? orderId(1);
  return {
    resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${resourceId}`,
    resourceId,
    eventDateUtc: '2026-11-22T03:00:00.000',
    eventType: 'UPDATE',
    eventCategory: 'INVOICE',
    tenantId: ACME.tenantId,
    tenantType: 'ORGANISATION',
    ...fields,
  };
}

export function bodyOf(events: unknown[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      events,
      firstEventSequence: 1,
      lastEventSequence: events.length,
      entropy: 'S0m3R4nd0m',
    }),
  );
}

export function sign(body: Buffer, key = ACME.webhookKey): string {
  return createHmac('sha256', key).update(body).digest('base64');
}

/** Takes everything that is visible out of the queue. */
export async function takeAll(sqs: SQSClient, QueueUrl: string): Promise<DocumentChange[]> {
  const taken: DocumentChange[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return taken;
    for (const { Body, ReceiptHandle } of Messages) {
      taken.push(JSON.parse(Body!));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

export type Door = Awaited<ReturnType<typeof openDoor>>;

/** Everything behind the URL that Xero calls, with a count of directory reads. */
export async function openDoor(aws: TestAws) {
  const stored = openWebhookDirectory(aws.dynamodb, await createTable(aws.dynamodb));
  const counter = { reads: 0 };
  const counting = {
    ...stored,
    read() {
      counter.reads += 1;
      return stored.read();
    },
  };
  const vault = openVault(aws.kms, aws.keyId);
  const clock = testClock('2026-11-22T09:00:00Z');
  return {
    counter,
    clock,
    sealing: { directory: stored, vault },
    directory: cacheDirectory({ directory: counting, vault }, clock),
    queue: openChangeQueue(aws.sqs, aws.queueUrl) as ChangeQueue,
  };
}
