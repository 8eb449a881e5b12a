import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../lib/core/links.ts';
import type { Audit } from '../../lib/store/audit.ts';
import { openAudit, verify } from '../../lib/store/audit.ts';
import { keys } from '../../lib/store/keys.ts';
import type { Table } from '../../lib/store/table.ts';
import { openTable } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let table: Table;
let audit: Audit;

beforeAll(async () => {
  aws = await startTestAws();
  table = openTable(aws.dynamodb, aws.tableName);
  audit = openAudit(table);
});
afterAll(() => aws.close());

const at = '2026-11-22T03:00:00.000Z';
const EVENTS = ['received', 'fetched', 'planned', 'written', 'posted'] as const;

async function trail(documentId: string): Promise<AuditEntry[]> {
  for (const event of EVENTS) {
    await audit.append('acme', documentId, {
      at,
      event,
      detail: { step: event, amount: 12.5, ids: ['b', 'a'] },
    });
  }
  return audit.list('acme', documentId);
}

describe('the audit trail', () => {
  it('lists what happened to a document in order, numbered without gaps', async () => {
    const entries = await trail('whole');
    expect(entries.map(({ sequence, event }) => [sequence, event])).toEqual(
      EVENTS.map((event, index) => [index + 1, event]),
    );
    expect(entries[0]).toMatchObject({ at, detail: { step: 'received', amount: 12.5, ids: ['b', 'a'] } });
    expect(verify(entries)).toBeUndefined();
  });

  it('is whole when it is empty', async () => {
    expect(verify(await audit.list('acme', 'unheard of'))).toBeUndefined();
  });

  it('stays whole beyond the tenth and the hundredth entry', async () => {
    for (let count = 0; count < 101; count++) {
      await audit.append('acme', 'long', { at, event: 'retried', detail: { count } });
    }
    const entries = await audit.list('acme', 'long');
    expect(entries.map(({ detail }) => detail.count)).toEqual(
      Array.from({ length: 101 }, (_, count) => count),
    );
    expect(verify(entries)).toBeUndefined();
  });

  it('keeps every entry of twenty workers that write at once, equal ones too', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () => audit.append('acme', 'busy', { at, event: 'received', detail: {} })),
    );
    const entries = await audit.list('acme', 'busy');
    expect(entries).toHaveLength(20);
    expect(verify(entries)).toBeUndefined();
  });

  it('stays whole when the database gives the keys of a detail in another order', async () => {
    await audit.append('acme', 'keys', { at, event: 'planned', detail: { zebra: 1, ant: 2, Bee: 3 } });
    const [entry] = await audit.list('acme', 'keys');
    const orders = [
      ['zebra', 'ant', 'Bee'],
      ['ant', 'Bee', 'zebra'],
      ['Bee', 'zebra', 'ant'],
    ];
    for (const order of orders) {
      const detail = Object.fromEntries(order.map((name) => [name, entry!.detail[name]!]));
      expect(verify([{ ...entry!, detail }])).toBeUndefined();
    }
  });
});

describe('a trail that somebody tampered with', () => {
  it('shows the entry whose detail was changed in the table', async () => {
    await trail('changed');
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keys.audit('acme', 'changed', 3),
        UpdateExpression: 'SET detail.amount = :amount',
        ExpressionAttributeValues: { ':amount': 99 },
      }),
    );
    expect(verify(await audit.list('acme', 'changed'))).toBe(3);
  });

  it.each([1, 2, 4])('shows that entry %i was deleted', async (sequence) => {
    const document = `deleted-${sequence}`;
    await trail(document);
    await table.client.send(
      new DeleteCommand({ TableName: table.name, Key: keys.audit('acme', document, sequence) }),
    );
    expect(verify(await audit.list('acme', document))).toBe(sequence);
  });

  it('shows an entry that was replaced by one with a right hash of its own', async () => {
    const [first, second, ...rest] = await trail('replaced');
    const [, foreign] = await trail('another');
    expect(foreign).toEqual(second);
    await audit.append('acme', 'forged', { at, event: 'received', detail: { other: 'beginning' } });
    const forged = await audit.append('acme', 'forged', { at, event: 'fetched', detail: {} });
    expect(verify([first!, forged, ...rest])).toBe(2);
  });

  it('shows entries in the wrong order', async () => {
    const [first, second, ...rest] = await trail('swapped');
    expect(verify([second!, first!, ...rest])).toBe(1);
  });
});
