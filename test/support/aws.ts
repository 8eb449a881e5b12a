import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { clientOptions } from '../../lib/sandbox/aws/identity.ts';
import { startKms } from '../../lib/sandbox/aws/kms.ts';
import { startTables } from '../../lib/sandbox/aws/tables.ts';

export interface TestAws {
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  kms: KMSClient;
  tableName: string;
  queueUrl: string;
  referenceQueueUrl: string;
  keyId: string;
  close(): Promise<void>;
}

/** Local DynamoDB with the connector's table, SQS with its queues and KMS with its key, behind real SDK clients. */
export async function startTestAws(): Promise<TestAws> {
  const keyId = randomUUID();
  const [database, queues, keys] = await Promise.all([
    startTables([]),
    startFauxqs({ port: 0, logger: false }),
    startKms({ keys: [{ id: keyId }] }),
  ]);
  const dynamodb = new DynamoDBClient({ ...clientOptions, endpoint: database.url });
  const sqs = new SQSClient({ ...clientOptions, endpoint: queues.address });
  const kms = new KMSClient({ ...clientOptions, endpoint: keys.url });
  const { queueUrl } = queues.createQueue('document-changes', { attributes: { VisibilityTimeout: '120' } });
  const references = queues.createQueue('reference-changes', { attributes: { VisibilityTimeout: '600' } });
  return {
    dynamodb,
    sqs,
    kms,
    keyId,
    tableName: await createTable(dynamodb),
    queueUrl,
    referenceQueueUrl: references.queueUrl,
    async close() {
      for (const client of [dynamodb, sqs, kms]) client.destroy();
      await Promise.all([database.close(), queues.stop(), keys.close()]);
    },
  };
}

/** A table of its own for whoever asks: keys and index as the stack makes them. */
export async function createTable(dynamodb: DynamoDBClient): Promise<string> {
  const tableName = `ml-connector-${randomUUID()}`;
  await dynamodb.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keySchema('pk', 'sk'),
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((name) => ({
        AttributeName: name,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-state',
          KeySchema: keySchema('gsi1pk', 'gsi1sk'),
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await untilActive(dynamodb, tableName);
  return tableName;
}

/** A table that is asked for before it is there is not found, on this machine as on AWS. */
async function untilActive(dynamodb: DynamoDBClient, tableName: string): Promise<void> {
  for (;;) {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
  }
}

function keySchema(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
}
