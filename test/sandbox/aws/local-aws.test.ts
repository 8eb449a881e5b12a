import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { clientOptions } from '../../../lib/sandbox/aws/identity.ts';
import type { LocalAws, LocalAwsOptions } from '../../../lib/sandbox/aws/local-aws.ts';
import { startLocalAws } from '../../../lib/sandbox/aws/local-aws.ts';
import { arnOf, ref, writeStack } from './stack-fixture.ts';

const stack = writeStack({
  resources: {
    Table: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        AttributeDefinitions: ['pk', 'sk', 'gsi1pk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-state',
            KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        Replicas: [{ Region: ref('AWS::Region') }],
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1209600 } },
    Changes: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 120,
        KmsMasterKeyId: arnOf('Key'),
        RedrivePolicy: { deadLetterTargetArn: arnOf('Dead'), maxReceiveCount: 3 },
      },
    },
    Key: { Type: 'AWS::KMS::Key' },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'connector' } },
    Parked: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: ref('Bus'),
        EventPattern: { 'detail-type': ['DocumentParked'] },
        Targets: [{ Id: 'T', Arn: arnOf('Note') }],
      },
    },
    Mailed: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: ref('Bus'),
        EventPattern: { 'detail-type': ['DocumentParked'] },
        Targets: [{ Id: 'T', Arn: ref('Mails'), InputTransformer: { InputTemplate: '"<a>"' } }],
      },
    },
    Mails: { Type: 'AWS::SNS::Topic' },
    Often: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 minute)',
        Targets: [{ Id: 'T', Arn: arnOf('Note'), Input: '{"job":"poll"}' }],
      },
    },
    Source: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        BatchSize: 10,
        EventSourceArn: arnOf('Changes'),
        FunctionName: ref('Sync'),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: '$default', ApiId: ref('Api') } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf('Hook'),
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('Api'),
        RouteKey: 'POST /webhooks/xero',
        Target: { 'Fn::Join': ['', ['integrations/', ref('Integration')]] },
      },
    },
    HookUrl: {
      Type: 'AWS::Lambda::Url',
      Properties: { AuthType: 'NONE', TargetFunctionArn: arnOf('Hook') },
    },
  },
  functions: {
    Hook: {
      code: `export const handler = async (event) =>
        ({ statusCode: 200, body: [process.env.QUEUE_URL, event.routeKey, event.body].join(' ') })`,
      properties: { Environment: { Variables: { QUEUE_URL: ref('Changes') } } },
    },
    Sync: {
      code: `
        export const handler = async ({ Records }) => {
          for (const { body } of Records) {
            if (body === 'crash' && Number(Records[0].attributes.ApproximateReceiveCount) < 3) process.exit(1);
            console.log(body + '#' + Records[0].attributes.ApproximateReceiveCount);
            if (body === 'hang') await new Promise(() => {});
          }
          return { batchItemFailures: [] };
        }`,
      properties: { Timeout: 60 },
    },
    Note: {
      code: `export const handler = async (event) => console.log(JSON.stringify(event.detail ?? event))`,
    },
  },
  outputs: {
    TableName: { Value: ref('Table') },
    QueueUrl: { Value: ref('Changes') },
    DeadQueueUrl: { Value: ref('Dead') },
    KeyId: { Value: ref('Key') },
    WebhookUrl: {
      Value: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, '/webhooks/xero']] },
    },
    ApprovalUrl: { Value: { 'Fn::GetAtt': ['HookUrl', 'FunctionUrl'] } },
  },
});
const dataDir = mkdtempSync(join(tmpdir(), 'data-'));
const cleanUp: (() => unknown)[] = [];
let lines: string[] = [];

async function start(options: Partial<LocalAwsOptions> = {}): Promise<LocalAws> {
  const local = await startLocalAws({
    templateFile: stack.templateFile,
    port: 0,
    schedules: false,
    graceMilliseconds: 50,
    log: (_, line) => lines.push(line),
    ...options,
  });
  cleanUp.push(local.close);
  return local;
}

function clients({ endpoints }: LocalAws) {
  const dynamodb = new DynamoDBClient({ ...clientOptions, endpoint: endpoints.dynamodb });
  const sqs = new SQSClient({ ...clientOptions, endpoint: endpoints.sqs });
  const kms = new KMSClient({ ...clientOptions, endpoint: endpoints.kms });
  const events = new EventBridgeClient({ ...clientOptions, endpoint: endpoints.eventbridge });
  cleanUp.push(() => [dynamodb, sqs, kms, events].map((client) => client.destroy()));
  return { dynamodb, sqs, kms, events };
}

async function until(done: () => boolean) {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}

afterEach(async () => {
  for (const each of cleanUp.splice(0)) await each();
  lines = [];
});
afterAll(() => {
  stack.remove();
  rmSync(dataDir, { recursive: true });
});

