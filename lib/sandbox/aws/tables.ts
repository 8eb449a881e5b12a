import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { CreateTableCommandInput, TableDescription } from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { RunningServer } from './http-server.ts';
import { clientOptions } from './identity.ts';
import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

type Index = NonNullable<CreateTableCommandInput['GlobalSecondaryIndexes']>[number];

/** The tables of the template, with their keys and indexes. */
export function readTables(template: Template, resolve: Resolve): CreateTableCommandInput[] {
  const types = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
  return resourcesOf(template, ...types).map(([id, properties]) => {
    const own = resolve(
      {
        AttributeDefinitions: properties.AttributeDefinitions,
        KeySchema: properties.KeySchema,
        GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes ?? [],
      },
      id,
    ) as { GlobalSecondaryIndexes: Index[] } & CreateTableCommandInput;
    const indexes = own.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    return {
      TableName: String(resolve({ Ref: id }, id)),
      AttributeDefinitions: own.AttributeDefinitions,
      KeySchema: own.KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    };
  });
}

/** Serves DynamoDB with these tables: kept in the folder where one is given, else in memory. */
export async function startTables(
  tables: CreateTableCommandInput[],
  dataFolder?: string,
): Promise<RunningServer> {
  if (dataFolder) mkdirSync(dataFolder, { recursive: true });
  const server = dynalite({ createTableMs: 0, ...(dataFolder && { path: dataFolder }) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const client = new DynamoDBClient({ ...clientOptions, endpoint: url });
  try {
    for (const table of tables) await ensureTable(client, table);
  } catch (error) {
    await close();
    throw error;
  } finally {
    client.destroy();
  }
  return { url, close };
}

async function ensureTable(client: DynamoDBClient, wanted: CreateTableCommandInput) {
  const found = await describe(client, wanted.TableName!);
  if (!found) {
    await client.send(new CreateTableCommand(wanted));
    while ((await describe(client, wanted.TableName!))?.TableStatus !== 'ACTIVE');
  } else if (shape(found) !== shape(wanted)) {
    throw new Error(
      `The data folder holds the table ${wanted.TableName} with other keys: start with another folder`,
    );
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function shape({
  KeySchema,
  GlobalSecondaryIndexes = [],
}: CreateTableCommandInput | TableDescription): string {
  const keys = (schema: typeof KeySchema) =>
    schema?.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`);
  const indexes = GlobalSecondaryIndexes.map((index) => [index.IndexName, keys(index.KeySchema)]);
  return JSON.stringify([keys(KeySchema), indexes.sort()]);
}
