import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import { tokenSource } from '../../../lib/flows/tokens/access-tokens.ts';
import { openSecret } from '../../../lib/flows/tokens/secrets.ts';
import type { PurchaseOrder } from '../../../lib/sandbox/xero/documents.ts';
import { openSealedItems } from '../../../lib/store/sealed-items.ts';
import { openTable } from '../../../lib/store/table.ts';
import { enterOrder } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, messageAbout, scenes } from '../../support/scene.ts';
import { testDeployment } from '../../support/world.ts';

const newScene = scenes();

describe('a warm batch', () => {
  let scene: Scene;
  let orders: PurchaseOrder[];
  let kmsCalls = 0;
  beforeAll(async () => {
    scene = await newScene({ settings: { dryRun: true } });
    orders = Array.from({ length: 50 }, () => enterOrder(scene));
    scene.cloud.kms.middlewareStack.add(
      (next) => (args) => {
        kmsCalls += 1;
        return next(args);
      },
      { step: 'initialize' },
    );
  });

  async function callsFor(documents: number, deployment: Scene['deployment']): Promise<number> {
    const messages = orders.slice(0, documents).map((order) => messageAbout(scene, order.PurchaseOrderID));
    const before = kmsCalls;
    const verdicts = await syncDocuments(messages, deployment);
    expect([...verdicts.values()]).toEqual(messages.map(() => 'done'));
    return kmsCalls - before;
  }

  it('asks KMS for the connection and not for its documents: as often for 1 as for 50, and never once warm', async () => {
    const cold = [];
    let warm = 0;
    for (const documents of [1, 10, 50]) {
      const { cloud, clock, demo, tableName } = scene;
      const urls = { xeroUrl: demo.xero.url, procoreUrl: demo.procore.url };
      // Another process: it has opened nothing yet.
      const deployment = await testDeployment(cloud, clock, urls, tableName);
      cold.push(await callsFor(documents, deployment));
      warm += await callsFor(10, deployment);
    }
    expect(cold[0]).toBeGreaterThan(0);
    expect(cold).toEqual([cold[0], cold[0], cold[0]]);
    expect(warm).toBe(0);
  });
});

describe('a sealed secret in the table', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await newScene();
  });

  const keyOf = (connectionId: string, purpose: string) => ({
    pk: `connection#${connectionId}`,
    sk: `secret#${purpose}`,
  });

  it('opens for no other connection and no other purpose, wherever somebody copies it', async () => {
    const { deployment, connectionId } = scene;
    const { sealed } = (await deployment.secrets.get(connectionId, 'xero-refresh-token'))!;
    // It is open for its own, and so in the cache.
    await openSecret(deployment, connectionId, 'xero-refresh-token');
    await deployment.secrets.put(connectionId, 'procore-client-secret', sealed);
    await deployment.secrets.put('other', 'xero-refresh-token', sealed);
    for (const [connection, purpose] of [
      [connectionId, 'procore-client-secret'],
      ['other', 'xero-refresh-token'],
    ] as const) {
      await expect(openSecret(deployment, connection, purpose)).rejects.toMatchObject({
        code: 'secret-unreadable',
        facts: { connection, purpose },
      });
    }
  });

  it('that was damaged is called unreadable, and no token is asked for with what is left', async () => {
    const { cloud, deployment, connectionId, demo, tableName, clock } = scene;
    const items = openSealedItems(openTable(cloud.dynamodb, tableName));
    const key = keyOf(connectionId, 'xero-refresh-token');
    const { sealed, revision } = (await items.get(key))!;
    await items.replace(key, sealed.slice(0, -1), revision);
    clock.advance(30 * 60_000);
    const before = demo.xero.calls.count('POST /connect/token');
    const source = tokenSource(deployment, await connectionOf(scene), 'xero');
    await expect(source.current()).rejects.toMatchObject({ code: 'secret-unreadable' });
    expect(demo.xero.calls.count('POST /connect/token')).toBe(before);
  });
});
