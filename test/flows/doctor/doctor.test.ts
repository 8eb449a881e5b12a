import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { doctor } from '../../../lib/flows/doctor/doctor.ts';
import { UNREADABLE } from '../../../lib/store/documents.ts';
import { about as examined } from '../../support/examined.ts';
import { parkedOrder } from '../../support/parked.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, writeCalls } from '../../support/scene.ts';
import { testDeployment } from '../../support/world.ts';

const openScene = scenes();
let scene: Scene;
let deployment: Deployment;
let connectionId: string;
beforeEach(async () => {
  scene = await openScene();
  ({ deployment, connectionId } = scene);
  // Nobody has looked at its orders yet.
  await deployment.cursors.remove(connectionId);
});
afterEach(() => scene.close());

const findings = async (using = deployment) => (await doctor(using)).findings;
const about = (check: string) => examined(scene, check);
const parked = (owner: string, id: string, code: string) =>
  parkedOrder({ connectionId: owner, id, number: id, code });

describe('doctor', () => {
  it('finds nothing wrong with a fresh connection, but says what is worth knowing', async () => {
    const found = await findings();
    expect(found.map(({ check, level }) => `${check}: ${level}`)).toEqual([
      'connection: ok',
      'xero token renewal: ok',
      'procore token renewal: ok',
      'xero token: ok',
      'xero organisation: ok',
      'xero tenant: ok',
      'xero scopes: ok',
      'xero webhook: warning',
      'procore token: ok',
      'procore company: ok',
      'named projects: ok',
      'tool permissions: ok',
      'billing periods: warning',
      'invoicing switches: ok',
      'cost code rules: ok',
      'projects table: ok',
      'approvers: warning',
      'mapping coverage: warning',
      'poll: warning',
      'parked documents: ok',
      'xero calls left: ok',
      'procore calls left: ok',
      'clock: ok',
      'queue: ok',
      'unreadable messages: ok',
    ]);
    expect(found.every(({ ok }) => ok)).toBe(true);
  });

  it('says that nothing is connected', async () => {
    const { cloud, clock, demo } = scene;
    const urls = { xeroUrl: demo.xero.url, procoreUrl: demo.procore.url };
    const empty = await testDeployment(cloud, clock, urls);
    expect((await findings(empty))[0]).toMatchObject({
      check: 'connections',
      ok: false,
      code: 'connection-missing',
    });
  });

  it('takes an outage of a vendor for what it is', async () => {
    const away = { ...deployment, vendors: { ...deployment.vendors, procoreApiUrl: 'http://127.0.0.1:9' } };
    const found = (await findings(away)).find(({ check }) => check === 'procore company');
    expect(found).toMatchObject({ level: 'warning', ok: true, code: 'procore-unavailable' });
  });

  it('asks Xero a dozen times at most, counts what it asks, and writes nothing in Procore', async () => {
    scene.clock.advance(40 * 60_000);
    scene.demo.xero.calls.reset();
    const writes = writeCalls(scene);
    const { calls } = await doctor(deployment);
    expect(calls).toEqual({ xero: scene.demo.xero.calls.total(), procore: expect.any(Number) });
    expect(calls.xero).toBeLessThanOrEqual(12);
    expect(calls.procore).toBeLessThanOrEqual(15);
    expect(writeCalls(scene)).toBe(writes);
  });

  it('says what it looks at, for whoever waits', async () => {
    const told: string[] = [];
    await doctor(deployment, { only: await connectionOf(scene), progress: (what) => told.push(what) });
    expect(told).toEqual([
      'Harlan & Reyes Builders: Xero',
      'Harlan & Reyes Builders: Procore',
      'Harlan & Reyes Builders: mappings',
      'Harlan & Reyes Builders: work',
      'queue',
    ]);
  });

  it('goes on with the other checks where one cannot be made at all', async () => {
    const { tables } = deployment;
    const read = async () => {
      throw new Error('DynamoDB does not answer');
    };
    const found = await findings({ ...deployment, tables: { ...tables, read } });
    for (const check of ['named projects', 'cost code rules', 'projects table', 'mapping coverage']) {
      expect(found.find((finding) => finding.check === check)).toMatchObject({
        ok: false,
        code: 'unexpected',
        says: 'Error: DynamoDB does not answer',
      });
    }
    expect(found.find(({ check }) => check === 'clock')).toMatchObject({ ok: true });
  });

  it('tells a poll that stopped', async () => {
    await deployment.cursors.put(connectionId, {
      purchaseOrders: '2026-11-22T08:00:00.000Z',
      nextPollAt: '2026-11-22T08:50:00.000Z',
    });
    expect(await about('poll')).toMatchObject({ ok: true, says: 'Xero was last looked at 60 minutes ago.' });
    scene.clock.advance(10 * 60_000);
    expect(await about('poll')).toMatchObject({
      ok: false,
      says: 'Xero was last looked at 70 minutes ago. The next look is 20 minutes overdue.',
    });
    await deployment.connections.update({
      ...(await deployment.connections.get(connectionId))!,
      pausedSince: '2026-11-22T08:00:00.000Z',
    });
    expect(await about('poll')).toMatchObject({
      ok: true,
      says: 'Xero was last looked at 70 minutes ago; it is looked at again once the connection goes on.',
    });
  });

  it('counts what waits for people, by cause', async () => {
    const codes = ['account-unmapped', 'vendor-ambiguous', 'account-unmapped'];
    for (const [index, code] of codes.entries()) {
      await deployment.documents.put(parked(connectionId, `order-${index}`, code));
    }
    expect(await about('parked documents')).toMatchObject({
      level: 'warning',
      says: '3 documents wait for a person: 2 × account-unmapped, 1 × vendor-ambiguous.',
    });
  });

  it('shows messages that nobody could read, and what is put off', async () => {
    await deployment.documents.put({ ...parked(UNREADABLE, 'm-1', 'message-malformed'), kind: 'message' });
    expect(await about('unreadable messages')).toMatchObject({ level: 'warning', ok: true });
    const depth = async () => ({ visible: 3, inFlight: 2, delayed: 1 });
    const busy = { ...deployment, queue: { ...deployment.queue, depth } };
    expect((await findings(busy)).find(({ check }) => check === 'queue')).toMatchObject({
      level: 'warning',
      says: '3 messages wait, 2 are being worked on, 1 are put off.',
    });
  });
});
