import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Conditions } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

// Everything a function may do, one sentence each: the library's own grants are wider and carry wildcards.

/** Reads the items of one partition of the table, by their whole key. */
export function readPartition(fn: IFunction, table: Table, partition: string): void {
  allow(fn, ['dynamodb:GetItem'], table.tableArn, {
    'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [partition] },
  });
}

/** Reads and puts single items, by their whole key, in the partitions that fit the pattern (with `*`). */
export function readAndPutIn(fn: IFunction, table: Table, partitions: string): void {
  allow(fn, ['dynamodb:GetItem', 'dynamodb:PutItem'], table.tableArn, {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partitions] },
  });
}

/** Reads, lists and writes items one by one: no scan, no batch, no index, nothing on the table itself. */
export function readAndWriteItems(fn: IFunction, table: Table): void {
  const actions = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'];
  allow(
    fn,
    actions.map((action) => `dynamodb:${action}`),
    table.tableArn,
  );
}

/** Reads, lists and puts what belongs to single documents: their trails, links and approvals. */
export function workOnDocuments(fn: IFunction, table: Table): void {
  allow(fn, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], table.tableArn, {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['connection#*#document#*'] },
  });
}

/** Lists the documents of a connection that are in one state. */
export function listDocumentsByState(fn: IFunction, table: Table): void {
  allow(fn, ['dynamodb:Query'], `${table.tableArn}/index/by-state`);
}

/** The key as table and queue use it in the function's name. */
export function useKeyThrough(fn: IFunction, key: IKey, services: ('dynamodb' | 'sqs' | 'sns')[]): void {
  const { region, urlSuffix } = Stack.of(fn);
  allow(fn, ['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn, {
    StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.${urlSuffix}`) },
  });
}

/** Opens what lib/aws/vault.ts sealed for these purposes (patterns with `*`). */
export function openSecrets(fn: IFunction, key: IKey, purposes: string[]): void {
  allow(fn, ['kms:Decrypt'], key.keyArn, sealedFor(purposes));
}

export function sealSecrets(fn: IFunction, key: IKey, purposes: string[]): void {
  allow(fn, ['kms:Encrypt'], key.keyArn, sealedFor(purposes));
}

export function sendMessages(fn: IFunction, queue: IQueue): void {
  allow(fn, ['sqs:SendMessage'], queue.queueArn);
}

export function publishTo(fn: IFunction, topic: ITopic): void {
  allow(fn, ['sns:Publish'], topic.topicArn);
}

export function subscribePeople(fn: IFunction, topic: ITopic): void {
  allow(fn, ['sns:Subscribe', 'sns:ListSubscriptionsByTopic'], topic.topicArn);
}

export function signLinks(fn: IFunction, linkKey: IKey): void {
  allow(fn, ['kms:GenerateMac'], linkKey.keyArn);
}

export function verifyLinks(fn: IFunction, linkKey: IKey): void {
  allow(fn, ['kms:VerifyMac'], linkKey.keyArn);
}

/** What Lambda does in the function's name to feed it from a queue. */
export function consumeMessages(fn: IFunction, queue: IQueue): void {
  const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
  allow(
    fn,
    actions.map((action) => `sqs:${action}`),
    queue.queueArn,
  );
}

export function putEvents(fn: IFunction, bus: EventBus): void {
  allow(fn, ['events:PutEvents'], bus.eventBusArn);
}

/** The encryption context of the vault. */
function sealedFor(purposes: string[]): Conditions {
  return {
    StringEquals: { 'kms:EncryptionContext:application': 'ml-connector' },
    StringLike: { 'kms:EncryptionContext:purpose': purposes },
  };
}

function allow(fn: IFunction, actions: string[], resource: string, conditions: Conditions = {}): void {
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [resource], conditions }));
}
