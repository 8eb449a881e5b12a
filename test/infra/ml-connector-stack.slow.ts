import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { Match } from 'aws-cdk-lib/assertions';
import { resource, resources, templateOf, unbundledApp } from './synthesise.ts';

const template = templateOf(unbundledApp());
const keyIds = Object.keys(resources(template, 'AWS::KMS::Key'));
const keyArn = { 'Fn::GetAtt': [keyIds.find((id) => !id.startsWith('ApprovalLinkKey')), 'Arn'] };

describe('what is kept', () => {
  it('is encrypted with the one rotating key, wherever it lies', () => {
    expect(keyIds).toHaveLength(2);
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    // Signs links, and can do nothing else.
    template.hasResourceProperties('AWS::KMS::Key', {
      KeySpec: 'HMAC_256',
      KeyUsage: 'GENERATE_VERIFY_MAC',
    });
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: keyArn });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: keyArn });
    template.allResourcesProperties('AWS::Events::EventBus', { KmsKeyIdentifier: keyArn });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: keyArn });
  });

  it('survives the stack when it is the table or the key', () => {
    const kept = [
      ...Object.values(resources(template, 'AWS::DynamoDB::Table')),
      resources(template, 'AWS::KMS::Key')[keyArn['Fn::GetAtt'][0]!],
    ];
    for (const resource of kept) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
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

describe.each([
  ['DocumentChanges', 'SyncDocuments', 300, 10],
  ['ReferenceChanges', 'RefreshReferenceData', 300, 2],
])('the queue %s', (name, workerName, seconds, workers) => {
  const queue = resource(template, 'AWS::SQS::Queue', `${name}Queue`);

  it('gives a message up to the dead-letter queue after five deliveries, where it stays for 14 days', () => {
    const deadLetters = Object.keys(resources(template, 'AWS::SQS::Queue')).find((id) =>
      id.startsWith(`${name}DeadLetters`),
    );
    expect(queue.Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] },
      maxReceiveCount: 5,
    });
    template.allResourcesProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 14 * 86_400 });
  });

  it('hides a batch for twice as long as the worker may take', () => {
    const worker = resource(template, 'AWS::Lambda::Function', workerName);
    expect(worker.Properties.Timeout).toBe(seconds);
    expect(queue.Properties.VisibilityTimeout).toBe(2 * seconds);
  });

  it(`feeds ${workers} workers with batches of ten, of which single messages can fail`, () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: workers },
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${name}Queue`), 'Arn'] },
      FunctionName: { Ref: Match.stringLikeRegexp(`^${workerName}`) },
    });
  });

  it('is spoken to over TLS only, like every queue and topic', () => {
    const policies = { 'AWS::SQS::QueuePolicy': 4, 'AWS::SNS::TopicPolicy': 2 };
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
    template.resourceCountIs('AWS::Lambda::Function', 9);
    template.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: Match.stringLikeRegexp('Log') } },
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 180 });
    template.resourceCountIs('AWS::Logs::LogGroup', 10);
  });

  const XERO = ['XERO_API_URL', 'XERO_IDENTITY_URL'];
  const PROCORE = ['PROCORE_API_URL', 'PROCORE_LOGIN_URL'];
  const TABLE = ['TABLE_NAME', 'KEY_ID'];
  const OURS = [...TABLE, 'QUEUE_URL', 'EVENT_BUS_NAME'];
  const ADDRESSES = ['CONNECT_URL', 'XERO_LOGIN_URL', 'REFERENCE_QUEUE_URL'];
  const APPROVALS = ['APPROVAL_URL', 'APPROVAL_KEY_ID', 'APPROVAL_TOPIC_ARN'];
  it.each([
    ['XeroWebhook', [...TABLE, 'QUEUE_URL']],
    ['ProcoreWebhook', [...TABLE, 'REFERENCE_QUEUE_URL']],
    ['Connect', [...OURS, ...XERO, ...PROCORE, ...ADDRESSES]],
    ['PollXero', [...OURS, ...XERO, ...PROCORE]],
    ['SyncDocuments', [...OURS, ...XERO, ...PROCORE]],
    ['Approval', ['TABLE_NAME', 'QUEUE_URL', 'APPROVAL_KEY_ID']],
    ['RemindApprovers', [...OURS, ...APPROVALS]],
    ['RefreshTokens', [...OURS, ...XERO, ...PROCORE]],
    ['RefreshReferenceData', [...OURS, ...XERO, ...PROCORE, 'PROCORE_WEBHOOK_URL', 'REFERENCE_QUEUE_URL']],
  ])('%s gets its own settings and no other', (name, settings) => {
    const { Properties } = resource(template, 'AWS::Lambda::Function', name);
    const names = Object.keys(Properties.Environment.Variables);
    expect(names.toSorted()).toEqual(settings.toSorted());
  });

  it.each(['XeroWebhook', 'ProcoreWebhook'])('%s gives up when its vendor has stopped listening', (name) => {
    expect(resource(template, 'AWS::Lambda::Function', name).Properties.Timeout).toBe(5);
  });
});

describe('what wakes the functions', () => {
  it.each([
    ['POST /webhooks/xero', 'XeroWebhook'],
    ['POST /webhooks/procore', 'ProcoreWebhook'],
    ['GET /connect/xero', 'Connect'],
    ['GET /connect/xero/callback', 'Connect'],
    ['POST /connect/xero/organisation', 'Connect'],
  ])('is the route %s, which leads to %s', (RouteKey, fn) => {
    template.resourceCountIs('AWS::ApiGatewayV2::Route', 5);
    const routes = Object.values(resources(template, 'AWS::ApiGatewayV2::Route'));
    const route = routes.find(({ Properties }) => Properties.RouteKey === RouteKey);
    const integrationId = route?.Properties.Target['Fn::Join'][1][1].Ref;
    expect(resources(template, 'AWS::ApiGatewayV2::Integration')[integrationId]?.Properties).toMatchObject({
      IntegrationUri: { 'Fn::GetAtt': [expect.stringMatching(`^${fn}[0-9A-F]{8}$`), 'Arn'] },
      PayloadFormatVersion: '2.0',
    });
  });

  it('is throttled at the public door, whose log tells who came but no query, in which consent codes travel', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { Format: Match.stringLikeRegexp('requestId') },
    });
    const { AccessLogSettings } = resource(template, 'AWS::ApiGatewayV2::Stage', 'Webhooks').Properties;
    expect(AccessLogSettings.Format).not.toMatch(/query|context.path|cookie/i);
  });

  it.each([
    ['poll', 'rate(1 minute)', 'PollXero'],
    ['sweep', 'cron(15 9 * * ? *)', 'PollXero'],
    ['refresh-tokens', 'rate(20 minutes)', 'RefreshTokens'],
    ['daily', 'cron(45 9 * * ? *)', 'RefreshReferenceData'],
    ['remind', 'rate(1 hour)', 'RemindApprovers'],
    ['review', 'cron(15 10 * * ? *)', 'RemindApprovers'],
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

describe('events', () => {
  it('wake refresh-reference-data when this very stack was created or updated', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.cloudformation'],
        'detail-type': ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [{ Ref: 'AWS::StackId' }],
          'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] },
        },
      },
      State: 'ENABLED',
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RefreshReferenceData'), 'Arn'] },
          Input: JSON.stringify({ job: 'deployed' }),
        }),
      ],
    });
  });

  it.each([
    ['ConnectionBroken', ['name', 'message', 'fix']],
    ['ConnectionRestored', ['name', 'code']],
  ])('of the type %s on our bus are mailed to the operators in a sentence with %j', (type, facts) => {
    const { Properties } = resource(template, 'AWS::Events::Rule', `Notices${type}`);
    const [bus] = Object.keys(resources(template, 'AWS::Events::EventBus'));
    expect(Properties).toMatchObject({
      EventBusName: { Ref: bus },
      EventPattern: { source: ['ml-connector'], 'detail-type': [type] },
      State: 'ENABLED',
    });
    const [{ Arn, InputTransformer }, ...others] = Properties.Targets;
    expect(others).toEqual([]);
    expect(Arn).toEqual({ Ref: Object.keys(resources(template, 'AWS::SNS::Topic'))[0] });
    const text = JSON.parse(InputTransformer.InputTemplate);
    const told = facts.map((fact) => `$.detail.${fact}`);
    expect(Object.values(InputTransformer.InputPathsMap).toSorted()).toEqual(told.toSorted());
    for (const placeholder of Object.keys(InputTransformer.InputPathsMap)) {
      expect(text).toContain(`<${placeholder}>`);
    }
  });

  it('reach the encrypted topic, as EventBridge may use the key for the topics of this account', () => {
    const { KeyPolicy } = Object.values(resources(template, 'AWS::KMS::Key'))[0]!.Properties;
    const statement = KeyPolicy.Statement.find(({ Condition }: { Condition?: { ArnLike?: object } }) =>
      Object.hasOwn(Condition?.ArnLike ?? {}, 'kms:EncryptionContext:aws:sns:topicArn'),
    );
    // SNS takes no condition on the source here: notices would be lost without a word.
    expect(Object.keys(statement.Condition)).toEqual(['ArnLike']);
    expect(statement).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
    });
  });
});

describe('what others rely on', () => {
  it('is told by the outputs', () => {
    expect(Object.keys(template.findOutputs('*')).toSorted()).toEqual([
      'ApiUrl',
      'ApprovalKeyArn',
      'ApprovalTopicArn',
      'ApprovalUrl',
      'ConnectUrl',
      'DeadLetterQueueUrl',
      'EventBusName',
      'KeyArn',
      'PollXeroFunctionName',
      'ProcoreWebhookUrl',
      'QueueUrl',
      'ReferenceQueueUrl',
      'TableName',
      'XeroRedirectUri',
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
