import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Vault } from '../../../lib/aws/vault.ts';
import { openVault } from '../../../lib/aws/vault.ts';
import type { DirectoryCache } from '../../../lib/flows/webhook/webhook-directory.ts';
import {
  addToDirectory,
  cacheDirectory,
  ownerOfTenant,
  removeFromDirectory,
} from '../../../lib/flows/webhook/webhook-directory.ts';
import type { WebhookDirectoryStore } from '../../../lib/store/webhook-directory.ts';
import { openWebhookDirectory } from '../../../lib/store/webhook-directory.ts';
import type { TestAws } from '../../support/aws.ts';
import { createTable, startTestAws } from '../../support/aws.ts';
import type { TestClock } from '../../support/clock.ts';
import { testClock } from '../../support/clock.ts';

const ACME = {
  tenantId: '3f1c5a52-7a41-4c39-9d0b-1f1f54a0c0de',
  webhookKey: 'key of app one',
  connectionId: 'acme',
};
const BOLT = {
  tenantId: '9b1d0a77-2a3e-4a37-8f4c-5a5d2d9e7b10',
  webhookKey: 'key of app two',
  connectionId: 'bolt',
};

let aws: TestAws;
let vault: Vault;
let stored: WebhookDirectoryStore;
let reads: number;
let outage: Error | undefined;
let clock: TestClock;
let cache: DirectoryCache;
let sealing: { directory: WebhookDirectoryStore; vault: Vault };

beforeAll(async () => {
  aws = await startTestAws();
});
beforeEach(async () => {
  vault = openVault(aws.kms, aws.keyId);
  stored = openWebhookDirectory(aws.dynamodb, await createTable(aws.dynamodb));
  reads = 0;
  outage = undefined;
  const directory = {
    ...stored,
    async read() {
      reads += 1;
      if (outage) throw outage;
      return stored.read();
    },
  };
  sealing = { directory, vault };
  clock = testClock('2026-11-22T09:00:00Z');
  cache = cacheDirectory(sealing, clock);
});
afterAll(() => aws.close());

