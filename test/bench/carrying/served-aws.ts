import { startTestCloud } from '../../support/world.ts';
import type { BenchAws } from './bench-aws.ts';

/** AWS over the wire in all its parts, so that a worker in another process finds it; and where. */
export async function startServedAws(): Promise<{ aws: BenchAws; endpoints: Record<string, string> }> {
  const { dynamodb, sqs, kms, eventBridge, ...cloud } = await startTestCloud();
  const clients = { dynamodb, sqs, kms, eventBridge };
  const endpoints: Record<string, string> = {};
  for (const [name, client] of Object.entries(clients)) {
    const { protocol, hostname, port } = await client.config.endpoint!();
    endpoints[name] = `${protocol}//${hostname}:${port}`;
  }
  const nothing = () => ({ requests: {}, readUnits: 0, writeUnits: 0, sqs: 0, kms: 0, events: 0 });
  const aws: BenchAws = {
    clients,
    queue: {
      client: sqs,
      url: cloud.queueUrl,
      length: () => 0,
      nextVisible: () => undefined,
      deadLetters: [],
    },
    meter: { usage: nothing, reset: () => {} },
    environment: {
      TABLE_NAME: cloud.tableName,
      KEY_ID: cloud.keyId,
      QUEUE_URL: cloud.queueUrl,
      EVENT_BUS_NAME: 'connector',
    },
    close: () => cloud.close(),
  };
  return { aws, endpoints };
}
