import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openBooks } from '../../../lib/flows/clients.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { openSecret } from '../../../lib/flows/tokens/secrets.ts';
import { cacheDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import type { DemoVendors } from '../../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../../lib/sandbox/demo-vendors.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import type { TestClock } from '../../support/clock.ts';
import { testClock } from '../../support/clock.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud, testDeployment } from '../../support/world.ts';

let cloud: TestCloud;
let clock: TestClock;
let vendors: DemoVendors;
let deployment: Deployment;
let file: DemoVendors['connectionFile'];

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());
beforeEach(async () => {
  clock = testClock('2026-11-22T09:00:00.000Z');
  vendors = await startDemoVendors({ clock });
  deployment = await testDeployment(cloud, clock, {
    xeroUrl: vendors.xero.url,
    procoreUrl: vendors.procore.url,
  });
  file = vendors.connectionFile;
});
afterEach(() => vendors.close());

const ownerOf = async (tenantId: string) =>
  (await cacheDirectory(deployment, clock).current()).connectionOf(tenantId);
const webhookKeys = async () => (await cacheDirectory(deployment, clock).current()).webhookKeys;
const withXero = (changes: object) => ({ ...file, xero: { ...file.xero, ...changes } });
const withProcore = (changes: object) => ({ ...file, procore: { ...file.procore, ...changes } });
const nothingConnected = async () => {
  expect(await deployment.connections.list()).toEqual([]);
  expect(await ownerOf(CONTRACTOR.tenantId)).toBeUndefined();
};

async function everythingStored(): Promise<unknown[]> {
  const { TableNames = [] } = await cloud.dynamodb.send(new ListTablesCommand({}));
  const scans = TableNames.map((TableName) => cloud.dynamodb.send(new ScanCommand({ TableName })));
  return (await Promise.all(scans)).flatMap(({ Items = [] }) => Items);
}

/** A second organisation of the same app. */
function addOrganisation(tenantId: string, name: string): string {
  vendors.xero.addOrganisation({ tenantId, name, baseCurrency: 'USD', countryCode: 'US' });
  return vendors.xero.authorise(DEMO_CREDENTIALS.xero.clientId, tenantId);
}

const HARBOR = '7d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a11';

