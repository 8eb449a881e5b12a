import { randomUUID } from 'node:crypto';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Clock } from '../../lib/core/ports.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { settleMessages } from '../../lib/flows/sync/settle-messages.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import type { RunningEventBridge } from '../../lib/sandbox/aws/event-bridge.ts';
import { startEventBridge } from '../../lib/sandbox/aws/event-bridge.ts';
import { clientOptions } from '../../lib/sandbox/aws/identity.ts';
import type { TestAws } from './aws.ts';
import { createTable, startTestAws } from './aws.ts';

export interface TestCloud extends TestAws {
  bus: RunningEventBridge;
  eventBridge: EventBridgeClient;
}

/** AWS on this machine, shared by the tests of one file; each test takes a deployment of its own from it. */
export async function startTestCloud(): Promise<TestCloud> {
  const [aws, bus] = await Promise.all([startTestAws(), startEventBridge({ buses: ['connector'] })]);
  const eventBridge = new EventBridgeClient({ ...clientOptions, endpoint: bus.url });
  return {
    ...aws,
    bus,
    eventBridge,
    async close() {
      eventBridge.destroy();
      await Promise.all([aws.close(), bus.close()]);
    },
  };
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** A deployment with a table of its own (or the one named), on the real adapters over the wire. */
export async function testDeployment(
  cloud: TestCloud,
  clock: Clock,
  vendors: { xeroUrl: string; procoreUrl: string },
  tableName?: string,
): Promise<Deployment> {
  const environment = {
    TABLE_NAME: tableName ?? (await createTable(cloud.dynamodb)),
    KEY_ID: cloud.keyId,
    QUEUE_URL: cloud.queueUrl,
    EVENT_BUS_NAME: 'connector',
    XERO_API_URL: vendors.xeroUrl,
    XERO_IDENTITY_URL: vendors.xeroUrl,
    PROCORE_API_URL: vendors.procoreUrl,
    PROCORE_LOGIN_URL: vendors.procoreUrl,
  };
  return openDeployment(environment, silent, clock, cloud);
}

/** Works off everything that is visible in the queue, as the function would. */
export async function drain(cloud: TestCloud, deployment: Deployment): Promise<void> {
  for (;;) {
    const { Messages = [] } = await cloud.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: cloud.queueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    if (Messages.length === 0) return;
    const messages = Messages.map(({ MessageId, Body, Attributes }) => ({
      id: MessageId ?? randomUUID(),
      body: Body ?? '',
      receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    }));
    const verdicts = await syncDocuments(messages, deployment);
    const failed = new Set(await settleMessages(messages, verdicts, deployment));
    for (const { MessageId, ReceiptHandle } of Messages) {
      if (failed.has(MessageId!)) continue;
      await cloud.sqs.send(new DeleteMessageCommand({ QueueUrl: cloud.queueUrl, ReceiptHandle }));
    }
  }
}
