import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Secrets } from '../../lib/store/secrets.ts';
import { openSecrets } from '../../lib/store/secrets.ts';
import { openTable } from '../../lib/store/table.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let secrets: Secrets;

beforeAll(async () => {
  aws = await startTestAws();
  secrets = openSecrets(openTable(aws.dynamodb, aws.tableName));
});
afterAll(() => aws.close());

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('sealed secrets', () => {
  it('come back byte for byte with the end of what is inside', async () => {
    const sealed = Uint8Array.from({ length: 256 }, (_, index) => index);
    const revision = await secrets.put('acme', 'xero-tokens', sealed, {
      expiresAt: '2026-11-22T03:30:00.000Z',
    });
    const found = await secrets.get('acme', 'xero-tokens');
    expect([...found!.sealed]).toEqual([...sealed]);
    expect(found).toMatchObject({ revision, expiresAt: '2026-11-22T03:30:00.000Z' });
  });

  it('are kept apart by connection and purpose', async () => {
    await secrets.put('apart', 'xero-client', bytes(1));
    expect(await secrets.get('apart', 'procore-client')).toBeUndefined();
    expect(await secrets.get('other', 'xero-client')).toBeUndefined();
  });

  it('lose the end of the former secret when the new one has none', async () => {
    await secrets.put('ending', 'token', bytes(1), { expiresAt: '2026-11-22T03:30:00.000Z' });
    await secrets.put('ending', 'token', bytes(2));
    expect(await secrets.get('ending', 'token')).not.toHaveProperty('expiresAt');
  });

  it('let one of two refreshers store its rotated token, and tell the other', async () => {
    const first = await secrets.put('rotating', 'xero-tokens', bytes(0));
    const outcomes = await Promise.allSettled([
      secrets.put('rotating', 'xero-tokens', bytes(1), { expectedRevision: first }),
      secrets.put('rotating', 'xero-tokens', bytes(2), { expectedRevision: first }),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({ name: 'WriteConflict', code: 'lease-held' });
    const winner = outcomes[0].status === 'fulfilled' ? 1 : 2;
    const found = await secrets.get('rotating', 'xero-tokens');
    expect([...found!.sealed]).toEqual([winner]);
    expect(found!.revision).toBe(first + 1);
  });

  it('are not overwritten by who expects that there is none yet', async () => {
    await secrets.put('taken', 'token', bytes(1), { expectedRevision: 0 });
    await expect(secrets.put('taken', 'token', bytes(2), { expectedRevision: 0 })).rejects.toMatchObject({
      name: 'WriteConflict',
    });
    expect([...(await secrets.get('taken', 'token'))!.sealed]).toEqual([1]);
  });

  it('all get through where nobody says what they expect, one after the other', async () => {
    const revisions = await Promise.all([1, 2, 3].map((value) => secrets.put('free', 'token', bytes(value))));
    expect(revisions.toSorted()).toEqual([1, 2, 3]);
  });

  it('are gone once they are removed, each for itself, however often', async () => {
    await secrets.put('leaving', 'token', bytes(1));
    await secrets.put('leaving', 'client', bytes(2));
    await secrets.remove('leaving', 'token');
    await secrets.remove('leaving', 'token');
    expect(await secrets.get('leaving', 'token')).toBeUndefined();
    expect([...(await secrets.get('leaving', 'client'))!.sealed]).toEqual([2]);
  });
});