describe('connecting an organisation', () => {
  it('stores a live connection and says what it joins', async () => {
    const connected = await connect(file, deployment);
    expect(connected).toEqual({
      connectionId: expect.stringMatching(/^harlan-reyes-builders-[0-9a-f]{8}$/),
      created: true,
      organisation: 'Harlan & Reyes Builders',
      currency: 'USD',
      companyId: '598134325510147',
      projects: [
        { id: '598134325511042', name: 'Riverside Medical Office Building', number: '1042' },
        { id: '598134325511047', name: 'Oak Street Apartments', number: '1047' },
        { id: '598134325511051', name: 'Cedar Elementary School Renovation', number: '1051' },
      ],
      sharesCompanyWith: [],
      settingsWithoutEffect: [],
    });
    const { revision: _, ...stored } = (await deployment.connections.get(connected.connectionId))!;
    expect(stored).toMatchObject({
      name: 'Harlan & Reyes Builders',
      state: 'live',
      xero: { grant: 'refresh_token', organisation: 'Harlan & Reyes Builders', currency: 'USD' },
      procore: { companyId: '598134325510147' },
      settings: { startDate: file.settings.startDate, purchaseOrderFrom: 'SUBMITTED' },
      createdAt: '2026-11-22T09:00:00.000Z',
    });
    expect(await ownerOf(CONTRACTOR.tenantId)).toBe(connected.connectionId);
    expect(await webhookKeys()).toEqual([file.xero.webhookKey]);
  });

  it('leaves a connection that works: its books are read and its tokens renewed', async () => {
    const { connectionId } = await connect(file, deployment);
    const connection = (await deployment.connections.get(connectionId))!;
    expect((await (await openBooks(deployment, connection)).organisation()).name).toBe(
      'Harlan & Reyes Builders',
    );
    clock.advance(25 * 60_000);
    await refreshTokens(deployment);
    clock.advance(6 * 60_000);
    expect((await (await openBooks(deployment, connection)).organisation()).name).toBe(
      'Harlan & Reyes Builders',
    );
    expect((await deployment.connections.get(connectionId))?.state).toBe('live');
  });

  it('writes neither the tenant id nor any secret in the clear', async () => {
    await connect(file, deployment);
    const everything = JSON.stringify(await everythingStored());
    expect(everything).toContain(file.xero.clientId);
    const { clientSecret, refreshToken, tenantId, webhookKey } = file.xero;
    for (const hidden of [clientSecret, refreshToken, tenantId, webhookKey, file.procore.clientSecret]) {
      expect(everything).not.toContain(hidden);
      expect(everything).not.toContain(Buffer.from(hidden).toString('base64'));
    }
  });

  it('takes a custom connection, which has no refresh token', async () => {
    vendors.xero.registerApp({
      clientId: 'custom',
      clientSecret: 'custom-secret',
      grant: 'client_credentials',
    });
    vendors.xero.authoriseCustomConnection('custom', CONTRACTOR.tenantId);
    const { refreshToken: _, ...xero } = file.xero;
    const custom = {
      ...xero,
      grant: 'client_credentials',
      clientId: 'custom',
      clientSecret: 'custom-secret',
    };
    const { connectionId } = await connect({ ...file, xero: custom }, deployment);
    expect(await deployment.connections.get(connectionId)).toMatchObject({
      xero: { grant: 'client_credentials', organisation: 'Harlan & Reyes Builders' },
    });
    expect(await openSecret(deployment, connectionId, 'xero-refresh-token')).toBeUndefined();
  });

  it.each(['its one organisation', 'the one that the file names'])(
    'takes a custom connection for %s, of several never one by chance',
    async (which) => {
      const { refreshToken: _, tenantId: __, ...xero } = file.xero;
      const app = { clientId: 'custom', clientSecret: 'custom-secret' };
      const custom = (changes: object) =>
        connect({ ...file, xero: { ...xero, ...app, grant: 'client_credentials', ...changes } }, deployment);
      vendors.xero.registerApp({ ...app, grant: 'client_credentials' });
      await expect(custom({})).rejects.toMatchObject({ code: 'xero-custom-connection-inactive' });

      vendors.xero.authoriseCustomConnection('custom', CONTRACTOR.tenantId);
      const several = [HARBOR, CONTRACTOR.tenantId].map((tenantId, index) => ({
        id: `c-${index}`,
        tenantId,
        tenantType: 'ORGANISATION',
        tenantName: `Number ${index}`,
      }));
      vendors.xero.faults.add({
        path: /connections/,
        do: 'answer',
        when: 'before',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(several),
        times: 1,
      });
      if (which === 'its one organisation') {
        await expect(custom({})).rejects.toMatchObject({
          code: 'connection-file-invalid',
          facts: { fields: [expect.stringContaining('Number 0, Number 1')] },
        });
        await nothingConnected();
        await expect(custom({})).resolves.toMatchObject({ organisation: 'Harlan & Reyes Builders' });
      } else {
        const named = custom({ tenantId: CONTRACTOR.tenantId });
        await expect(named).resolves.toMatchObject({ organisation: 'Harlan & Reyes Builders' });
      }
      expect(await ownerOf(CONTRACTOR.tenantId)).toBeDefined();
    },
  );

  it('keeps sealed which organisation answers, and whose service account it is', async () => {
    const { connectionId } = await connect(file, deployment);
    const organisation = await openSecret(deployment, connectionId, 'xero-organisation');
    const connection = (await deployment.connections.get(connectionId))!;
    const books = await openBooks(deployment, connection);
    expect(organisation?.value.reveal()).toBe((await books.organisation()).id);
    expect(connection.procore.userId).toMatch(/^\d+$/);
  });

  it('says with whom it shares its Procore company', async () => {
    await connect(file, deployment);
    const refreshToken = addOrganisation(HARBOR, 'Harbor Homes');
    const second = { ...withXero({ tenantId: HARBOR, refreshToken }), name: 'Harbor' };
    expect(await connect(second, deployment)).toMatchObject({ sharesCompanyWith: [file.name] });
  });

  it('has a trail that begins with who connected what, and has it looked at by the next poll', async () => {
    const sent: unknown[] = [];
    const reference = {
      async send(changes: unknown[]) {
        sent.push(...changes);
      },
    };
    const { connectionId } = await connect(file, deployment, { by: 'dana', reference });
    expect(await historyOfConnection(deployment, connectionId)).toMatchObject([
      {
        event: 'connected',
        detail: { by: 'dana', organisation: 'Harlan & Reyes Builders', company: '598134325510147' },
      },
    ]);
    const now = '2026-11-22T09:00:00.000Z';
    expect(sent).toEqual([{ connectionId, what: 'connected', receivedAt: now }]);
    expect(await deployment.cursors.get(connectionId)).toMatchObject({ nextPollAt: now });
  });

  it('takes the company id as a number, and blanks around pasted secrets', async () => {
    const pasted = {
      ...withXero({ clientSecret: ` ${file.xero.clientSecret}\n` }),
      procore: { ...file.procore, companyId: 598134325510147 },
    };
    expect(await connect(pasted, deployment)).toMatchObject({ companyId: '598134325510147' });
  });

  it('names settings that are stored and not acted on', async () => {
    const connected = await connect(
      { ...file, settings: { amounts: 'gross', attachments: 'on' } },
      deployment,
    );
    expect(connected.settingsWithoutEffect).toEqual(['amounts', 'attachments']);
  });

  it('begins on the day of connecting, where the file gives no start date', async () => {
    const { connectionId } = await connect({ ...file, settings: {} }, deployment);
    expect((await deployment.connections.get(connectionId))?.settings.startDate).toBe('2026-11-22');
  });
});

