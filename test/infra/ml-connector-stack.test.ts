import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { Match } from 'aws-cdk-lib/assertions';
import { resource, resources, templateOf, unbundledApp } from './synthesise.ts';

const template = templateOf(unbundledApp());
const keyArn = { 'Fn::GetAtt': [Object.keys(resources(template, 'AWS::KMS::Key'))[0], 'Arn'] };

describe('what is kept', () => {
  it('is encrypted with the one rotating key, wherever it lies', () => {
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: keyArn });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: keyArn });
    template.allResourcesProperties('AWS::Events::EventBus', { KmsKeyIdentifier: keyArn });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: keyArn });
  });

  it('survives the stack when it is the table or the key', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::KMS::Key']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
    template.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: true });
  });

  it('can be restored to any second of the last weeks', () => {
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('lies in one table with the keys, the index and the expiry that the store uses', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: keySchema('pk', 'sk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-state',
          KeySchema: keySchema('gsi1pk', 'gsi1sk'),
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });
});

describe('the document-changes queue', () => {
  const queue = resource(template, 'AWS::SQS::Queue', 'DocumentChangesQueue');

  it('gives a message up to the dead-letter queue after five deliveries, where it stays for 14 days', () => {
    const deadLetters = Object.keys(resources(template, 'AWS::SQS::Queue')).find((id) =>
      id.startsWith('DocumentChangesDeadLetters'),
    );
    expect(queue.Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] },
      maxReceiveCount: 5,
    });
    template.allResourcesProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 14 * 86_400 });
  });

  it('hides a batch for twice as long as the worker may take', () => {
    const worker = resource(template, 'AWS::Lambda::Function', 'SyncDocuments');
    expect(worker.Properties.Timeout).toBe(60);
    expect(queue.Properties.VisibilityTimeout).toBe(120);
  });

  it('feeds two workers with batches of ten, of which single messages can fail', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionName: { Ref: Match.stringLikeRegexp('^SyncDocuments') },
    });
  });

  it('is spoken to over TLS only, like every queue and topic', () => {
    const policies = { 'AWS::SQS::QueuePolicy': 2, 'AWS::SNS::TopicPolicy': 1 };
    for (const [type, count] of Object.entries(policies)) {
      template.resourceCountIs(type, count);
      template.allResourcesProperties(type, {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          ]),
        },
      });
    }
  });
});

describe('the functions', () => {
  it('run on Node 24 on arm64 and log into their own encrypted log for half a year', () => {
    template.resourceCountIs('AWS::Lambda::Function', 4);
    template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: Match.stringLikeRegexp('Log') } },
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 180 });
    template.resourceCountIs('AWS::Logs::LogGroup', 5);
  });

  it.each([
    ['XeroWebhook', []],
    ['PollXero', ['EVENT_BUS_NAME', 'XERO_API_URL', 'XERO_IDENTITY_URL']],
    [
      'SyncDocuments',
      ['EVENT_BUS_NAME', 'PROCORE_API_URL', 'PROCORE_LOGIN_URL', 'XERO_API_URL', 'XERO_IDENTITY_URL'],
    ],
    ['RefreshTokens', ['EVENT_BUS_NAME', 'PROCORE_LOGIN_URL', 'XERO_IDENTITY_URL']],
  ])('%s gets its own settings and no other', (name, settings) => {
    const { Properties } = resource(template, 'AWS::Lambda::Function', name);
    const names = Object.keys(Properties.Environment.Variables);
    expect(names.toSorted()).toEqual(['TABLE_NAME', 'KEY_ID', 'QUEUE_URL', ...settings].toSorted());
  });

  it('give up on a webhook when Xero has stopped listening', () => {
    expect(resource(template, 'AWS::Lambda::Function', 'XeroWebhook').Properties.Timeout).toBe(5);
  });
});

describe('what wakes the functions', () => {
  it('is one public route, throttled, with an access log', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 1);
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'POST /webhooks/xero' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '2.0' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { Format: Match.stringLikeRegexp('requestId') },
    });
  });

  it.each([
    ['poll', 'rate(1 minute)', 'PollXero'],
    ['sweep', 'cron(15 9 * * ? *)', 'PollXero'],
    ['refresh-tokens', 'rate(20 minutes)', 'RefreshTokens'],
  ])('is a schedule for the job %s', (job, schedule, fn) => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: schedule,
      State: 'ENABLED',
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${fn}`), 'Arn'] },
          Input: JSON.stringify({ job }),
        }),
      ],
    });
  });
});

describe('what others rely on', () => {
  it('is told by the outputs', () => {
    expect(Object.keys(template.findOutputs('*')).toSorted()).toEqual([
      'ApiUrl',
      'DeadLetterQueueUrl',
      'EventBusName',
      'KeyArn',
      'PollXeroFunctionName',
      'QueueUrl',
      'TableName',
      'XeroWebhookUrl',
    ]);
  });

  it('can be turned to other vendor servers and another mailbox', () => {
    const other = templateOf(
      unbundledApp({ xeroApiUrl: 'http://127.0.0.1:4511', operatorEmail: 'site@example.com' }),
    );
    other.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ XERO_API_URL: 'http://127.0.0.1:4511' }) },
    });
    other.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'site@example.com',
    });
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it('changes only on purpose', () => {
    expect(withoutHashes(template)).toMatchSnapshot();
  });
});

function keySchema(partition: string, sort: string): object[] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}

/** The template with the hashes of the code taken out: they change with every line of every function. */
function withoutHashes(of: Template): unknown {
  return JSON.parse(JSON.stringify(of.toJSON()).replaceAll(/[0-9a-f]{64}/g, 'HASH'));
}
