import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from './keys.ts';
import { WriteConflict } from './write-conflict.ts';

/** The connector's one DynamoDB table: keys `pk` and `sk`, index `by-state`, TTL attribute `expiresAt`. */
export interface Table {
  name: string;
  client: DynamoDBDocumentClient;
}

export type Attributes = Record<string, unknown>;

export interface Condition {
  expression: string;
  values: Attributes;
}

/** A stored thing together with the count of its writes: whoever writes it back proves what they had read. */
export type Revised<T> = T & { revision: number };

export function openTable(client: DynamoDBClient, name: string): Table {
  return {
    name,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
}

/** Reads one item, always consistently: decisions hang on it. */
export async function getItem(table: Table, key: Key): Promise<Attributes | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item;
}

/** Writes one item if the condition holds. Returns false, with nothing written, if it does not. */
export function putItem(table: Table, item: Key & Attributes, condition?: Condition): Promise<boolean> {
  return whetherConditionHeld(
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: item,
        ...(condition && {
          ConditionExpression: condition.expression,
          ...(Object.keys(condition.values).length > 0 && { ExpressionAttributeValues: condition.values }),
        }),
      }),
    ),
  );
}

/**
 * Writes one item if its revision is still the one expected (0: it must not exist), and returns the new revision.
 * Throws WriteConflict. A write that the SDK repeats because the first answer was lost recognises itself by `writeId`.
 */
export async function putRevised(
  table: Table,
  key: Key,
  attributes: object,
  expected: number,
): Promise<number> {
  const unchanged = expected === 0 ? 'attribute_not_exists(pk)' : 'revision = :expected';
  const writeId = randomUUID();
  const done = await putItem(
    table,
    { ...attributes, ...key, revision: expected + 1, writeId },
    {
      expression: `${unchanged} OR writeId = :writeId`,
      values: { ':writeId': writeId, ...(expected > 0 && { ':expected': expected }) },
    },
  );
  if (!done) throw new WriteConflict(key);
  return expected + 1;
}

/** Deletes one item, where it is still at this revision if one is given. Throws WriteConflict; fine where it is gone. */
export async function removeItem(table: Table, key: Key, revision?: number): Promise<void> {
  const removed = await whetherConditionHeld(
    table.client.send(
      new DeleteCommand({
        TableName: table.name,
        Key: key,
        ...(revision !== undefined && {
          ConditionExpression: 'attribute_not_exists(pk) OR revision = :revision',
          ExpressionAttributeValues: { ':revision': revision },
        }),
      }),
    ),
  );
  if (!removed) throw new WriteConflict(key);
}

/** Every item of a query, page after page. Consistent, unless it asks an index. */
export async function* queryItems(
  table: Table,
  query: Omit<QueryCommandInput, 'TableName'>,
): AsyncGenerator<Attributes> {
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: query.IndexName === undefined,
        ...query,
        ExclusiveStartKey: start,
      }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}

/** The items of one partition whose sort keys begin with the prefix, in order. */
export function itemsUnder(table: Table, pk: string, prefix: string): AsyncGenerator<Attributes> {
  return queryItems(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
  });
}

export async function whetherConditionHeld(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
