// The worker alone in a process, so that its CPU and memory are nobody else's. Works off the queue each time it is told to.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../../../lib/core/ports.ts';
import { openDeployment } from '../../../lib/flows/deployment.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { workOff } from './worker.ts';

/** What the worker used for one backlog. */
export interface Used {
  cpuSeconds: number;
  /** Megabytes in use after collecting garbage. */
  megabytes: number;
}

const { environment, endpoints } = JSON.parse(process.argv[2]!) as Record<
  'environment' | 'endpoints',
  Record<string, string>
>;
const at = (name: string) => ({ ...clientOptions, endpoint: endpoints[name]! });
const clients = {
  dynamodb: new DynamoDBClient(at('dynamodb')),
  kms: new KMSClient(at('kms')),
  sqs: new SQSClient(at('sqs')),
  eventBridge: new EventBridgeClient(at('eventBridge')),
};
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const deployment = openDeployment(environment, silent, systemClock, clients);
const hands = {
  deployment,
  aws: { clients, queue: { url: environment.QUEUE_URL!, length: () => 0, nextVisible: () => undefined } },
};

process.on('message', async () => {
  const before = process.cpuUsage();
  await workOff(hands, 1);
  const { user, system } = process.cpuUsage(before);
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const used: Used = { cpuSeconds: (user + system) / 1e6, megabytes: (heapUsed + arrayBuffers) / 1e6 };
  process.send!(used);
});
