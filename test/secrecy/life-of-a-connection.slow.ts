import { createHmac } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../lib/flows/connect/connect.ts';
import { removeConnection } from '../../lib/flows/connections/remove-connection.ts';
import { beginConsent } from '../../lib/flows/consent/begin-consent.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { sweepConnections } from '../../lib/flows/poll/poll-xero.ts';
import { queueDeployed } from '../../lib/flows/reference/queue-everything.ts';
import { reseal } from '../../lib/flows/sealing/reseal.ts';
import { tokenSource } from '../../lib/flows/tokens/access-tokens.ts';
import { putSecret } from '../../lib/flows/tokens/secrets.ts';
import { receiveXeroWebhook } from '../../lib/flows/webhook/receive-xero-webhook.ts';
import { cacheDirectory } from '../../lib/flows/webhook/webhook-directory.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import type { Fault } from '../../lib/sandbox/xero/faults.ts';
import { openSealedItems } from '../../lib/store/sealed-items.ts';
import { openTable } from '../../lib/store/table.ts';
import { HARBOR } from '../support/consent.ts';
import type { TestCloud } from '../support/world.ts';
import { startTestCloud } from '../support/world.ts';
import { bodyOf, eventOf } from '../support/xero-webhook.ts';
import { eavesdropper } from './eavesdropper.ts';
import type { Overheard } from './overheard.ts';
import { openOverheard } from './overheard.ts';

const { clientId } = DEMO_CREDENTIALS.xero;
const { tenantId } = CONTRACTOR;
const CUSTOM = { clientId: 'CUSTOM', clientSecret: 'custom-secret-x', webhookKey: 'custom-webhook-key' };
const TYPED = { clientId: 'TYPED', clientSecret: 'typed-secret-x', webhookKey: 'typed-webhook-key' };

const ORCHARD = '5d1b1c5e-0f7c-4b7e-9b1e-2a9c6d1f0a77';
const KINDS = [
  'Procore hook secret',
  'access token',
  'client secret',
  'client_secret',
  'code',
  'code_verifier',
  'hash key',
  'refresh token',
  'refresh_token',
  'state',
  'tenant id',
  'webhook key',
];

const ear = eavesdropper();
let cloud: TestCloud;
let world: Overheard;
let consent: Overheard['consent'];
let deployment: Overheard['deployment'];
let procore: Overheard['procore'];

beforeAll(async () => {
  cloud = await startTestCloud();
  world = await openOverheard(cloud, ear);
  ({ consent, deployment, procore } = world);
  for (const one of [CUSTOM, TYPED, DEMO_CREDENTIALS.xero, DEMO_CREDENTIALS.procore]) {
    ear.secret('client secret', one.clientSecret);
    if ('webhookKey' in one) ear.secret('webhook key', one.webhookKey);
  }
  for (const id of [tenantId, HARBOR.tenantId, ORCHARD]) ear.secret('tenant id', id);
});
afterAll(async () => {
  await world.close();
  await cloud.close();
});

