import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Connection } from '../../lib/core/connection.ts';
import { connect } from '../../lib/flows/connect/connect.ts';
import { removeConnection } from '../../lib/flows/connections/remove-connection.ts';
import { beginConsent } from '../../lib/flows/consent/begin-consent.ts';
import { reconnect } from '../../lib/flows/consent/reconnect.ts';
import { doctor } from '../../lib/flows/doctor/doctor.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { pollDueConnections, sweepConnections } from '../../lib/flows/poll/poll-xero.ts';
import { queueDeployed } from '../../lib/flows/reference/queue-everything.ts';
import { reseal } from '../../lib/flows/sealing/reseal.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import { tokenSource } from '../../lib/flows/tokens/access-tokens.ts';
import { refreshTokens } from '../../lib/flows/tokens/refresh-tokens.ts';
import { putSecret } from '../../lib/flows/tokens/secrets.ts';
import { receiveXeroWebhook } from '../../lib/flows/webhook/receive-xero-webhook.ts';
import { cacheDirectory } from '../../lib/flows/webhook/webhook-directory.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import type { PurchaseOrder } from '../../lib/sandbox/xero/documents.ts';
import type { Fault } from '../../lib/sandbox/xero/faults.ts';
import { openSealedItems } from '../../lib/store/sealed-items.ts';
import { openTable } from '../../lib/store/table.ts';
import type { ConsentScene } from '../support/consent.ts';
import { HARBOR, openBrowser, openConsentScene, pageOf, redirectOf } from '../support/consent.ts';
import { enterOrder } from '../support/orders.ts';
import type { Receiving } from '../support/procore-webhooks.ts';
import { receiving } from '../support/procore-webhooks.ts';
import type { Scene } from '../support/scene.ts';
import { messageAbout } from '../support/scene.ts';
import type { TestCloud } from '../support/world.ts';
import { startTestCloud } from '../support/world.ts';
import { bodyOf, eventOf } from '../support/xero-webhook.ts';
import { eavesdropper } from './eavesdropper.ts';
import { noting } from './wire-secrets.ts';

const MINUTE = 60_000;
const { clientId } = DEMO_CREDENTIALS.xero;
const { tenantId } = CONTRACTOR;
const CUSTOM = { clientId: 'CUSTOM', clientSecret: 'custom-secret-x', webhookKey: 'custom-webhook-key' };
const TYPED = { clientId: 'TYPED', clientSecret: 'typed-secret-x', webhookKey: 'typed-webhook-key' };

const ear = eavesdropper();
let cloud: TestCloud;
let consent: ConsentScene;
let procore: Receiving;
let scene: Scene;
let deployment: ConsentScene['deployment'];
let order: PurchaseOrder;

beforeAll(async () => {
  cloud = await startTestCloud();
  for (const [name, client] of Object.entries({
    DynamoDB: cloud.dynamodb,
    SQS: cloud.sqs,
    EventBridge: cloud.eventBridge,
  })) {
    overhear(name, client as never);
  }
  cloud.kms.middlewareStack.add(
    (next) => (args) => {
      ear.hear('KMS encryption context', (args.input as { EncryptionContext?: object }).EncryptionContext);
      return next(args);
    },
    { step: 'initialize' },
  );
  consent = await openConsentScene(cloud);
  const log = (level: string) => (message: string, facts: object) =>
    ear.hear(`log ${level}`, [message, facts]);
  deployment = {
    ...consent.deployment,
    fetch: noting(ear, consent.deployment.fetch),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
  };
  scene = {
    ...consent,
    deployment,
    connectionId: '',
    cloud: { ...cloud, tableName: consent.tableName },
  } as unknown as Scene;
  order = enterOrder(scene);
  procore = await receiving(scene);
  for (const app of [CUSTOM, TYPED, DEMO_CREDENTIALS.xero, DEMO_CREDENTIALS.procore]) {
    ear.secret('client secret', app.clientSecret);
    if ('webhookKey' in app) ear.secret('webhook key', app.webhookKey);
  }
  for (const id of [tenantId, HARBOR.tenantId]) ear.secret('tenant id', id);
});
afterAll(async () => {
  await procore.close();
  await consent.demo.close();
  await cloud.close();
});

/** Everything that goes to the service. */
function overhear(name: string, client: TestCloud['dynamodb']): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        ear.hear(`${name} ${commandName}`, args.input);
        return next(args);
      },
    { step: 'initialize' },
  );
}

/** Works, or fails with an error that is heard with all of its causes. */
async function heard<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    ear.hear(`error of ${what}`, error);
    return undefined;
  }
}

/** What the schedules and the queue do in half an hour. */
async function pass(minutes = 30): Promise<void> {
  consent.clock.advance(minutes * MINUTE);
  await heard('refresh', () => refreshTokens(deployment));
  await heard('poll', () => pollDueConnections(deployment));
  const message = messageAbout(
    { connectionId: (await first()).id, clock: consent.clock },
    order.PurchaseOrderID,
  );
  await heard('sync', () => syncDocuments([{ ...message, receiveCount: 4 }], deployment));
}

async function examine(): Promise<void> {
  const reference = () => procore.reference;
  ear.hear('doctor', await heard('doctor', () => doctor(deployment, { reference })));
}

