import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keys } from '../../lib/store/keys.ts';
import type { Table } from '../../lib/store/table.ts';
import { openTable, queryItems } from '../../lib/store/table.ts';
import type { Tables } from '../../lib/store/tables.ts';
import { openTables } from '../../lib/store/tables.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';
import { testClock } from '../support/clock.ts';

let aws: TestAws;
let store: Table;
let tables: Tables;
const clock = testClock('2026-11-22T03:00:00.000Z');

beforeAll(async () => {
  aws = await startTestAws();
  store = openTable(aws.dynamodb, aws.tableName);
  tables = openTables(store, clock);
});
afterAll(() => aws.close());

const rule = (account: string) => ({ account, target: { costCode: '03-300', costType: 'Materials' } });
const rules = (count: number, note: string) =>
  Array.from({ length: count }, (_, index) => ({ ...rule(String(index)), note: note.repeat(100) }));

/** The store of a process that is killed at its nth call to DynamoDB. */
function killedAt(call: number): Table {
  let calls = 0;
  const client = new Proxy(store.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return (command: Parameters<typeof target.send>[0]) =>
        ++calls < call ? target.send(command) : Promise.reject(new Error('killed'));
    },
  });
  return { ...store, client };
}

function chunkItems(connectionId: string) {
  const query = {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.rows(connectionId, 'cost-codes') },
  };
  return Array.fromAsync(queryItems(store, query)) as Promise<{ rows: string; expiresAt?: number }[]>;
}

describe('a rule table', () => {
  it('is empty before the first import', async () => {
    expect(await tables.read('new', 'cost-codes')).toEqual({ version: 0, rows: [] });
  });

  it('is replaced as a whole, each time as a new version', async () => {
    expect(await tables.replace('acme', 'cost-codes', [rule('400'), rule('401')])).toBe(1);
    expect(await tables.replace('acme', 'cost-codes', [rule('500')])).toBe(2);
    expect(await tables.read('acme', 'cost-codes')).toEqual({ version: 2, rows: [rule('500')] });
  });

  it('can be emptied', async () => {
    await tables.replace('emptied', 'cost-codes', [rule('400')]);
    await tables.replace('emptied', 'cost-codes', []);
    expect(await tables.read('emptied', 'cost-codes')).toEqual({ version: 2, rows: [] });
  });

  it('is kept apart by connection and kind', async () => {
    await tables.replace('apart', 'projects', [{ option: 'Harbour', project: 'P-1' }]);
    expect((await tables.read('apart', 'cost-codes')).rows).toEqual([]);
    expect((await tables.read('apart-2', 'projects')).rows).toEqual([]);
  });

  it('keeps 10,000 rules in their order, text in any script, over several items', async () => {
    const rows = rules(10_000, 'é木');
    await tables.replace('large', 'cost-codes', rows);
    const sizes = (await chunkItems('large')).map((chunk) => Buffer.byteLength(chunk.rows));
    expect(sizes.length).toBeGreaterThan(15);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(300_000);
    expect((await tables.read('large', 'cost-codes')).rows).toEqual(rows);
  });

  it('is the old one or the new one, wherever the import is killed', async () => {
    const before = rules(1500, 'old ');
    const after = rules(1500, 'new ');
    const seen: string[] = [];
    for (let call = 1; ; call++) {
      await tables.replace('killed', 'cost-codes', before);
      const outcome = await openTables(killedAt(call), clock)
        .replace('killed', 'cost-codes', after)
        .then(
          () => 'finished',
          (error: Error) => error.message,
        );
      const { rows } = await tables.read('killed', 'cost-codes');
      expect([before, after]).toContainEqual(rows);
      seen.push(`${outcome}: ${JSON.stringify(rows) === JSON.stringify(before) ? 'old' : 'new'}`);
      if (outcome === 'finished') break;
    }
    // Pointer, three chunks, pointer; then three old chunks are marked for deletion.
    expect(seen).toEqual([
      ...Array.from({ length: 5 }, () => 'killed: old'),
      ...Array.from({ length: 3 }, () => 'killed: new'),
      'finished: new',
    ]);
  });

  it('goes to one of two people who import at once, and the other is told', async () => {
    const outcomes = await Promise.allSettled([
      tables.replace('race', 'cost-codes', [rule('1')]),
      tables.replace('race', 'cost-codes', [rule('2')]),
    ]);
    const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map(({ reason }) => reason.name)).toEqual(['WriteConflict']);
    expect((await tables.read('race', 'cost-codes')).rows).toEqual([rule(String(won + 1))]);
  });

  it('leaves the replaced rows in the table for 400 days', async () => {
    await tables.replace('history', 'cost-codes', [rule('old')]);
    await tables.replace('history', 'cost-codes', [rule('new')]);
    const items = await chunkItems('history');
    expect(items.find(({ rows }) => rows.includes('old'))?.expiresAt).toBe(
      Date.parse('2027-12-27T03:00:00.000Z') / 1000,
    );
    expect(items.find(({ rows }) => rows.includes('new'))).not.toHaveProperty('expiresAt');
  });

  it('keeps the note of every version, the latest first, and the rows of each', async () => {
    const note = (how: string) => ({ by: 'maria', how, rows: 1, added: 1, removed: 0, changed: 0 });
    await tables.replace('noted', 'cost-codes', [rule('1')], { note: note('import') });
    await tables.replace('noted', 'cost-codes', [rule('2')], { over: 1, note: note('undo') });
    const at = '2026-11-22T03:00:00.000Z';
    expect(await tables.versions('noted', 'cost-codes')).toEqual([
      { version: 2, at, ...note('undo') },
      { version: 1, at, ...note('import') },
    ]);
    expect(await tables.rowsOf('noted', 'cost-codes', 1)).toEqual([rule('1')]);
    expect(await tables.rowsOf('noted', 'cost-codes', 2)).toEqual([rule('2')]);
    expect(await tables.rowsOf('noted', 'cost-codes', 3)).toBeUndefined();
  });

  it('is not replaced over a version that is no longer in force', async () => {
    await tables.replace('over', 'cost-codes', [rule('1')], { over: 0 });
    await expect(tables.replace('over', 'cost-codes', [], { over: 0 })).rejects.toMatchObject({
      name: 'WriteConflict',
    });
    expect((await tables.read('over', 'cost-codes')).rows).toEqual([rule('1')]);
  });

  it('misses no version that was in force, wherever an import is killed', async () => {
    const note = { by: 'maria', how: 'import', rows: 1, added: 1, removed: 0, changed: 0 };
    await tables.replace('missed', 'cost-codes', [rule('0')], { note });
    for (let call = 1; call <= 6; call++) {
      const killed = openTables(killedAt(call), clock).replace('missed', 'cost-codes', [rule(String(call))], {
        note,
      });
      await killed.catch(() => undefined);
      const { version, rows } = await tables.read('missed', 'cost-codes');
      const versions = (await tables.versions('missed', 'cost-codes')).map((it) => it.version);
      expect(versions).toEqual(Array.from({ length: version }, (_, index) => version - index));
      expect(await tables.rowsOf('missed', 'cost-codes', version)).toEqual(rows);
    }
  });
});
