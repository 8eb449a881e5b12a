import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { Documents } from '../../lib/store/documents.ts';
import { openDocuments, UNREADABLE } from '../../lib/store/documents.ts';
import { openTable } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let documents: Documents;

beforeAll(async () => {
  aws = await startTestAws();
  documents = openDocuments(openTable(aws.dynamodb, aws.tableName));
});
afterAll(() => aws.close());

const ORDER: DocumentRecord = {
  connectionId: 'acme',
  kind: 'purchase-order',
  id: 'order-1',
  number: 'PO-0001',
  supplier: 'Timber & Co',
  state: 'posted',
  total: '1234.50',
  currency: 'USD',
  version: '2026-11-22T03:00:00.000Z',
  procore: [{ type: 'commitment', id: '9007199254740993' }],
  decidedAt: '2026-11-22T03:01:00.000Z',
};

const parked = { state: 'parked', code: 'account-unmapped', message: 'No rule for 400' } as const;
const ids = (records: DocumentRecord[]) => records.map(({ id }) => id);

describe('a document', () => {
  it('comes back as it was decided', async () => {
    expect(await documents.put({ ...ORDER, connectionId: 'whole', ...parked })).toBe(true);
    expect(await documents.get('whole', 'order-1')).toEqual({ ...ORDER, connectionId: 'whole', ...parked });
    expect(await documents.get('whole', 'order-2')).toBeUndefined();
    expect(await documents.get('acme', 'order-1')).toBeUndefined();
  });

  it('is not set back by a run that read an older version', async () => {
    const row = { ...ORDER, connectionId: 'old' };
    await documents.put(row);
    const late = { ...row, ...parked, version: '2026-11-22T02:59:59.999Z' };
    expect(await documents.put(late)).toBe(false);
    expect(await documents.get('old', 'order-1')).toEqual(row);
  });

  it('is decided anew at the same version and at a newer one', async () => {
    const row = { ...ORDER, connectionId: 'new', ...parked };
    await documents.put(row);
    expect(await documents.put({ ...ORDER, connectionId: 'new' })).toBe(true);
    expect(await documents.get('new', 'order-1')).toEqual({ ...ORDER, connectionId: 'new' });
    expect(await documents.put({ ...row, version: '2026-11-22T03:00:00.001Z' })).toBe(true);
  });

  it('ends at the newest version in whatever order many runs write theirs', async () => {
    const versions = [5, 2, 9, 1, 7, 3, 8, 4, 6, 0].map((second) => `2026-11-22T03:00:0${second}.000Z`);
    await Promise.all(versions.map((version) => documents.put({ ...ORDER, connectionId: 'race', version })));
    expect((await documents.get('race', 'order-1'))?.version).toBe('2026-11-22T03:00:09.000Z');
  });
});

describe('the list of documents', () => {
  it('shows one connection, the one decided longest ago first', async () => {
    for (const [id, minute] of [
      ['c', 1],
      ['a', 3],
      ['b', 2],
    ] as const) {
      const decidedAt = `2026-11-22T03:0${minute}:00.000Z`;
      await documents.put({ ...ORDER, connectionId: 'listed', id, decidedAt });
    }
    await documents.put({ ...ORDER, connectionId: 'listed-too', id: 'd' });
    expect(ids(await documents.list('listed'))).toEqual(['c', 'b', 'a']);
    expect(ids(await documents.list('listed', { state: 'posted' }))).toEqual(['c', 'b', 'a']);
  });

  it('moves a document from one state to the other when it is released', async () => {
    const row = { ...ORDER, connectionId: 'moving' };
    await documents.put({ ...row, ...parked });
    await documents.put({ ...row, id: 'order-2', ...parked });
    await documents.put(row);
    expect(ids(await documents.list('moving', { state: 'parked' }))).toEqual(['order-2']);
    expect(ids(await documents.list('moving', { state: 'posted' }))).toEqual(['order-1']);
    expect(await documents.list('moving', { state: 'left-out' })).toEqual([]);
  });

  it('is complete beyond one page of DynamoDB (1 MB)', async () => {
    const message = 'x'.repeat(100_000);
    const numbers = Array.from({ length: 25 }, (_, index) => `order-${String(index).padStart(2, '0')}`);
    for (const id of numbers) await documents.put({ ...ORDER, connectionId: 'many', id, ...parked, message });
    expect(ids(await documents.list('many'))).toEqual(numbers);
    expect(ids(await documents.list('many', { state: 'parked' }))).toEqual(numbers);
  });

  it('finds every document of a number, an order and a bill that share it', async () => {
    await documents.put({ ...ORDER, connectionId: 'numbers', id: 'o' });
    await documents.put({ ...ORDER, connectionId: 'numbers', id: 'b', kind: 'bill' });
    await documents.put({ ...ORDER, connectionId: 'numbers', id: 'x', number: 'PO-0002' });
    expect(ids(await documents.findByNumber('numbers', 'PO-0001')).toSorted()).toEqual(['b', 'o']);
    expect(await documents.findByNumber('numbers', 'PO-1')).toEqual([]);
  });

  it('shows messages that nobody could read, apart from all connections', async () => {
    const message: DocumentRecord = {
      connectionId: UNREADABLE,
      kind: 'message',
      id: '5b1e-queue-id',
      number: '',
      supplier: '',
      state: 'parked',
      code: 'message-malformed',
      message: 'not JSON',
      total: '',
      currency: '',
      version: '',
      procore: [],
      decidedAt: '2026-11-22T03:00:00.000Z',
    };
    expect(await documents.put(message)).toBe(true);
    expect(await documents.put(message)).toBe(true);
    expect(await documents.list(UNREADABLE, { state: 'parked' })).toEqual([message]);
  });
});
