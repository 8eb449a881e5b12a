import { ChangeMessageVisibilityCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';
import { startFauxqs } from 'fauxqs';
import { ACCOUNT, clientOptions, REGION } from './identity.ts';
import { repairQueueFile } from './queue-file.ts';
import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface QueueSettings {
  logicalId: string;
  name: string;
  /** As SQS spells them. */
  attributes: Record<string, string>;
}

export interface QueueDepth {
  visible: number;
  inFlight: number;
  delayed: number;
}

export interface RunningQueues {
  url: string;
  names: string[];
  queueUrl(name: string): string;
  depth(name: string): QueueDepth;
  /** Makes visible what an earlier run had received and not finished: nobody holds its receipts any more. */
  releaseInFlight(name: string): Promise<void>;
  close(): Promise<void>;
}

const ATTRIBUTES = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'RedrivePolicy',
];

/** The queues of the template; encryption and access policies have no meaning here. */
export function readQueues(template: Template, resolve: Resolve): QueueSettings[] {
  return resourcesOf(template, 'AWS::SQS::Queue').map(([logicalId, properties]) => {
    const given = ATTRIBUTES.filter((name) => properties[name] !== undefined);
    const attributes = given.map((name) => {
      const value = resolve(properties[name], `${logicalId}.${name}`);
      return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
    });
    const name = String(resolve({ 'Fn::GetAtt': [logicalId, 'QueueName'] }, logicalId));
    return { logicalId, name, attributes: Object.fromEntries(attributes) };
  });
}

/** Serves SQS with these queues: messages are kept in the folder where one is given, else in memory. */
export async function startQueues(queues: QueueSettings[], dataFolder?: string): Promise<RunningQueues> {
  const server = await startFauxqs({
    port: 0,
    logger: false,
    host: 'localhost',
    defaultRegion: REGION,
    init: {},
    ...(dataFolder && { dataDir: dataFolder }),
  });
  if (dataFolder) repairQueueFile(dataFolder);
  const url = `http://127.0.0.1:${server.port}`;
  const queueUrl = (name: string) => `${url}/${ACCOUNT}/${name}`;
  const sqs = new SQSClient({ ...clientOptions, endpoint: url });
  const close = async () => {
    sqs.destroy();
    await server.stop();
  };
  await ensureQueues(server, sqs, queues, queueUrl).catch(async (error) => {
    await close();
    throw error;
  });
  return {
    url,
    names: queues.map(({ name }) => name),
    queueUrl,
    depth(name) {
      const { ready, inflight, delayed } = inspect(server, name);
      return { visible: ready.length, inFlight: inflight.length, delayed: delayed.length };
    },
    async releaseInFlight(name) {
      for (const { receiptHandle } of inspect(server, name).inflight) {
        const change = { QueueUrl: queueUrl(name), ReceiptHandle: receiptHandle, VisibilityTimeout: 0 };
        await sqs.send(new ChangeMessageVisibilityCommand(change));
      }
    },
    close,
  };
}

/** A queue of an earlier run keeps its messages and takes the attributes of now. */
async function ensureQueues(
  server: FauxqsServer,
  sqs: SQSClient,
  queues: QueueSettings[],
  queueUrl: (name: string) => string,
) {
  server.setup({ queues: queues.map(({ name, attributes }) => ({ name, attributes })) });
  for (const { name, attributes } of queues) {
    const { FifoQueue: _, ...changeable } = attributes;
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(name), Attributes: changeable }));
  }
}

function inspect(server: FauxqsServer, name: string) {
  const queue = server.inspectQueue(name);
  if (!queue) throw new Error(`There is no queue ${name}`);
  return queue.messages;
}
