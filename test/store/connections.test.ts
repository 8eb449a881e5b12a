import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from '../../lib/core/connection.ts';
import { parseSettings } from '../../lib/store/connection-schema.ts';
import type { Connections } from '../../lib/store/connections.ts';
import { openConnections } from '../../lib/store/connections.ts';
import { keys } from '../../lib/store/keys.ts';
import type { Table } from '../../lib/store/table.ts';
import { openTable, putItem } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { createTable, startTestAws } from '../support/aws.ts';

let aws: TestAws;
let table: Table;
let connections: Connections;

beforeAll(async () => {
  aws = await startTestAws();
});
beforeEach(async () => {
  table = openTable(aws.dynamodb, await createTable(aws.dynamodb));
  connections = openConnections(table);
});
afterAll(() => aws.close());

const ACME: Connection = {
  id: 'acme',
  name: 'Acme Builders',
  state: 'live',
  xero: { grant: 'refresh_token', clientId: 'x-1', organisation: 'Acme Builders Inc', currency: 'USD' },
  procore: { clientId: 'p-1', companyId: '9007199254740993' },
  settings: parseSettings({ defaultProject: 'P-100', pollMinutes: 5 }, '2026-11-22'),
  createdAt: '2026-11-22T03:00:00.000Z',
};

describe('connections', () => {
  it('returns what was connected, a company id beyond 2^53 included', async () => {
    await connections.create(ACME);
    expect(await connections.get('acme')).toEqual({ ...ACME, revision: 1 });
  });

  it('knows no connection that was never made', async () => {
    expect(await connections.get('acme')).toBeUndefined();
    expect(await connections.list()).toEqual([]);
  });

  it('refuses to connect the same organisation twice and leaves the first connection as it is', async () => {
    await connections.create(ACME);
    await expect(connections.create({ ...ACME, name: 'Again' })).rejects.toMatchObject({
      name: 'BadInput',
      code: 'connection-exists',
    });
    expect((await connections.get('acme'))?.name).toBe('Acme Builders');
  });

  it('lists all connections by id and finds one by its exact name', async () => {
    for (const id of ['c', 'a', 'b']) await connections.create({ ...ACME, id, name: `Builders ${id}` });
    expect((await connections.list()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect((await connections.findByName('Builders b'))?.id).toBe('b');
    expect(await connections.findByName('builders b')).toBeUndefined();
  });

  it('marks a connection as broken and, mended, forgets why', async () => {
    const made = await connections.create(ACME);
    const broken = await connections.update({ ...made, state: 'broken', code: 'xero-consent-lost' });
    expect((await connections.get('acme'))?.code).toBe('xero-consent-lost');
    const { code: _, ...mended } = broken;
    await connections.update({ ...mended, state: 'live' });
    expect(await connections.get('acme')).toEqual({ ...ACME, revision: 3 });
  });

  it('does not let a token refresh undo settings that a person changed meanwhile', async () => {
    const read = await connections.create(ACME);
    await connections.update({ ...read, settings: { ...read.settings, nearMatch: 'create' } });
    await expect(connections.update({ ...read, state: 'broken' })).rejects.toMatchObject({
      name: 'WriteConflict',
      code: 'lease-held',
    });
    expect(await connections.get('acme')).toMatchObject({ state: 'live', settings: { nearMatch: 'create' } });
  });

  it('does not bring back a connection by updating it', async () => {
    await expect(connections.update({ ...ACME, revision: 4 })).rejects.toMatchObject({
      name: 'WriteConflict',
    });
  });

  it('is removed as it was read, once and for all, and its name is free again', async () => {
    const read = await connections.create(ACME);
    const paused = await connections.update({ ...read, pausedSince: '2026-11-22T04:00:00.000Z' });
    await expect(connections.remove(read)).rejects.toMatchObject({ name: 'WriteConflict' });
    expect(await connections.get('acme')).toMatchObject({ pausedSince: '2026-11-22T04:00:00.000Z' });
    await connections.remove(paused);
    await connections.remove(paused);
    expect(await connections.list()).toEqual([]);
    await connections.create(ACME);
  });

  it('gives a connection of an earlier release the default of a setting that it lacks', async () => {
    const { nearMatch: _, ...settings } = ACME.settings;
    await putItem(table, { ...ACME, settings, ...keys.connection('acme'), revision: 1 });
    expect((await connections.get('acme'))?.settings.nearMatch).toBe('ask');
  });

  it('fails rather than work with a connection item that was damaged', async () => {
    await putItem(table, { ...ACME, state: 'asleep', ...keys.connection('acme'), revision: 1 });
    await expect(connections.get('acme')).rejects.toThrow();
  });
});
