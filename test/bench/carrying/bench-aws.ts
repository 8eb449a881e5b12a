import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import type { Clock } from '../../../lib/core/ports.ts';
import type { AwsClients } from '../../../lib/flows/deployment.ts';
import { startEventBridge } from '../../../lib/sandbox/aws/event-bridge.ts';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import { startKms } from '../../../lib/sandbox/aws/kms.ts';
import { startTables } from '../../../lib/sandbox/aws/tables.ts';
import { createTable } from '../../support/aws.ts';
import type { AwsMeter } from './aws-meter.ts';
import { meterAws } from './aws-meter.ts';
import type { ClockedQueue } from './clocked-sqs.ts';
import { clockedSqs } from './clocked-sqs.ts';
import { quickDynamodb } from './quick-dynamodb.ts';

/** AWS on this machine as the functions use it. */
export interface BenchAws {
  clients: AwsClients;
  queue: ClockedQueue;
  meter: AwsMeter;
  /** What the functions find in their environment of it. */
  environment: Record<'TABLE_NAME' | 'KEY_ID' | 'QUEUE_URL' | 'EVENT_BUS_NAME', string>;
  close(): Promise<void>;
}

const BUS = 'connector';

/**
 * DynamoDB, KMS and EventBridge over the wire; SQS by its wire protocol, but in this process and by the bench's clock,
 * so that delays and time-outs of days pass in no time.
 */
export async function startBenchAws(
  clock: Clock,
  { quick = false, awsLatency = 0 }: { quick?: boolean; awsLatency?: number } = {},
): Promise<BenchAws> {
  const keyId = randomUUID();
  const [database, keys, bus] = await Promise.all([
    startTables([]),
    startKms({ keys: [{ id: keyId }] }),
    startEventBridge({ buses: [BUS] }),
  ]);
  const queue = clockedSqs(clock);
  const clients: AwsClients = {
    dynamodb: quick ? quickDynamodb() : new DynamoDBClient({ ...clientOptions, endpoint: database.url }),
    kms: new KMSClient({ ...clientOptions, endpoint: keys.url }),
    sqs: queue.client,
    eventBridge: new EventBridgeClient({ ...clientOptions, endpoint: bus.url }),
  };
  const tableName = await createTable(clients.dynamodb);
  return {
    clients,
    queue,
    meter: meterAws(clients, clock, awsLatency),
    environment: {
      TABLE_NAME: tableName,
      KEY_ID: keyId,
      QUEUE_URL: queue.url,
      EVENT_BUS_NAME: BUS,
    },
    async close() {
      for (const client of Object.values(clients)) client.destroy();
      await Promise.all([database.close(), keys.close(), bus.close()]);
    },
  };
}
