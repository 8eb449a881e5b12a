import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { openVault } from '../../../lib/aws/vault.ts';
import { openBooks } from '../../../lib/flows/clients.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { hashOf, newToken, readAttempt, saveAttempt } from '../../../lib/flows/consent/attempt.ts';
import type { ResealDeployment } from '../../../lib/flows/sealing/reseal.ts';
import { reseal } from '../../../lib/flows/sealing/reseal.ts';
import { refreshToken } from '../../../lib/flows/tokens/access-tokens.ts';
import { changeEntry, entryOf } from '../../../lib/flows/webhook/procore-directory.ts';
import { ownerOfTenant } from '../../../lib/flows/webhook/webhook-directory.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import type { Consents } from '../../../lib/store/consents.ts';
import { openConsents } from '../../../lib/store/consents.ts';
import type { Key } from '../../../lib/store/keys.ts';
import { openSealedItems } from '../../../lib/store/sealed-items.ts';
import { openTable } from '../../../lib/store/table.ts';
import type { WebhookDirectoryStore } from '../../../lib/store/webhook-directory.ts';
import { openProcoreDirectory } from '../../../lib/store/webhook-directory.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const newScene = scenes();
const MINUTE = 60_000;
const COMPANY = { secrets: ['Bearer hook-secret'], connections: [] };

interface Sealed extends ResealDeployment {
  consents: Consents;
  procoreDirectory: WebhookDirectoryStore;
}

let scene: Scene;
let deployment: Sealed;
let attemptId: string;

/** A connection, a consent under way and a webhook of Procore: everything that is ever sealed. */
beforeEach(async () => {
  scene = await newScene();
  const { cloud, tableName } = scene;
  const table = openTable(cloud.dynamodb, tableName);
  deployment = {
    ...scene.deployment,
    sealedItems: openSealedItems(table),
    consents: openConsents(table),
    procoreDirectory: openProcoreDirectory(cloud.dynamodb, tableName),
  };
  attemptId = hashOf(newToken());
  const attempt = { step: 'asked', connectionId: 'other', by: 'a test', file: {} } as never;
  await saveAttempt(deployment, { id: attemptId, revision: 0, until: '2026-11-22T10:00:00.000Z' }, attempt);
  await changeEntry(deployment, '598134325510147', () => COMPANY);
});

async function contents(): Promise<Map<string, Uint8Array>> {
  const all = new Map<string, Uint8Array>();
  for await (const key of deployment.sealedItems.list()) {
    all.set(`${key.pk} ${key.sk}`, (await deployment.sealedItems.get(key))!.sealed);
  }
  return all;
}

/** All that secrets are for. */
async function everythingWorks(after: Sealed): Promise<void> {
  const connection = await connectionOf(scene);
  expect((await (await openBooks(after, connection)).organisation()).name).toBe(CONTRACTOR.name);
  await refreshToken(after, connection, 'xero', () => false);
  await refreshToken(after, connection, 'procore', () => false);
  expect(await ownerOfTenant(after, CONTRACTOR.tenantId)).toBe(scene.connectionId);
  expect(await entryOf(after, '598134325510147')).toEqual(COMPANY);
  expect((await readAttempt(after, attemptId))?.attempt.step).toBe('asked');
}

const secretKey = (purpose: string): Key => ({
  pk: `connection#${scene.connectionId}`,
  sk: `secret#${purpose}`,
});

/** The same deployment after its key was replaced by another. */
async function withNewKey(): Promise<Sealed> {
  const { KeyMetadata } = await scene.cloud.kms.send(new CreateKeyCommand({}));
  const vault = openVault(scene.cloud.kms, KeyMetadata!.Arn!);
  return {
    ...deployment,
    vault,
    earlierVault: openVault(scene.cloud.kms, KeyMetadata!.Arn!, [scene.cloud.keyId]),
  };
}

describe('sealing anew', () => {
  it('leaves nothing as it was sealed, loses nothing, and is told to the connection', async () => {
    const before = await contents();
    const { tenants } = (await deployment.directory.read())!;
    const told: [number, number][] = [];
    const result = await reseal(deployment, (done, total) => told.push([done, total]));
    expect(result).toEqual({ resealed: before.size, current: 0, unreadable: [], hashKeyReplaced: true });

    const after = await contents();
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [name, sealed] of after) expect(Buffer.compare(sealed, before.get(name)!)).not.toBe(0);
    const rehashed = (await deployment.directory.read())!.tenants;
    expect(Object.values(rehashed)).toEqual(Object.values(tenants));
    expect(Object.keys(rehashed)).not.toEqual(Object.keys(tenants));
    await everythingWorks(deployment);
    expect(told.at(-1)).toEqual([before.size - 1, before.size]);
    expect((await historyOfConnection(deployment, scene.connectionId)).at(-1)).toMatchObject({
      event: 'resealed',
      detail: { resealed: before.size - 3, 'already current': 0 },
    });
  });

  it('keeps beside a secret what else its item says', async () => {
    const end = (await deployment.secrets.get(scene.connectionId, 'xero-access-token'))!.expiresAt;
    await reseal(deployment);
    const stored = await deployment.secrets.get(scene.connectionId, 'xero-access-token');
    expect(end).toBeDefined();
    expect(stored!.expiresAt).toBe(end);
  });

  it('names what does not open, goes on with the rest, and keeps a hash key that it could not replace', async () => {
    for (const purpose of ['xero-tenant', 'procore-client-secret']) {
      const { sealed, revision } = (await deployment.sealedItems.get(secretKey(purpose)))!;
      await deployment.sealedItems.replace(
        secretKey(purpose),
        Uint8Array.from(sealed, (byte) => byte ^ 1),
        revision,
      );
    }
    const { tenants } = (await deployment.directory.read())!;
    const result = await reseal(deployment);
    expect(result.unreadable.toSorted()).toEqual([
      `procore-client-secret of ${scene.connectionId}`,
      `xero-tenant of ${scene.connectionId}`,
    ]);
    expect(result.hashKeyReplaced).toBe(false);
    expect((await deployment.directory.read())!.tenants).toEqual(tenants);
  });
});