describe('a connection file that is not complete', () => {
  it('is refused with every field that is wrong, and with no value of any', async () => {
    const wrong = {
      nmae: 'Harlan',
      xero: { grant: 'refresh_token', clientId: 7, clientSecret: '', tenantId: 't-1', webhokKey: 'key-4711' },
      procore: { clientId: 'p', clientSecret: 's3cret-4711', companyId: 'twelve' },
      settings: { nearMatch: 'maybe', color: 'red' },
    };
    const error = await connect(wrong, deployment).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'BadInput', code: 'connection-file-invalid' });
    expect(new Set(error.facts.fields)).toEqual(
      new Set([
        'name is missing',
        'nmae is not a field',
        'xero.clientId must be text',
        'xero.clientSecret is empty',
        'xero.webhookKey is missing',
        'xero.webhokKey is not a field',
        'xero.refreshToken is missing',
        'procore.companyId must be the number of the company in Procore',
        'settings.nearMatch must be ask or create',
        'settings.color is not a setting',
      ]),
    );
    expect(error.message).not.toContain('4711');
    await nothingConnected();
  });

  it.each<[object, string]>([
    [{ grant: 'magic' }, 'xero.grant must be one of authorization_code, client_credentials, refresh_token'],
    [{ tenantId: undefined }, 'xero.tenantId is missing'],
    [{ grant: 'client_credentials' }, 'xero.refreshToken belongs to the grant refresh_token alone'],
    [
      { grant: 'authorization_code', refreshToken: undefined },
      'xero.grant authorization_code needs a person who consents in a browser',
    ],
  ])('is refused where the way into Xero does not fit: %j', async (changes, field) => {
    const wrong = JSON.parse(JSON.stringify(withXero(changes)));
    await expect(connect(wrong, deployment)).rejects.toMatchObject({ facts: { fields: [field] } });
    await nothingConnected();
  });

  it.each([
    ['text', ['the connection file must be an object']],
    [null, ['the connection file must be an object']],
    [{ name: 'x' }, ['xero is missing or not an object', 'procore is missing or not an object']],
  ])('is refused when it is %j', async (wrong, fields) => {
    await expect(connect(wrong, deployment)).rejects.toMatchObject({ facts: { fields } });
  });

  it('is refused when the company id is a number that JSON cannot carry', async () => {
    await expect(connect(withProcore({ companyId: 2 ** 60 }), deployment)).rejects.toMatchObject({
      facts: { fields: ['procore.companyId must be the number of the company in Procore'] },
    });
  });
});

describe('a vendor that refuses', () => {
  it.each([
    ['a wrong Procore secret', () => withProcore({ clientSecret: 'wrong' }), 'procore-client-refused'],
    ['another Procore company', () => withProcore({ companyId: '4' }), 'procore-wrong-company'],
    ['a wrong Xero secret', () => withXero({ clientSecret: 'wrong' }), 'xero-client-refused'],
    ['a dead refresh token', () => withXero({ refreshToken: 'dead' }), 'xero-consent-lost'],
    ['a tenant that the consent does not cover', () => withXero({ tenantId: HARBOR }), 'xero-tenant-unknown'],
  ])('stores no connection: %s', async (_case, wrong, code) => {
    await expect(connect(wrong(), deployment)).rejects.toMatchObject({ code });
    await nothingConnected();
  });

  it('costs no Xero refresh token where Procore says no', async () => {
    await expect(connect(withProcore({ companyId: '4' }), deployment)).rejects.toThrow();
    expect(vendors.xero.calls.total()).toBe(0);
  });

  it('says which organisations the consent covers when the tenant is not among them', async () => {
    await expect(connect(withXero({ tenantId: HARBOR }), deployment)).rejects.toMatchObject({
      facts: { covered: ['Harlan & Reyes Builders'] },
    });
  });

  it('does not lose the rotated refresh token: the same file connects the next day', async () => {
    const wrong = withXero({ tenantId: HARBOR });
    await expect(connect(wrong, deployment)).rejects.toMatchObject({ code: 'xero-tenant-unknown' });
    clock.advance(24 * 3_600_000);
    await expect(connect(file, deployment)).resolves.toMatchObject({ created: true });
  });
});

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
