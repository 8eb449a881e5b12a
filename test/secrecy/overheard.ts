import { inspect } from 'node:util';
import type { Connection } from '../../lib/core/connection.ts';
import { reconnect } from '../../lib/flows/consent/reconnect.ts';
import { doctor } from '../../lib/flows/doctor/doctor.ts';
import { pollDueConnections } from '../../lib/flows/poll/poll-xero.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import { refreshTokens } from '../../lib/flows/tokens/refresh-tokens.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { openBrowser, openConsentScene, pageOf, redirectOf } from '../support/consent.ts';
import { enterOrder } from '../support/orders.ts';
import { receiving } from '../support/procore-webhooks.ts';
import type { Scene } from '../support/scene.ts';
import { messageAbout } from '../support/scene.ts';
import type { TestCloud } from '../support/world.ts';
import type { Eavesdropper } from './eavesdropper.ts';
import { noting } from './wire-secrets.ts';

const MINUTE = 60_000;
const { tenantId } = CONTRACTOR;

export type Overheard = Awaited<ReturnType<typeof openOverheard>>;

/** Both vendors, AWS and a deployment, of which everything is heard that leaves the process. */
export async function openOverheard(cloud: TestCloud, ear: Eavesdropper) {
  overhear('DynamoDB', cloud.dynamodb, ear);
  overhear('SQS', cloud.sqs as never, ear);
  overhear('EventBridge', cloud.eventBridge as never, ear);
  overhearKeys(cloud, ear);
  const consent = await openConsentScene(cloud);
  const log = (level: string) => (message: string, facts: object) =>
    ear.hear(`log ${level}`, [message, facts]);
  const deployment = {
    ...consent.deployment,
    fetch: noting(ear, consent.deployment.fetch),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
  };
  const scene = {
    ...consent,
    deployment,
    connectionId: '',
    cloud: { ...cloud, tableName: consent.tableName },
  } as unknown as Scene;
  const order = enterOrder(scene);
  const procore = await receiving(scene);

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

  const first = async (): Promise<Connection> =>
    (await deployment.connections.findByName(consent.file.name))!;

  async function hearSealed(): Promise<void> {
    const stored = await deployment.directory.read();
    const opened =
      stored &&
      (await deployment.vault.open(stored.sealed, { connection: '*', purpose: 'webhook-directory' }));
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

  /** A person mends the contractor's connection where it is broken. */
  async function mended(): Promise<void> {
    const connection = await first();
    if (connection.state === 'live') return;
    ear.hear('connection', inspect(connection));
    const outcome = await heard('reconnect', () => reconnect(connection, deployment, { by: 'dana' }));
    if (outcome && 'consent' in outcome) await consented(outcome.consent.link);
  }

  return {
    consent,
    deployment,
    procore,
    heard,
    pass,
    examine,
    first,
    hearSealed,
    consented,
    mended,
    async close() {
      await procore.close();
      await consent.demo.close();
    },
  };
}

/** Everything that goes to the service. */
function overhear(name: string, client: TestCloud['dynamodb'], ear: Eavesdropper): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        ear.hear(`${name} ${commandName}`, args.input);
        return next(args);
      },
    { step: 'initialize' },
  );
}

/** The encryption contexts: CloudTrail shows them in plain text. */
function overhearKeys({ kms }: TestCloud, ear: Eavesdropper): void {
  kms.middlewareStack.add(
    (next) => (args) => {
      ear.hear('KMS encryption context', (args.input as { EncryptionContext?: object }).EncryptionContext);
      return next(args);
    },
    { step: 'initialize' },
  );
}
