import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Clock } from '../../core/ports.ts';
import { systemClock } from '../../core/ports.ts';
import { accountingRoutes } from './accounting.ts';
import { createApps } from './apps.ts';
import { authorizeRoutes } from './authorize.ts';
import type { Books, XeroOrganisationData } from './books.ts';
import { createCalls } from './calls.ts';
import { createCodes } from './codes.ts';
import { connectionRoutes } from './connections.ts';
import { attachmentEdits } from './edit-attachments.ts';
import { creditEdits } from './edit-credits.ts';
import { invoiceEdits } from './edit-invoices.ts';
import { orderEdits } from './edit-orders.ts';
import { paymentEdits } from './edit-payments.ts';
import { referenceEdits } from './edit-reference.ts';
import type { Office } from './enter.ts';
import type { EventCategory } from './events.ts';
import { createFaults } from './faults.ts';
import { giveConsent } from './give-consent.ts';
import { identityRoutes } from './identity.ts';
import type { LimitSizes } from './limits.ts';
import { createLimits, XERO_LIMITS } from './limits.ts';
import type { Wired } from './mishaps.ts';
import { dated, faulty, recorded } from './mishaps.ts';
import { openBooks } from './open-books.ts';
import { createPeople } from './people.ts';
import { permissions } from './permissions.ts';
import { createTokens } from './tokens.ts';
import type { Unverified } from './unverified.ts';
import { LIKELIER } from './unverified.ts';
import { createWebhooks } from './webhooks.ts';

export interface XeroSandboxOptions {
  /** Everything in the sandbox goes by it, except faults of kind `delay` and the wait for webhook receivers. */
  clock?: Clock;
  /** 0, the default, takes a free one. */
  port?: number;
  limits?: Partial<LimitSizes>;
  unverified?: Partial<Unverified>;
  /** Makes up GUIDs; random ones where it is left out. */
  newId?: () => string;
  /** Ends an attempt to deliver a webhook; after 5 seconds, as Xero does, where it is left out. */
  webhookDeadline?: () => AbortSignal;
  /** Delivers what is due this often by itself. Left out, webhooks go out only on `deliverWebhooks()`. */
  webhooksEveryMilliseconds?: number;
}

export type XeroSandbox = Awaited<ReturnType<typeof startXeroSandbox>>;

/**
 * Starts a server on the loopback that behaves as Xero does, identity and API on one origin.
 * What people do in Xero (`savePurchaseOrder`, `mergeContacts`, …) is done through the object that it returns.
 */
export async function startXeroSandbox(options: XeroSandboxOptions = {}) {
  const { clock = systemClock, port = 0, newId = randomUUID } = options;
  const unverified = { ...LIKELIER, ...options.unverified };
  const organisations = new Map<string, Books>();
  const apps = createApps(clock);
  const people = createPeople();
  const tokens = createTokens(clock, unverified);
  const codes = createCodes(clock, tokens, unverified);
  const limits = createLimits(clock, { ...XERO_LIMITS, ...options.limits }, unverified);
  const [calls, faults] = [createCalls(), createFaults()];
  const webhooks = createWebhooks({
    clock,
    batchSize: unverified.webhookBatchSize,
    deadline: options.webhookDeadline ?? (() => AbortSignal.timeout(5000)),
    audience: apps.connectedTo,
  });
  const office: Office = {
    now: () => clock.now(),
    newId,
    publish: webhooks.publish,
    books(tenantId) {
      const books = organisations.get(tenantId);
      if (!books) throw new Error(`There is no organisation ${tenantId}`);
      return books;
    },
  };

  const gate = { apps, people, tokens, limits, unverified, faults };
  const app = new Hono<Wired>();
  app.use(recorded(calls), dated(clock));
  app.use('/connect/*', faulty(faults));
  app.use('/identity/*', faulty(faults));
  app.route('/', identityRoutes({ apps, tokens, codes, unverified }));
  app.route(
    '/identity',
    authorizeRoutes({ apps, people, codes, books: organisations, unverified, issuer: () => url }),
  );
  app.route('/connections', connectionRoutes(gate, organisations));
  app.route('/api.xro/2.0', accountingRoutes({ ...gate, clock, books: organisations }));

  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timer = repeat(() => webhooks.deliver(), options.webhooksEveryMilliseconds);

  return {
    url,
    /** The login server: the consent page is `${loginUrl}/connect/authorize`. */
    loginUrl: `${url}/identity`,
    organisations,
    calls,
    faults,

    addOrganisation(data: XeroOrganisationData): Books {
      const books = openBooks(data, office);
      organisations.set(data.tenantId, books);
      return books;
    },
    ...permissions({ apps, people, tokens, books: office.books }),
    /** A person at the consent page; see giveConsent. */
    consent: giveConsent,

    ...orderEdits(office),
    ...invoiceEdits(office),
    ...creditEdits(office, unverified),
    ...attachmentEdits(office, unverified),
    ...paymentEdits(office, unverified),
    ...referenceEdits(office, unverified),

    /** Registers where the app's webhooks go; `sendIntentToReceive` must succeed before events do. */
    setWebhookUrl(clientId: string, receiver: string, categories?: readonly EventCategory[]): void {
      webhooks.setUrl(apps.find(clientId), receiver, categories);
    },
    /** Whether the receiver answered signed and mis-signed bodies right, which enables the webhook. */
    sendIntentToReceive: (clientId: string): Promise<boolean> => webhooks.intentToReceive(clientId),
    /** Sends every batch that is due by the clock, in so many copies: delivery is at least once. */
    deliverWebhooks: (copies = 1) => webhooks.deliver(copies),
    webhookState: (clientId: string) => webhooks.state(clientId),

    async close(): Promise<void> {
      clearInterval(timer);
      await new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

function repeat(work: () => Promise<unknown>, milliseconds: number | undefined) {
  return milliseconds === undefined ? undefined : setInterval(work, milliseconds).unref();
}