describe('the local AWS', () => {
  it('tells at its root where everything is, so that another process finds the run', async () => {
    const local = await start();
    const found = await (await fetch(local.urls.api)).json();
    expect(found).toEqual({
      endpoints: local.endpoints,
      outputs: local.outputs,
      region: 'us-east-1',
      environment: {},
    });
    expect(local.outputs).toMatchObject({
      TableName: 'Table',
      QueueUrl: `${local.endpoints.sqs}/000000000000/Changes`,
      WebhookUrl: `${local.urls.api}/webhooks/xero`,
      ApprovalUrl: `${local.urls.functionUrls.HookUrl}/`,
    });
  });

  it('leads a request through its route and through a function URL to the function', async () => {
    const local = await start();
    const post = async (url: string) => (await fetch(url, { method: 'POST', body: 'x' })).text();
    const queueUrl = local.outputs.QueueUrl;
    expect(await post(local.outputs.WebhookUrl!)).toBe(`${queueUrl} POST /webhooks/xero x`);
    expect(await post(local.outputs.ApprovalUrl!)).toBe(`${queueUrl} $default x`);
    expect((await fetch(`${local.urls.api}/other`)).status).toBe(404);
  });

  it('makes the tables of the template with their indexes', async () => {
    const { dynamodb } = clients(await start());
    const Item = { pk: { S: 'a' }, sk: { S: 'b' }, gsi1pk: { S: 'parked' } };
    await dynamodb.send(new PutItemCommand({ TableName: 'Table', Item }));
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName: 'Table',
        IndexName: 'by-state',
        KeyConditionExpression: 'gsi1pk = :s',
        ExpressionAttributeValues: { ':s': { S: 'parked' } },
      }),
    );
    expect(Items).toEqual([Item]);
  });

  it('drains a queue into its function and knows when it is idle', async () => {
    const local = await start();
    const { sqs } = clients(local);
    const Entries = [...'abcde'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: local.outputs.QueueUrl, Entries }));
    await local.waitUntilIdle({ timeoutMilliseconds: 20_000 });
    expect(local.queues()).toEqual({
      Dead: { visible: 0, inFlight: 0, delayed: 0 },
      Changes: { visible: 0, inFlight: 0, delayed: 0 },
    });
    await until(() => lines.length === 5);
    expect(lines.toSorted()).toEqual(['a#1', 'b#1', 'c#1', 'd#1', 'e#1']);
  });

  it('is not idle while a message is delayed', async () => {
    const local = await start();
    const { sqs } = clients(local);
    const later = { QueueUrl: local.outputs.QueueUrl, MessageBody: 'later', DelaySeconds: 900 };
    await sqs.send(new SendMessageCommand(later));
    await expect(local.waitUntilIdle({ timeoutMilliseconds: 30 })).rejects.toThrow('not idle');
    expect(local.queues().Changes).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
  });

  it('hands the messages of a worker that died, or was killed, to the next one', async () => {
    const local = await start({ redeliverAtOnce: true });
    const { sqs } = clients(local);
    const send = (MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: local.outputs.QueueUrl, MessageBody }));
    await send('crash');
    await local.waitUntilIdle({ timeoutMilliseconds: 20_000 });
    await until(() => lines.includes('crash#3'));
    await send('hang');
    for (let kill = 1; kill <= 3; kill += 1) {
      await until(() => lines.includes(`hang#${kill}`));
      await local.kill('Sync');
    }
    await local.waitUntilIdle({ timeoutMilliseconds: 20_000 });
    expect(local.queues().Dead).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  it('hands events to the functions whose rules they fit, and mails nobody', async () => {
    const local = await start();
    const { events } = clients(local);
    const entry = (DetailType: string) => ({
      EventBusName: 'connector',
      Source: 'ml-connector',
      DetailType,
      Detail: JSON.stringify({ of: DetailType }),
    });
    await events.send(new PutEventsCommand({ Entries: [entry('DocumentPosted'), entry('DocumentParked')] }));
    await until(() => lines.length > 0);
    await local.waitUntilIdle();
    expect(lines).toEqual(['{"of":"DocumentParked"}']);
    expect(local.events().map(({ event }) => event['detail-type'])).toEqual([
      'DocumentPosted',
      'DocumentParked',
    ]);
  });

  it('runs a schedule when it is fired', async () => {
    const local = await start();
    await local.fireSchedule('Often');
    await until(() => lines.length > 0);
    expect(lines).toEqual(['{"job":"poll"}']);
  });

  it('finds tables, messages and keys again after a restart, unfinished messages included', async () => {
    const first = await start({ dataDir });
    const { dynamodb, sqs, kms } = clients(first);
    const Item = { pk: { S: 'kept' }, sk: { S: 'kept' } };
    await dynamodb.send(new PutItemCommand({ TableName: 'Table', Item }));
    const KeyId = first.outputs.KeyId;
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('kept') }));
    await sqs.send(new SendMessageCommand({ QueueUrl: first.outputs.QueueUrl, MessageBody: 'hang' }));
    await until(() => lines.includes('hang#1'));
    await sqs.send(new SendMessageCommand({ QueueUrl: first.outputs.DeadQueueUrl, MessageBody: 'dead' }));
    await first.close();

    const second = await start({ dataDir, redeliverAtOnce: true });
    const again = clients(second);
    const { Item: kept } = await again.dynamodb.send(new GetItemCommand({ TableName: 'Table', Key: Item }));
    expect(kept).toEqual(Item);
    const { Plaintext } = await again.kms.send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(Plaintext!).toString()).toBe('kept');
    await until(() => lines.includes('hang#2'));
    expect(second.queues().Dead!.visible).toBe(1);
  });

  it('says which port is taken, and leaves nothing running', async () => {
    const local = await start();
    const port = Number(new URL(local.urls.api).port);
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken`);
  });

  it('stops at once at a template it cannot keep', async () => {
    const odd = writeStack({
      functions: {
        Odd: {
          code: '',
          properties: { Environment: { Variables: { X: { 'Fn::ImportValue': 'elsewhere' } } } },
        },
      },
    });
    cleanUp.push(odd.remove);
    await expect(start({ templateFile: odd.templateFile })).rejects.toThrow(
      'Odd.Environment.X: Fn::ImportValue is not known to the local AWS',
    );
    await expect(start({ templateFile: '/nowhere/X.template.json' })).rejects.toThrow('synthesise it first');
  });
});
