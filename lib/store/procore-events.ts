import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../core/ports.ts';
import type { Key } from './keys.ts';
import { keys } from './keys.ts';

/** What Procore's webhooks told, as long as they may repeat themselves. */
export interface ProcoreEvents {
  isKnown(companyId: string, eventId: string): Promise<boolean>;
  /** Kept for a day: Procore repeats a delivery for 12 hours. */
  remember(companyId: string, eventId: string): Promise<void>;
  /** Notes that the company's webhook works; written at most once a minute. */
  noteCall(companyId: string): Promise<void>;
  /** ISO instant of the last event, to the minute; undefined where none ever came. */
  lastCall(companyId: string): Promise<string | undefined>;
}

const KEPT_SECONDS = 86_400;
const NOTE_EVERY_MS = 60_000;

/** Speaks DynamoDB's own item format, as the directory does: procore-webhook loads it at cold start. */
export function openProcoreEvents(client: DynamoDBClient, tableName: string, clock: Clock): ProcoreEvents {
  const noted = new Map<string, number>();
  const read = async (key: Key) => {
    const command = new GetItemCommand({ TableName: tableName, Key: toItem(key), ConsistentRead: true });
    return (await client.send(command)).Item;
  };
  return {
    async isKnown(companyId, eventId) {
      return (await read(keys.procoreEvent(companyId, eventId))) !== undefined;
    },
    async remember(companyId, eventId) {
      const expiresAt = Math.ceil(clock.now().getTime() / 1000) + KEPT_SECONDS;
      const Item = { ...toItem(keys.procoreEvent(companyId, eventId)), expiresAt: { N: String(expiresAt) } };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },
    async noteCall(companyId) {
      const now = clock.now().getTime();
      if (now - (noted.get(companyId) ?? Number.NEGATIVE_INFINITY) < NOTE_EVERY_MS) return;
      noted.set(companyId, now);
      await putUnlessRecent(companyId, now);
    },
    async lastCall(companyId) {
      return (await read(keys.lastProcoreEvent(companyId)))?.at?.S;
    },
  };

  /** Several processes receive at once. */
  async function putUnlessRecent(companyId: string, now: number): Promise<void> {
    const command = new PutItemCommand({
      TableName: tableName,
      Item: { ...toItem(keys.lastProcoreEvent(companyId)), at: { S: new Date(now).toISOString() } },
      ConditionExpression: 'attribute_not_exists(pk) OR #at <= :recent',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':recent': { S: new Date(now - NOTE_EVERY_MS).toISOString() } },
    });
    try {
      await client.send(command);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

function toItem({ pk, sk }: Key) {
  return { pk: { S: pk }, sk: { S: sk } };
}