const first = async (): Promise<Connection> => (await deployment.connections.findByName(consent.file.name))!;

async function hearSealed(): Promise<void> {
  const stored = await deployment.directory.read();
  const opened =
    stored && (await deployment.vault.open(stored.sealed, { connection: '*', purpose: 'webhook-directory' }));
  ear.secret('hash key', opened && JSON.parse(opened.reveal()).hashKey);
  const hooks = await procore.reference.procoreDirectory.read();
  const context = { connection: '*', purpose: 'webhook-directory-procore' };
  const companies = hooks && JSON.parse((await deployment.vault.open(hooks.sealed, context)).reveal());
  for (const { secrets } of Object.values(companies ?? {}) as { secrets: string[] }[]) {
    for (const value of secrets) ear.secret('Procore hook secret', value.replace(/^Bearer /, ''));
  }
}

async function consented(link: string): Promise<void> {
  const browser = openBrowser({ deployment, demo: consent.demo });
  const away = await browser.get(link);
  const authorize = new URL(redirectOf(away));
  ear.secret('state', authorize.searchParams.get('state'));
  const callback = await consent.demo.xero.consent(authorize, { organisations: [tenantId] });
  ear.secret('code', callback.searchParams.get('code'));
  const choice = await browser.get(callback);
  ear.hear('page', choice);
  ear.hear('page', await browser.get(callback));
  // A connection that is there already keeps its organisation: nobody is asked.
  if (pageOf(choice).includes('<form')) ear.hear('page', await browser.choose(choice, CONTRACTOR.name));
}

jest.setTimeout(90_000);

describe('in the whole life of connections, no secret is heard', () => {
  it('when they are made, by every grant', async () => {
    const { link } = await beginConsent(consent.file, deployment, { by: 'dana' });
    await consented(link);
    const { demo } = consent;
    demo.xero.addOrganisation({ tenantId: ORCHARD, name: 'Orchard', baseCurrency: 'USD', countryCode: 'US' });
    ear.secret('tenant id', ORCHARD);
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
      await heard('connect', () =>
        connect({ name, xero, procore: consent.file.procore, settings }, deployment),
      );
    }
    ear.secret('client secret', 'wrong-secret-x');
    const names = (await deployment.connections.list()).map(({ name }) => name).toSorted();
    expect(names).toEqual([consent.file.name, 'Harbor', 'Orchard'].toSorted());
    const { id } = await first();
    await importMappings(id, RULES_CSV, deployment);
    await importProjects(id, PROJECTS_CSV, deployment);
    await queueDeployed(procore.reference);
    await procore.refresh();
  });

  it('when they work', async () => {
    await pass();
    await examine();
    await procore.deliver();
    await procore.refresh();
    await heard('sweep', () => sweepConnections(deployment));
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
    await hearSealed();
    expect(ear.secrets()).toContain('Procore hook secret');
  });

  it('when a vendor fails in every way, and repeats what it was told', async () => {
    const { faults } = consent.demo.xero;
    const { value } = { value: await tokenSource(deployment, await first(), 'xero').current() };
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
      await pass();
      // As it is thrown, with its causes: what the schedules log of it is less.
      const source = tokenSource(deployment, await first(), 'xero');
      await heard('renewal', () => source.refreshed());
      faults.clear();
      await mended();
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
          putSecret(deployment, (await first()).id, 'procore-client-secret', 'wrong-procore-secret'),
      ],
    ];
    ear.secret('client secret', 'changed-secret');
    ear.secret('client secret', 'wrong-procore-secret');
    for (const [code, breakIt] of breakages) {
      await breakIt();
      await pass(100);
      expect({ code: (await first()).code }).toEqual({ code });
      await examine();
      demo.xero.registerApp(app());
      await putSecret(
        deployment,
        (await first()).id,
        'procore-client-secret',
        DEMO_CREDENTIALS.procore.clientSecret,
      );
      await mended();
    }
    const damaged = await deployment.secrets.get((await first()).id, 'xero-client-secret');
    await deployment.secrets.put((await first()).id, 'xero-client-secret', damaged!.sealed.slice(0, -1));
    await pass();
    expect((await first()).code).toBe('secret-unreadable');
  });

  it('when they are sealed anew and removed', async () => {
    const sealedItems = openSealedItems(openTable(cloud.dynamodb, consent.tableName));
    ear.hear('reseal', await reseal({ ...deployment, sealedItems }));
    await hearSealed();
    for (const { id } of await deployment.connections.list()) {
      ear.hear('remove', await heard('remove', () => removeConnection(deployment, id)));
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

const app = () => ({
  ...DEMO_CREDENTIALS.xero,
  grant: 'refresh_token' as const,
  redirectUris: [`${deployment.connectUrl}/xero/callback`],
});

/** A person mends the contractor's connection where it is broken. */
async function mended(): Promise<void> {
  const connection = await first();
  if (connection.state === 'live') return;
  ear.hear('connection', inspect(connection));
  const outcome = await heard('reconnect', () => reconnect(connection, deployment, { by: 'dana' }));
  if (outcome && 'consent' in outcome) await consented(outcome.consent.link);
}