describe('the webhook directory', () => {
  it('knows no key and no tenant before the first connection', async () => {
    const open = await cache.current();
    expect(open.webhookKeys).toEqual([]);
    expect(open.connectionOf(ACME.tenantId)).toBeUndefined();
  });

  it('leads from the tenants to their connections, and holds the keys of all their apps', async () => {
    await addToDirectory(sealing, ACME);
    await addToDirectory(sealing, BOLT);
    const open = await cache.current();
    expect(open.webhookKeys).toEqual(['key of app one', 'key of app two']);
    expect(open.connectionOf(ACME.tenantId)).toBe('acme');
    expect(open.connectionOf(BOLT.tenantId.toUpperCase())).toBe('bolt');
    expect(open.connectionOf('constructor')).toBeUndefined();
  });

  it('holds the key once that several organisations of one app share', async () => {
    await addToDirectory(sealing, ACME);
    await addToDirectory(sealing, { ...BOLT, webhookKey: ACME.webhookKey });
    await addToDirectory(sealing, ACME);
    expect((await cache.current()).webhookKeys).toEqual(['key of app one']);
  });

  it('shows neither tenants nor keys to whoever reads the table', async () => {
    await addToDirectory(sealing, ACME);
    const { sealed, tenants } = (await stored.read())!;
    const bytes = Buffer.from(sealed).toString('latin1');
    expect(bytes).not.toContain(ACME.webhookKey);
    expect(JSON.stringify(tenants)).not.toContain(ACME.tenantId);
    expect(Object.keys(tenants)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('hashes the same tenant otherwise in another deployment', async () => {
    await addToDirectory(sealing, ACME);
    const other = openWebhookDirectory(aws.dynamodb, await createTable(aws.dynamodb));
    await addToDirectory({ directory: other, vault }, ACME);
    const [here, there] = await Promise.all([stored.read(), other.read()]);
    expect(Object.keys(here!.tenants)).not.toEqual(Object.keys(there!.tenants));
  });

  it('gives a tenant to one connection only', async () => {
    await addToDirectory(sealing, ACME);
    await expect(addToDirectory(sealing, { ...ACME, connectionId: 'rival' })).rejects.toMatchObject({
      code: 'connection-exists',
      facts: { connection: 'acme' },
    });
    expect(await ownerOfTenant(sealing, ACME.tenantId)).toBe('acme');
  });

  it('hands a tenant over where the owner gives it up, and forgets a key that was replaced', async () => {
    await addToDirectory(sealing, ACME);
    await addToDirectory(sealing, {
      ...ACME,
      connectionId: 'acme-2',
      insteadOf: 'acme',
      webhookKey: 'new key',
      retiredKey: ACME.webhookKey,
    });
    const open = await cache.current();
    expect(open.connectionOf(ACME.tenantId)).toBe('acme-2');
    expect(open.webhookKeys).toEqual(['new key']);
  });

  it('lets a connection take out its own tenant and no other', async () => {
    await addToDirectory(sealing, ACME);
    await removeFromDirectory(sealing, { tenantId: ACME.tenantId, connectionId: 'bolt' });
    expect(await ownerOfTenant(sealing, ACME.tenantId)).toBe('acme');
    await removeFromDirectory(sealing, { tenantId: ACME.tenantId, connectionId: 'acme' });
    expect(await ownerOfTenant(sealing, ACME.tenantId)).toBeUndefined();
  });

  it('loses no organisation when two are connected at once: the second is told to try again', async () => {
    await addToDirectory(sealing, ACME);
    const third = { ...BOLT, tenantId: 'c0ffee00-0000-4000-8000-000000000003', connectionId: 'crane' };
    const outcomes = await Promise.allSettled([
      addToDirectory(sealing, BOLT),
      addToDirectory(sealing, third),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason)).toEqual([expect.objectContaining({ code: 'lease-held' })]);
    const open = await cache.current();
    expect(open.connectionOf(ACME.tenantId)).toBe('acme');
    expect([BOLT, third].filter(({ tenantId }) => open.connectionOf(tenantId))).toHaveLength(1);
  });

  it('does not open as a secret of another purpose', async () => {
    await addToDirectory(sealing, ACME);
    const { sealed } = (await stored.read())!;
    await expect(vault.open(sealed, { connection: '*', purpose: 'xero-token' })).rejects.toMatchObject({
      code: 'secret-unreadable',
    });
  });
});

describe('what a warm function keeps of the directory', () => {
  beforeEach(() => addToDirectory(sealing, ACME).then(() => (reads = 0)));

  it('is read once for a thousand deliveries, the first of them at the same moment', async () => {
    await Promise.all(Array.from({ length: 1000 }, () => cache.current()));
    clock.advance(86_400_000);
    await cache.current();
    expect(reads).toBe(1);
  });

  it('is read anew at most once in 5 seconds, however many ask', async () => {
    await cache.current();
    clock.advance(5000);
    await Promise.all(Array.from({ length: 100 }, () => cache.reread()));
    expect(reads).toBe(2);
    clock.advance(4999);
    await cache.reread();
    expect(reads).toBe(2);
    clock.advance(1);
    await cache.reread();
    expect(reads).toBe(3);
  });

  it('is not read again by whoever asks just after the first read', async () => {
    await cache.reread();
    await cache.reread();
    expect(reads).toBe(1);
  });

  it('is what was read last', async () => {
    await cache.current();
    await addToDirectory(sealing, BOLT);
    clock.advance(5000);
    expect((await cache.reread()).connectionOf(BOLT.tenantId)).toBe('bolt');
    expect((await cache.current()).connectionOf(BOLT.tenantId)).toBe('bolt');
  });

  it('is read at the next delivery where the first read failed', async () => {
    outage = new Error('DynamoDB is not there');
    await expect(cache.current()).rejects.toThrow('DynamoDB is not there');
    outage = undefined;
    expect((await cache.current()).connectionOf(ACME.tenantId)).toBe('acme');
  });

  it('outlives an outage in which it could not be read anew', async () => {
    await cache.current();
    clock.advance(5000);
    outage = new Error('DynamoDB is not there');
    await expect(cache.reread()).rejects.toThrow('DynamoDB is not there');
    expect((await cache.current()).connectionOf(ACME.tenantId)).toBe('acme');
    expect((await cache.reread()).connectionOf(ACME.tenantId)).toBe('acme');
    expect(reads).toBe(2);
  });
});
