import { beforeEach, describe, expect, it } from '@jest/globals';
import { standingOf } from '../../../lib/core/connection.ts';
import { pauseConnection, resumeConnection } from '../../../lib/flows/connections/pause-connection.ts';
import { pollDueConnections, sweepConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { documentOf, enterOrder, FENCE, sync } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, storyOf } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();
const { clientId } = DEMO_CREDENTIALS.xero;
const DAY = 86_400_000;

let scene: Scene;
beforeEach(async () => {
  scene = await newScene();
  const { purchaseOrders, invoices } = scene.demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  purchaseOrders.clear();
  invoices.clear();
});

async function storySoFar() {
  const story = await storyOf(scene);
  return story.map(({ event, detail }) => [event, detail.lasted].filter(Boolean).join(' after '));
}

describe('a paused connection', () => {
  it('lets its work wait, and goes on where it stood once it is resumed', async () => {
    const { deployment, connectionId } = scene;
    await pollDueConnections(deployment);
    const waiting = enterOrder(scene);
    const paused = await pauseConnection(deployment, connectionId);
    expect(paused).toMatchObject({ state: 'live', pausedSince: scene.clock.now().toISOString() });
    expect(standingOf(paused)).toBe('paused');
    const calls = scene.demo.xero.calls.total();
    expect(await sync(scene, waiting)).toEqual([{ postponeSeconds: 900 }]);
    await pollDueConnections(deployment);
    await sweepConnections(deployment);
    expect(scene.demo.xero.calls.total()).toBe(calls);

    scene.clock.advance(2 * DAY);
    const later = enterOrder(scene);
    // Whose webhook was lost.
    const bill = scene.demo.xero.saveInvoice(CONTRACTOR.tenantId, { Type: 'ACCPAY', Contact: FENCE.Contact });
    expect(standingOf(await resumeConnection(deployment, connectionId))).toBe('live');
    await pollDueConnections(deployment);
    await drain(scene.cloud, deployment);
    for (const order of [waiting, later])
      expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    expect(await deployment.documents.get(connectionId, bill.InvoiceID)).toMatchObject({ kind: 'bill' });
    expect(await storySoFar()).toEqual(['connected', 'paused', 'resumed after 2 d']);
    const ofOrders = scene.events().filter(({ detail }) => detail.kind === 'purchase-order');
    expect(ofOrders.map(({ type }) => type)).toEqual(['DocumentPosted', 'DocumentPosted']);
  });

  it('is told of once, however often it is paused and resumed, also by somebody who died half-way', async () => {
    const { deployment, connectionId } = scene;
    const { audit } = deployment;
    const dying = { ...deployment, audit: { ...audit, append: () => Promise.reject(new Error('gone')) } };
    await expect(pauseConnection(dying, connectionId)).rejects.toThrow('gone');
    const { pausedSince } = await connectionOf(scene);
    scene.clock.advance(DAY);
    expect(await pauseConnection(deployment, connectionId)).toMatchObject({ pausedSince });
    await pauseConnection(deployment, connectionId);
    await expect(resumeConnection(dying, connectionId)).rejects.toThrow('gone');
    await resumeConnection(deployment, connectionId);
    await resumeConnection(deployment, connectionId);
    expect(await storySoFar()).toEqual(['connected', 'paused', 'resumed']);
  });

  it('keeps its consent over half a year, which would end after sixty idle days', async () => {
    await pauseConnection(scene.deployment, scene.connectionId);
    for (let month = 1; month <= 6; month += 1) {
      scene.clock.advance(30 * DAY);
      await refreshTokens(scene.deployment);
    }
    await resumeConnection(scene.deployment, scene.connectionId);
    const order = enterOrder(scene);
    expect(await sync(scene, order)).toEqual(['done']);
  });

  it('can break and be mended meanwhile, and stays paused', async () => {
    const { deployment, connectionId } = scene;
    await pauseConnection(deployment, connectionId);
    scene.demo.xero.disconnect(clientId, CONTRACTOR.tenantId);
    await refreshTokens(deployment);
    expect(standingOf(await connectionOf(scene))).toBe('broken');
    scene.demo.xero.reconnect(clientId, CONTRACTOR.tenantId);
    await refreshTokens(deployment);
    expect(standingOf(await connectionOf(scene))).toBe('paused');
    const order = enterOrder(scene);
    expect(await sync(scene, order)).toEqual([{ postponeSeconds: 900 }]);
    await resumeConnection(deployment, connectionId);
    expect(await sync(scene, order)).toEqual(['done']);
  });

  it('cannot be one that there is not', async () => {
    await expect(pauseConnection(scene.deployment, 'nobody')).rejects.toMatchObject({
      code: 'connection-unknown',
    });
  });
});
