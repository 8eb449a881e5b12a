import { randomUUID } from 'node:crypto';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Key } from './keys.ts';
import { keys } from './keys.ts';
import { WriteConflict } from './write-conflict.ts';

/** All that a vendor's webhook needs to know, in one item: one read at cold start, whatever the number of connections. */
export interface WebhookDirectory {
  /** What the vault made of the secrets, as JSON. */
  sealed: Uint8Array;
  /**
   * Connection ids by the keyed hash of their Xero tenant id, in hex: who reads the table learns no tenant. Empty in
   * Procore's directory, whose companies lie with the secrets.
   */
  tenants: Record<string, string>;
}

export interface WebhookDirectoryStore {
  /** Undefined before the first connection. */
  read(): Promise<(WebhookDirectory & { revision: number }) | undefined>;
  /** Replaces the directory if it is still the revision that was read (0: none yet). Throws WriteConflict. */
  write(directory: WebhookDirectory, expectedRevision: number): Promise<number>;
}

/** Speaks DynamoDB's own item format: the document client would add a tenth to what xero-webhook loads at cold start. */
export function openWebhookDirectory(
  client: DynamoDBClient,
  tableName: string,
  at: Key = keys.webhookDirectory,
): WebhookDirectoryStore {
  const key = { pk: { S: at.pk }, sk: { S: at.sk } };
  return {
    async read() {
      const command = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && fromItem(Item);
    },
    async write({ sealed, tenants }, expectedRevision) {
      const revision = expectedRevision + 1;
      const writeId = { S: randomUUID() };
      const command = new PutItemCommand({
        TableName: tableName,
        Item: {
          ...key,
          sealed: { B: sealed },
          tenants: { M: mapValues(tenants, (id) => ({ S: id })) },
          revision: { N: String(revision) },
          writeId,
        },
        // The second half lets a write through that the SDK repeats because its first answer was lost.
        ConditionExpression: `${expectedRevision === 0 ? 'attribute_not_exists(pk)' : 'revision = :expected'} OR writeId = :writeId`,
        ExpressionAttributeValues: {
          ':writeId': writeId,
          ...(expectedRevision > 0 && { ':expected': { N: String(expectedRevision) } }),
        },
      });
      try {
        await client.send(command);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        throw new WriteConflict(at);
      }
      return revision;
    },
  };
}

/** The directory of Procore's webhooks. */
export function openProcoreDirectory(client: DynamoDBClient, tableName: string): WebhookDirectoryStore {
  return openWebhookDirectory(client, tableName, keys.procoreDirectory);
}

function fromItem(item: Record<string, AttributeValue>): WebhookDirectory & { revision: number } {
  const { sealed, tenants, revision } = item;
  if (!sealed?.B || !tenants?.M || !revision?.N) throw new Error('the webhook directory has lost a part');
  return {
    sealed: sealed.B,
    tenants: mapValues(tenants.M, (id) => id.S ?? ''),
    revision: Number(revision.N),
  };
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
