import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { openBooks } from '../../../lib/flows/clients.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import { historyOfConnection } from '../../../lib/flows/connections/connection-trail.ts';
import { refreshTokens } from '../../../lib/flows/tokens/refresh-tokens.ts';
import { openSecret } from '../../../lib/flows/tokens/secrets.ts';
import { cacheDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import type { Unconnected } from '../../support/unconnected.ts';
import { eachTestUnconnected } from '../../support/unconnected.ts';

let cloud: Unconnected['cloud'];
let clock: Unconnected['clock'];
let vendors: Unconnected['vendors'];
let deployment: Unconnected['deployment'];
let file: Unconnected['file'];
eachTestUnconnected((fresh) => {
  ({ cloud, clock, vendors, deployment, file } = fresh);
});

const ownerOf = async (tenantId: string) =>
  (await cacheDirectory(deployment, clock).current()).connectionOf(tenantId);
const webhookKeys = async () => (await cacheDirectory(deployment, clock).current()).webhookKeys;
const withXero = (changes: object) => ({ ...file, xero: { ...file.xero, ...changes } });
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

  it('begins on the day of connecting, where the file gives no start date', async () => {
    const { connectionId } = await connect({ ...file, settings: {} }, deployment);
    expect((await deployment.connections.get(connectionId))?.settings.startDate).toBe('2026-11-22');
  });
});
