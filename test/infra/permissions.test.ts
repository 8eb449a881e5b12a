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
      [['kms:Decrypt', 'kms:Encrypt'], 'Key', sealedFor(...purposes)],
      [['sqs:SendMessage'], ['DocumentChangesQueue', 'ReferenceChangesQueue']],
      [['events:PutEvents'], 'Events'],
      [['kms:Decrypt', 'kms:GenerateDataKey'], 'Key', through('dynamodb', 'sqs')],
      [CONSUME, 'ReferenceChangesQueue'],
    ]);
  });

  it('comes from its own role alone, which holds no managed policy and is shared with nobody', () => {
    const roles = resources(template, 'AWS::IAM::Role');
    expect(Object.keys(roles)).toHaveLength(7);
    for (const { Properties } of Object.values(roles)) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(Properties.Policies).toBeUndefined();
    }
    template.resourceCountIs('AWS::IAM::Policy', 7);
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
    const permissions = Object.values(resources(template, 'AWS::Lambda::Permission'));
    const callers = permissions.map(({ Properties }) => Properties.Principal).toSorted();
    expect(callers).toEqual([
      ...Array.from({ length: 5 }, () => 'apigateway.amazonaws.com'),
      ...Array.from({ length: 5 }, () => 'events.amazonaws.com'),
    ]);
    for (const { Properties } of permissions) expect(Properties.SourceArn).toBeDefined();
  });
});

/** Actions, logical id of the resource without its hash, and the condition, statement by statement. */
function grants(fn: string): unknown[] {
  const { Properties } = resource(template, 'AWS::IAM::Policy', `${fn}Role`);
  return Properties.PolicyDocument.Statement.map((statement: Statement) => {
    expect(statement.Effect).toBe('Allow');
    const targets = [statement.Resource].flat().map((resource) => resource['Fn::GetAtt'][0].slice(0, -8));
    const target = targets.length === 1 ? targets[0] : targets;
    const actions = [statement.Action].flat();
    return statement.Condition ? [actions, target, statement.Condition] : [actions, target];
  });
}

interface Arn {
  'Fn::GetAtt': [string, string];
}

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
