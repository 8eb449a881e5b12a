import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Consents } from '../../lib/store/consents.ts';
import { openConsents } from '../../lib/store/consents.ts';
import { keys } from '../../lib/store/keys.ts';
import type { Table } from '../../lib/store/table.ts';
import { openTable } from '../../lib/store/table.ts';
import { WriteConflict } from '../../lib/store/write-conflict.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let table: Table;
let consents: Consents;

beforeAll(async () => {
  aws = await startTestAws();
  table = openTable(aws.dynamodb, aws.tableName);
  consents = openConsents(table);
});
afterAll(() => aws.close());

const sealed = Uint8Array.of(1, 2, 3);
const until = '2026-11-22T10:00:00.000Z';

describe('attempts to get a consent', () => {
  it('come back as they were sealed', async () => {
    expect(await consents.attempt('a')).toBeUndefined();
    const revision = await consents.putAttempt('a', { sealed, until }, 0);
    const { sealed: found, ...rest } = (await consents.attempt('a'))!;
    expect([...found]).toEqual([1, 2, 3]);
    expect(rest).toEqual({ until, revision });
  });

  it('are deleted by DynamoDB an hour after their end, visits included', async () => {
    await consents.putAttempt('b', { sealed, until }, 0);
    await consents.putVisit('b', 'hash', { sealed, until }, 0);
    for (const Key of [keys.consent('b'), keys.consentVisit('b', 'hash')]) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
      expect(Item?.expiresAt).toBe(Date.parse('2026-11-22T11:00:00.000Z') / 1000);
    }
  });

  it('are replaced as they were read, or not at all', async () => {
    const first = await consents.putAttempt('c', { sealed, until }, 0);
    await consents.putAttempt('c', { sealed, until }, first);
    await expect(consents.putAttempt('c', { sealed, until }, first)).rejects.toBeInstanceOf(WriteConflict);
    await expect(consents.putAttempt('c', { sealed, until }, 0)).rejects.toBeInstanceOf(WriteConflict);
  });

  it('have visits of their own, each used by one alone', async () => {
    const read = await consents.putVisit('d', 'one', { sealed, until }, 0);
    expect(await consents.visit('d', 'two')).toBeUndefined();
    expect(await consents.visit('other', 'one')).toBeUndefined();
    const uses = await Promise.allSettled(
      [1, 2, 3].map((by) => consents.putVisit('d', 'one', { sealed: Uint8Array.of(by), until }, read)),
    );
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