describe('after the key of the stack was replaced', () => {
  it('everything opens with the new one alone, and a second run finds it current', async () => {
    const renewed = await withNewKey();
    await expect(openBooks(renewed, await connectionOf(scene))).rejects.toMatchObject({
      code: 'secret-unreadable',
    });
    const all = (await contents()).size;
    expect(await reseal(renewed)).toMatchObject({ resealed: all, current: 0, unreadable: [] });
    await everythingWorks(renewed);
    const again = await reseal(renewed);
    expect(again).toMatchObject({ resealed: 1, current: all - 1, unreadable: [], hashKeyReplaced: true });
  });

  it('a run that broke off at any place is simply run again', async () => {
    const renewed = await withNewKey();
    const all = (await contents()).size;
    for (let allowed = 0; allowed < all - 1; allowed += 2) {
      let left = 2;
      const breaking = {
        ...renewed,
        sealedItems: {
          ...renewed.sealedItems,
          replace: (...given: Parameters<typeof renewed.sealedItems.replace>) => {
            left -= 1;
            if (left < 0) throw new Error('cut off');
            return renewed.sealedItems.replace(...given);
          },
        },
      };
      await reseal(breaking).catch((error: unknown) => expect(String(error)).toContain('cut off'));
    }
    expect(await reseal(renewed)).toMatchObject({ unreadable: [], hashKeyReplaced: true });
    await everythingWorks(renewed);
  });
});

describe('beside workers', () => {
  it('waits for a renewal of the tokens, and a renewal for it: neither loses what the other wrote', async () => {
    const connection = await connectionOf(scene);
    for (let round = 1; round <= 3; round += 1) {
      scene.clock.advance(25 * MINUTE);
      const beside = besideOthers(deployment);
      await Promise.all([
        reseal(beside),
        refreshToken(beside, connection, 'xero', () => false),
        refreshToken(beside, connection, 'procore', () => false),
      ]);
      await everythingWorks(deployment);
    }
  });

  it('leaves the refresh token alone while Xero is being asked for a new one', async () => {
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const beside = besideOthers(deployment);
    const renewing = {
      ...beside,
      fetch: async (...call: Parameters<typeof fetch>) => {
        const response = await fetch(...call);
        asked.resolve();
        await answered.promise;
        return response;
      },
    };
    const renewal = refreshToken(renewing, await connectionOf(scene), 'xero', () => false);
    await asked.promise;
    const waiting = Promise.withResolvers<void>();
    const resealing = reseal({
      ...beside,
      leases: {
        async acquire(...given) {
          waiting.resolve();
          return beside.leases.acquire(...given);
        },
      },
    });
    await Promise.race([waiting.promise, resealing]);
    answered.resolve();
    await expect(renewal).resolves.toMatchObject({ value: expect.any(String) });
    expect(await resealing).toMatchObject({ unreadable: [] });
    await everythingWorks(deployment);
  });

  it('leaves alone what somebody has sealed anew meanwhile, and takes up again what was only written again', async () => {
    const { replace } = deployment.sealedItems;
    const text = 'another secret';
    let overtaken = 0;
    const result = await reseal({
      ...deployment,
      sealedItems: {
        ...deployment.sealedItems,
        async replace(key, sealed, revision) {
          const purpose = key.sk.slice('secret#'.length);
          const context = { connection: scene.connectionId, purpose };
          if (overtaken < 2 && purpose === 'procore-client-secret') {
            overtaken += 1;
            const stored = (await deployment.sealedItems.get(key))!;
            const other = overtaken === 1 ? stored.sealed : await deployment.vault.seal(text, context);
            await deployment.secrets.put(scene.connectionId, purpose, other);
          }
          return replace(key, sealed, revision);
        },
      },
    });
    expect(result).toMatchObject({ current: 1, unreadable: [] });
    const { sealed } = (await deployment.sealedItems.get(secretKey('procore-client-secret')))!;
    const context = { connection: scene.connectionId, purpose: 'procore-client-secret' };
    expect((await deployment.vault.open(sealed, context)).reveal()).toBe(text);
  });
});

/** Processes beside each other: sleeping takes a moment and moves nobody's time. */
function besideOthers(one: Sealed): Sealed {
  const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 40));
  return { ...one, clock: { now: () => scene.clock.now(), sleep } };
}
