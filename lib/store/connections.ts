import type { Connection } from '../core/connection.ts';
import { BadInput } from '../core/errors.ts';
import { connectionSchema } from './connection-schema.ts';
import { keys } from './keys.ts';
import type { Attributes, Revised, Table } from './table.ts';
import { getItem, putRevised, queryItems, removeItem } from './table.ts';
import { WriteConflict } from './write-conflict.ts';

export interface Connections {
  get(id: string): Promise<Revised<Connection> | undefined>;
  /** All of them, by id. */
  list(): Promise<Revised<Connection>[]>;
  /** The connection of exactly this name, if there is one. */
  findByName(name: string): Promise<Revised<Connection> | undefined>;
  /** Throws BadInput('connection-exists') when the id is taken. */
  create(connection: Connection): Promise<Revised<Connection>>;
  /** Replaces it as it was read. Throws WriteConflict when somebody else changed or removed it since. */
  update(connection: Revised<Connection>): Promise<Revised<Connection>>;
  /** Throws WriteConflict when somebody else changed it since it was read. Does nothing where it is already gone. */
  remove(connection: Revised<Connection>): Promise<void>;
}

export function openConnections(table: Table): Connections {
  async function list(): Promise<Revised<Connection>[]> {
    const items = queryItems(table, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.connections },
    });
    return (await Array.fromAsync(items)).map(parse);
  }

  async function put(connection: Connection, expected: number): Promise<Revised<Connection>> {
    const stored = connectionSchema.parse(connection);
    const revision = await putRevised(table, keys.connection(connection.id), stored, expected);
    return { ...stored, revision };
  }

  return {
    list,
    async get(id) {
      const item = await getItem(table, keys.connection(id));
      return item && parse(item);
    },
    async findByName(name) {
      return (await list()).find((connection) => connection.name === name);
    },
    async create(connection) {
      try {
        return await put(connection, 0);
      } catch (error) {
        if (!(error instanceof WriteConflict)) throw error;
        throw new BadInput('connection-exists', { facts: { connection: connection.id }, cause: error });
      }
    },
    update: (connection) => put(connection, connection.revision),
    remove: ({ id, revision }) => removeItem(table, keys.connection(id), revision),
  };
}

function parse(item: Attributes): Revised<Connection> {
  return { ...connectionSchema.parse(item), revision: Number(item.revision) };
}
