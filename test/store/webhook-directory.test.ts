import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebhookDirectoryStore } from '../../lib/store/webhook-directory.ts';
import { openWebhookDirectory } from '../../lib/store/webhook-directory.ts';
import type { TestAws } from '../support/aws.ts';
import { createTable, startTestAws } from '../support/aws.ts';

let aws: TestAws;
let directory: WebhookDirectoryStore;

beforeAll(async () => {
  aws = await startTestAws();
});
beforeEach(async () => {
  directory = openWebhookDirectory(aws.dynamodb, await createTable(aws.dynamodb));
});
afterAll(() => aws.close());

const sealed = Uint8Array.of(9, 8, 7);

describe('the webhook directory', () => {
  it('is absent before the first connection', async () => {
    expect(await directory.read()).toBeUndefined();
  });

  it('comes back with its sealed keys and the tenant of every connection', async () => {
    const tenants = { a1: 'acme', b2: 'bolt' };
    const revision = await directory.write({ sealed, tenants }, 0);
    const found = (await directory.read())!;
    expect([...found.sealed]).toEqual([9, 8, 7]);
    expect(found).toMatchObject({ tenants, revision });
  });

  it('holds a thousand tenants in its one item', async () => {
    const tenants = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        index.toString(16).padStart(64, '0'),
        `3f1c5a52-0000-4000-8000-${String(index).padStart(12, '0')}`,
      ]),
    );
    await directory.write({ sealed, tenants }, 0);
    expect((await directory.read())?.tenants).toEqual(tenants);
  });

  it('loses no tenant when two organisations are connected at once: the second is told to read again', async () => {
    const revision = await directory.write({ sealed, tenants: { a1: 'acme' } }, 0);
    const outcomes = await Promise.allSettled([
      directory.write({ sealed, tenants: { a1: 'acme', b2: 'bolt' } }, revision),
      directory.write({ sealed, tenants: { a1: 'acme', c3: 'crane' } }, revision),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({ name: 'WriteConflict', code: 'lease-held' });
    expect((await directory.read())?.revision).toBe(2);
  });

  it('is not started over where there is one', async () => {
    await directory.write({ sealed, tenants: { a1: 'acme' } }, 0);
    await expect(directory.write({ sealed, tenants: {} }, 0)).rejects.toMatchObject({ code: 'lease-held' });
    expect((await directory.read())?.tenants).toEqual({ a1: 'acme' });
  });
});
