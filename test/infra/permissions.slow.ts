import { describe, expect, it } from '@jest/globals';
import { resource, resources, templateOf, unbundledApp } from './synthesise.ts';

const template = templateOf(unbundledApp());

const OWN_LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const ITEMS = [
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];
const CONSUME = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

describe('what a function may do', () => {
  it('is, for xero-webhook, to read the webhook directory, open it, and enqueue', () => {
    expect(grants('XeroWebhook')).toEqual([
      [OWN_LOG, 'XeroWebhookLog'],
      [['dynamodb:GetItem'], 'Table', leadingKeys('webhook-directory')],
      [['kms:Decrypt'], 'Key', sealedFor('webhook-directory')],
      [['sqs:SendMessage'], 'DocumentChangesQueue'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
    ]);
  });

  it('is, for poll-xero, to keep its marks, work with both vendors’ secrets, enqueue and tell', () => {
    expect(grants('PollXero')).toEqual([
      [OWN_LOG, 'PollXeroLog'],
      [ITEMS, 'Table'],
      [['kms:Decrypt', 'kms:Encrypt'], 'Key', sealedFor('xero-*', 'procore-*')],
      [['sqs:SendMessage'], 'DocumentChangesQueue'],
      [['events:PutEvents'], 'Events'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
    ]);
  });

  it('is, for sync-documents, to take messages, work with items and both vendors’ secrets, and tell', () => {
    expect(grants('SyncDocuments')).toEqual([
      [OWN_LOG, 'SyncDocumentsLog'],
      [ITEMS, 'Table'],
      [['dynamodb:Query'], 'Table/index/by-state'],
      [['kms:Decrypt', 'kms:Encrypt'], 'Key', sealedFor('xero-*', 'procore-*')],
      [[...CONSUME, 'sqs:SendMessage'], 'DocumentChangesQueue'],
      [['events:PutEvents'], 'Events'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
    ]);
  });

  it('is, for refresh-tokens, to renew tokens, queue what waited for them, and tell', () => {
    expect(grants('RefreshTokens')).toEqual([
      [OWN_LOG, 'RefreshTokensLog'],
      [ITEMS, 'Table'],
      [['dynamodb:Query'], 'Table/index/by-state'],
      [['kms:Decrypt', 'kms:Encrypt'], 'Key', sealedFor('xero-*', 'procore-*')],
      [['sqs:SendMessage'], 'DocumentChangesQueue'],
      [['events:PutEvents'], 'Events'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
    ]);
  });

  it('is, for connect, to work with items, open and seal what belongs to connections, enqueue, and tell', () => {
    const purposes = ['xero-*', 'procore-*', 'webhook-directory', 'consent'];
    expect(grants('Connect')).toEqual([
      [OWN_LOG, 'ConnectLog'],
      [ITEMS, 'Table'],
      [['kms:Decrypt', 'kms:Encrypt'], 'Key', sealedFor(...purposes)],
      [['sqs:SendMessage'], 'ReferenceChangesQueue'],
      [['events:PutEvents'], 'Events'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
    ]);
  });

  it('is, for procore-webhook, to read the directory, open its own part, note what it was told, and enqueue', () => {
    const told = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['procore-events#*'] } };
    expect(grants('ProcoreWebhook')).toEqual([
      [OWN_LOG, 'ProcoreWebhookLog'],
      [['dynamodb:GetItem'], 'Table', leadingKeys('webhook-directory')],
      [['dynamodb:GetItem', 'dynamodb:PutItem'], 'Table', told],
      [['kms:Decrypt'], 'Key', sealedFor('webhook-directory-procore')],
      [['sqs:SendMessage'], 'ReferenceChangesQueue'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
    ]);
  });

  it('is, for refresh-reference-data, to take its messages, work with items and secrets, enqueue, and tell', () => {
    const purposes = ['xero-*', 'procore-*', 'webhook-directory-procore'];
    expect(grants('RefreshReferenceData')).toEqual([
      [OWN_LOG, 'RefreshReferenceDataLog'],
      [ITEMS, 'Table'],
      [['dynamodb:Query'], 'Table/index/by-state'],
      [['kms:Decrypt', 'kms:Encrypt'], 'Key', sealedFor(...purposes)],
      [['sqs:SendMessage'], ['DocumentChangesQueue', 'ReferenceChangesQueue']],
      [['events:PutEvents'], 'Events'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
      [CONSUME, 'ReferenceChangesQueue'],
    ]);
  });

  it('is, for approval, to read connections and documents, decide, check links, and enqueue', () => {
    const documents = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['connection#*#document#*'] } };
    expect(grants('Approval')).toEqual([
      [OWN_LOG, 'ApprovalLog'],
      [['dynamodb:GetItem'], 'Table', leadingKeys('connections')],
      [['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], 'Table', documents],
      [['kms:VerifyMac'], 'ApprovalLinkKey'],
      [['sqs:SendMessage'], 'DocumentChangesQueue'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
    ]);
  });

  it('is, for remind-approvers, to work with items, sign links, mail and subscribe people, enqueue, and tell', () => {
    expect(grants('RemindApprovers')).toEqual([
      [OWN_LOG, 'RemindApproversLog'],
      [ITEMS, 'Table'],
      [['dynamodb:Query'], 'Table/index/by-state'],
      [['kms:GenerateMac'], 'ApprovalLinkKey'],
      [['sns:ListSubscriptionsByTopic', 'sns:Publish', 'sns:Subscribe'], 'Approvers'],
      [['sqs:SendMessage'], 'DocumentChangesQueue'],
      [['events:PutEvents'], 'Events'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs', 'sns')],
    ]);
  });

  it('comes from its own role alone, which holds no managed policy and is shared with nobody', () => {
    const roles = resources(template, 'AWS::IAM::Role');
    expect(Object.keys(roles)).toHaveLength(9);
    for (const { Properties } of Object.values(roles)) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(Properties.Policies).toBeUndefined();
    }
    template.resourceCountIs('AWS::IAM::Policy', 9);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  it('names no wildcard, in actions or in resources', () => {
    for (const { Properties } of Object.values(resources(template, 'AWS::IAM::Policy'))) {
      for (const { Action, Resource } of Properties.PolicyDocument.Statement) {
        expect(JSON.stringify([Action, Resource])).not.toContain('*');
      }
    }
  });
});

describe('who may call a function', () => {
  it('is its schedule, its event or its route, each in this account', () => {
    const permissions = Object.values(resources(template, 'AWS::Lambda::Permission')).filter(
      ({ Properties }) => Properties.Principal !== '*',
    );
    const callers = permissions.map(({ Properties }) => Properties.Principal).toSorted();
    expect(callers).toEqual([
      ...Array.from({ length: 5 }, () => 'apigateway.amazonaws.com'),
      ...Array.from({ length: 8 }, () => 'events.amazonaws.com'),
    ]);
    for (const { Properties } of permissions) expect(Properties.SourceArn).toBeDefined();
  });

  it('is, of approval alone, whoever comes by its address', () => {
    const anybody = Object.values(resources(template, 'AWS::Lambda::Permission')).filter(
      ({ Properties }) => Properties.Principal === '*',
    );
    expect(anybody).toHaveLength(2);
    for (const { Properties } of anybody) {
      expect(Properties.FunctionName['Fn::GetAtt'][0]).toMatch(/^Approval[0-9A-F]{8}$/);
      expect(Properties.FunctionUrlAuthType === 'NONE' || Properties.InvokedViaFunctionUrl).toBe(true);
    }
  });
});

/** Actions, logical id of the resource without its hash, and the condition, statement by statement. */
function grants(fn: string): unknown[] {
  const { Properties } = resource(template, 'AWS::IAM::Policy', `${fn}Role`);
  return Properties.PolicyDocument.Statement.map((statement: Statement) => {
    expect(statement.Effect).toBe('Allow');
    const targets = [statement.Resource].flat().map(nameOf);
    const target = targets.length === 1 ? targets[0] : targets;
    const actions = [statement.Action].flat();
    return statement.Condition ? [actions, target, statement.Condition] : [actions, target];
  });
}

/** The logical id without its hash, and what of the resource is meant. */
function nameOf(arn: Arn): string {
  if ('Ref' in arn) return arn.Ref.slice(0, -8);
  if ('Fn::GetAtt' in arn) return arn['Fn::GetAtt'][0].slice(0, -8);
  const [whole, part] = arn['Fn::Join'][1];
  return `${nameOf(whole)}${part}`;
}

type Arn = { 'Fn::GetAtt': [string, string] } | { Ref: string } | { 'Fn::Join': ['', [Arn, string]] };

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: Arn | Arn[];
  Condition?: object;
}

function leadingKeys(partition: string): object {
  return { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [partition] } };
}

function sealedFor(...purposes: string[]): object {
  return {
    StringEquals: { 'kms:EncryptionContext:application': 'ml-connector' },
    StringLike: { 'kms:EncryptionContext:purpose': purposes },
  };
}

function through(...services: string[]): object {
  const service = (name: string) => ({
    'Fn::Join': ['', [`${name}.`, { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]],
  });
  return { StringEquals: { 'kms:ViaService': services.map(service) } };
}
