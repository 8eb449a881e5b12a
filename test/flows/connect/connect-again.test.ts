import { describe, expect, it } from '@jest/globals';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { cacheDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import type { Unconnected } from '../../support/unconnected.ts';
import { eachTestUnconnected } from '../../support/unconnected.ts';

let clock: Unconnected['clock'];
let vendors: Unconnected['vendors'];
let deployment: Unconnected['deployment'];
let file: Unconnected['file'];
eachTestUnconnected((fresh) => {
  ({ clock, vendors, deployment, file } = fresh);
});

const ownerOf = async (tenantId: string) =>
  (await cacheDirectory(deployment, clock).current()).connectionOf(tenantId);
const webhookKeys = async () => (await cacheDirectory(deployment, clock).current()).webhookKeys;
const withXero = (changes: object) => ({ ...file, xero: { ...file.xero, ...changes } });
const withProcore = (changes: object) => ({ ...file, procore: { ...file.procore, ...changes } });
const nothingConnected = async () => {
  expect(await deployment.connections.list()).toEqual([]);
  expect(await ownerOf(CONTRACTOR.tenantId)).toBeUndefined();
};

/** A second organisation of the same app. */
function addOrganisation(tenantId: string, name: string): string {
  vendors.xero.addOrganisation({ tenantId, name, baseCurrency: 'USD', countryCode: 'US' });
  return vendors.xero.authorise(DEMO_CREDENTIALS.xero.clientId, tenantId);
}

const HARBOR = '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11';

describe('connecting again under the same name', () => {
  it('replaces secrets and settings, keeps the id, and sets a broken connection live', async () => {
    const { connectionId } = await connect(file, deployment);
    const made = (await deployment.connections.get(connectionId))!;
    await deployment.connections.update({ ...made, state: 'broken', code: 'xero-consent-lost' });
    await deployment.tables.replace(connectionId, 'projects', [{ category: 'a', option: 'b', project: 'c' }]);
    clock.advance(3 * 24 * 3_600_000);
    const fresh = vendors.xero.authorise(file.xero.clientId, CONTRACTOR.tenantId);

    const again = { ...withXero({ refreshToken: fresh }), settings: { purchaseOrderFrom: 'AUTHORISED' } };
    expect(await connect(again, deployment)).toMatchObject({ connectionId, created: false });
    const now = (await deployment.connections.get(connectionId))!;
    expect(now).toMatchObject({ state: 'live', createdAt: made.createdAt });
    expect(now).not.toHaveProperty('code');
    expect(now.settings).toMatchObject({ purchaseOrderFrom: 'AUTHORISED', startDate: '2026-11-22' });
    expect((await deployment.tables.read(connectionId, 'projects')).rows).toHaveLength(1);
  });

  it('keeps what a backfill has opened, whatever the file says', async () => {
    const { connectionId } = await connect(file, deployment);
    const made = (await deployment.connections.get(connectionId))!;
    const settings = { ...made.settings, backfilledFrom: { bill: '2026-01-01' } };
    await deployment.connections.update({ ...made, settings });
    const fresh = vendors.xero.authorise(file.xero.clientId, CONTRACTOR.tenantId);
    await connect(withXero({ refreshToken: fresh }), deployment);
    expect((await deployment.connections.get(connectionId))?.settings).toEqual(settings);
  });

  it('stays paused, and says that it is back', async () => {
    const { connectionId } = await connect(file, deployment);
    const made = (await deployment.connections.get(connectionId))!;
    const pausedSince = '2026-11-22T09:00:00.000Z';
    await deployment.connections.update({
      ...made,
      state: 'broken',
      code: 'procore-client-refused',
      brokenSince: pausedSince,
      pausedSince,
    });
    await connect(file, deployment);
    const now = await deployment.connections.get(connectionId);
    expect(now).toMatchObject({ state: 'live', pausedSince });
    expect(now).not.toHaveProperty('brokenSince');
    const history = await historyOfConnection(deployment, connectionId);
    expect(history.map(({ event }) => event)).toEqual(['connected', 'reconnected', 'restored']);
  });

  it('works with the first file again, long after its refresh token was used up', async () => {
    const { connectionId } = await connect(file, deployment);
    for (let days = 0; days < 3; days += 1) {
      clock.advance(24 * 3_600_000);
      await refreshTokens(deployment);
    }
    expect(await connect(file, deployment)).toMatchObject({ connectionId, created: false });
  });

  it('no longer accepts webhooks that are signed with the key before', async () => {
    await connect(file, deployment);
    await connect(withXero({ webhookKey: 'new-key' }), deployment);
    expect(await webhookKeys()).toEqual(['new-key']);
  });

  it('keeps a key that another organisation of the same app still uses', async () => {
    await connect(file, deployment);
    const refreshToken = addOrganisation(HARBOR, 'Harbor Homes');
    await connect({ ...withXero({ tenantId: HARBOR, refreshToken }), name: 'Harbor' }, deployment);
    await connect(withXero({ webhookKey: 'new-key' }), deployment);
    expect(new Set(await webhookKeys())).toEqual(new Set([file.xero.webhookKey, 'new-key']));
  });

  it('leaves the connection as it was where the vendors refuse', async () => {
    const { connectionId } = await connect(file, deployment);
    const before = await deployment.connections.get(connectionId);
    await expect(connect(withXero({ clientSecret: 'wrong' }), deployment)).rejects.toThrow();
    expect(await deployment.connections.get(connectionId)).toEqual(before);
    clock.advance(40 * 60_000);
    await refreshTokens(deployment);
    expect((await deployment.connections.get(connectionId))?.state).toBe('live');
  });

  it('does not move a connection with its links to another organisation or company', async () => {
    await connect(file, deployment);
    const refreshToken = addOrganisation(HARBOR, 'Harbor Homes');
    for (const other of [withXero({ tenantId: HARBOR, refreshToken }), withProcore({ companyId: '4' })]) {
      await expect(connect(other, deployment)).rejects.toMatchObject({ code: 'connection-name-taken' });
    }
    expect(await ownerOf(HARBOR)).toBeUndefined();
  });
});

describe('one organisation', () => {
  it('has one connection, whatever the second is called', async () => {
    await connect(file, deployment);
    await expect(connect({ ...file, name: 'Other' }, deployment)).rejects.toMatchObject({
      name: 'BadInput',
      code: 'connection-exists',
      facts: { connection: 'Harlan & Reyes Builders' },
    });
    expect(await deployment.connections.list()).toHaveLength(1);
  });

  it('goes to one of two people who connect it at the same moment, and the other is told', async () => {
    const outcomes = await Promise.allSettled([
      connect(file, deployment),
      connect({ ...file, name: 'Other' }, deployment),
    ]);
    const [connection, ...others] = await deployment.connections.list();
    expect(others).toEqual([]);
    expect(await ownerOf(CONTRACTOR.tenantId)).toBe(connection?.id);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(['connection-exists', 'connecting-already']).toContain(lost[0]?.reason.code);
  });

  it('is free again after an attempt that could not store its connection', async () => {
    const failing = { ...deployment.connections, create: () => Promise.reject(new Error('throttled')) };
    await expect(connect(file, { ...deployment, connections: failing })).rejects.toThrow('throttled');
    await nothingConnected();
    await expect(connect({ ...file, name: 'Other' }, deployment)).resolves.toMatchObject({ created: true });
  });

  it('is free again after an attempt that died before it stored its connection', async () => {
    const dying = { ...deployment.connections, create: () => Promise.reject(new Error('killed')) };
    let dead = false;
    const directory = {
      ...deployment.directory,
      write: async (...args: Parameters<typeof deployment.directory.write>) => {
        if (dead) throw new Error('killed');
        dead = true;
        return deployment.directory.write(...args);
      },
    };
    await expect(connect(file, { ...deployment, connections: dying, directory })).rejects.toThrow('killed');
    expect(await ownerOf(CONTRACTOR.tenantId)).toBeDefined();
    const { connectionId } = await connect({ ...file, name: 'Other' }, deployment);
    expect(await ownerOf(CONTRACTOR.tenantId)).toBe(connectionId);
  });
});