describe('in the whole life of connections, no secret is heard', () => {
  it('when they are made, by every grant', async () => {
    const { link } = await beginConsent(consent.file, deployment, { by: 'dana' });
    await world.consented(link);
    const { demo } = consent;
    demo.xero.addOrganisation({ tenantId: ORCHARD, name: 'Orchard', baseCurrency: 'USD', countryCode: 'US' });
    demo.xero.registerApp({ ...CUSTOM, grant: 'client_credentials' });
    demo.xero.authoriseCustomConnection(CUSTOM.clientId, HARBOR.tenantId);
    demo.xero.registerApp({ ...TYPED, grant: 'refresh_token' });
    const refreshToken = demo.xero.authorise(TYPED.clientId, ORCHARD);
    const { settings } = consent.file;
    for (const [name, xero] of [
      ['Harbor', { grant: 'client_credentials', ...CUSTOM, tenantId: HARBOR.tenantId }],
      ['Orchard', { grant: 'refresh_token', ...TYPED, tenantId: ORCHARD, refreshToken }],
      [
        'Wrong',
        { grant: 'client_credentials', ...CUSTOM, clientSecret: 'wrong-secret-x', tenantId: HARBOR.tenantId },
      ],
      ['Twice', { grant: 'refresh_token', ...TYPED, tenantId: ORCHARD, refreshToken }],
      ['Unfit', { grant: 'refresh_token', ...TYPED, tenantId: 7, refreshToken: [refreshToken] }],
    ] as const) {
      await world.heard('connect', () =>
        connect({ name, xero, procore: consent.file.procore, settings }, deployment),
      );
    }
    ear.secret('client secret', 'wrong-secret-x');
    const names = (await deployment.connections.list()).map(({ name }) => name).toSorted();
    expect(names).toEqual([consent.file.name, 'Harbor', 'Orchard'].toSorted());
    const { id } = await world.first();
    await importMappings(id, RULES_CSV, deployment);
    await importProjects(id, PROJECTS_CSV, deployment);
    await queueDeployed(procore.reference);
    await procore.refresh();
  });

  it('when they work', async () => {
    await world.pass();
    await world.examine();
    await procore.deliver();
    await procore.refresh();
    await world.heard('sweep', () => sweepConnections(deployment));
    const door = {
      directory: cacheDirectory(deployment, consent.clock),
      queue: deployment.queue,
      clock: consent.clock,
    };
    const body = bodyOf([eventOf({ tenantId }), eventOf({ tenantId: ORCHARD }), eventOf({})]);
    const signature = createHmac('sha256', DEMO_CREDENTIALS.xero.webhookKey).update(body).digest('base64');
    for (const signed of [signature, 'forged', undefined]) {
      ear.hear('webhook answer', await receiveXeroWebhook(body, signed, door));
    }
    await world.hearSealed();
    expect(ear.secrets()).toContain('Procore hook secret');
  });

  it('when a vendor fails in every way, and repeats what it was told', async () => {
    const { faults } = consent.demo.xero;
    const { value } = { value: await tokenSource(deployment, await world.first(), 'xero').current() };
    const echoes = [tenantId, value, 'leaked-refresh-token'];
    ear.secret('refresh token', 'leaked-refresh-token');
    const answers: [string, number, string][] = [
      [
        '/connect/token',
        200,
        JSON.stringify({ access_token: value, refresh_token: 'leaked-refresh-token', token_type: 7 }),
      ],
      ['/connect/token', 200, `{"access_token":"${value}","refresh_token": leaked-refresh-token}`],
      ['/connect/token', 500, JSON.stringify({ error: 'server_error', error_description: echoes.join() })],
      ['/connect/token', 400, JSON.stringify({ error: 'invalid_request', error_description: echoes.join() })],
      ['/Organisation', 403, JSON.stringify({ Detail: `No access to ${tenantId} (id ${tenantId})` })],
      ['/connections', 403, JSON.stringify({ Detail: `No access to ${tenantId}` })],
      ['/PurchaseOrders', 400, JSON.stringify({ Message: `Tenant ${tenantId} with Bearer ${value}` })],
      ['/PurchaseOrders', 404, `tenant ${tenantId}`],
      ['/Contacts', 500, value],
      ['/PurchaseOrders', 401, JSON.stringify({ Detail: `TokenExpired: ${value}` })],
    ];
    for (const [path, status, body] of answers) {
      const headers = { 'content-type': 'application/json' };
      faults.add({ path, do: 'answer', when: 'before', status, body, headers } as Fault);
      await world.pass();
      // As it is thrown, with its causes: what the schedules log of it is less.
      const source = tokenSource(deployment, await world.first(), 'xero');
      await world.heard('renewal', () => source.refreshed());
      faults.clear();
      await world.mended();
    }
    expect(ear.heard('error')).toBeGreaterThan(0);
  });

  it('when they break, and are mended', async () => {
    const { demo } = consent;
    const breakages: [string, () => void | Promise<void>][] = [
      ['xero-consent-lost', () => demo.xero.revokeConsent(clientId)],
      ['xero-disconnected', () => demo.xero.disconnect(clientId, tenantId)],
      ['xero-client-refused', () => demo.xero.registerApp({ ...app(), clientSecret: 'changed-secret' })],
      [
        'procore-client-refused',
        async () =>
          putSecret(deployment, (await world.first()).id, 'procore-client-secret', 'wrong-procore-secret'),
      ],
    ];
    ear.secret('client secret', 'changed-secret');
    ear.secret('client secret', 'wrong-procore-secret');
    for (const [code, breakIt] of breakages) {
      await breakIt();
      await world.pass(100);
      expect({ code: (await world.first()).code }).toEqual({ code });
      await world.examine();
      demo.xero.registerApp(app());
      await putSecret(
        deployment,
        (await world.first()).id,
        'procore-client-secret',
        DEMO_CREDENTIALS.procore.clientSecret,
      );
      await world.mended();
    }
    const damaged = await deployment.secrets.get((await world.first()).id, 'xero-client-secret');
    await deployment.secrets.put(
      (await world.first()).id,
      'xero-client-secret',
      damaged!.sealed.slice(0, -1),
    );
    await world.pass();
    expect((await world.first()).code).toBe('secret-unreadable');
  });

  it('when they are sealed anew and removed', async () => {
    const sealedItems = openSealedItems(openTable(cloud.dynamodb, consent.tableName));
    ear.hear('reseal', await reseal({ ...deployment, sealedItems }));
    await world.hearSealed();
    for (const { id } of await deployment.connections.list()) {
      ear.hear('remove', await world.heard('remove', () => removeConnection(deployment, id)));
    }
  });

  it('anywhere', async () => {
    const { Items = [] } = await cloud.dynamodb.send(new ScanCommand({ TableName: consent.tableName }));
    ear.hear('table', Items);
    ear.hear('events', cloud.bus.events());
    for (const part of [
      'log',
      'error',
      'DynamoDB Put',
      'SQS Send',
      'EventBridge Put',
      'KMS',
      'page',
      'doctor',
    ]) {
      expect({ part, heard: ear.heard(part) > 0 }).toEqual({ part, heard: true });
    }
    const kinds = [...new Set(ear.secrets())].toSorted();
    expect(kinds).toEqual(KINDS);
    expect([...new Set(ear.leaks())]).toEqual([]);
  });
});

const app = () => ({
  ...DEMO_CREDENTIALS.xero,
  grant: 'refresh_token' as const,
  redirectUris: [`${deployment.connectUrl}/xero/callback`],
});
