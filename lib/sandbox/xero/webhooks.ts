import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';
import type { App } from './apps.ts';
import type { BookEvent, EventCategory } from './events.ts';
import { EVENT_CATEGORIES } from './events.ts';
import type { QueuedEvent } from './webhook-body.ts';
import { signature, webhookBody } from './webhook-body.ts';

const GIVE_UP_AFTER = 24 * 3600_000;

/** `new`: the intent to receive was never answered right; `disabled`: 24 hours of failures. */
export type WebhookState = 'new' | 'enabled' | 'disabled';

interface Subscription {
  app: App;
  key: string;
  url: string;
  categories: readonly EventCategory[];
  state: WebhookState;
  sequence: number;
  queue: QueuedEvent[];
  batches: Batch[];
}

interface Batch {
  body: string;
  attempts: number;
  firstTriedAt?: Date;
  dueAt: Date;
}

interface WebhookOptions {
  clock: Clock;
  batchSize: number;
  /** Ends one attempt that takes too long. */
  deadline(): AbortSignal;
  /** The apps that hear of an organisation. */
  audience(tenantId: string): App[];
}

/** Delivers events to apps, with signature, retries and disablement as Xero does. */
export function createWebhooks({ clock, batchSize, deadline, audience }: WebhookOptions) {
  const subscriptions = new Map<string, Subscription>();
  let running: Promise<unknown> = Promise.resolve();

  function find(clientId: string): Subscription {
    const found = subscriptions.get(clientId);
    if (!found) throw new Error(`The app ${clientId} has no webhook`);
    return found;
  }

  async function deliver(copies: number): Promise<{ delivered: number; failed: number }> {
    const results = { delivered: 0, failed: 0 };
    for (const subscription of subscriptions.values()) {
      pack(subscription, batchSize, clock.now());
      for (const batch of subscription.batches.filter(({ dueAt }) => dueAt <= clock.now())) {
        if (subscription.state !== 'enabled') break;
        const answers = await Promise.all(
          Array.from({ length: copies }, () => send(subscription, batch.body)),
        );
        const heard = answers.every((answer) => answer === 'heard');
        results[heard ? 'delivered' : 'failed'] += 1;
        if (heard) subscription.batches.splice(subscription.batches.indexOf(batch), 1);
        else putOff(subscription, batch, clock.now());
      }
    }
    return results;
  }

  async function send({ url, key }: Subscription, body: string, sign = signature(body, key)) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'x-xero-signature': sign },
        body,
        redirect: 'manual',
        signal: deadline(),
      });
      const empty = (await response.text()) === '' && !response.headers.has('set-cookie');
      if (response.status === 200) return empty ? 'heard' : 'failed';
      return response.status === 401 && empty ? 'refused' : 'failed';
    } catch {
      return 'failed';
    }
  }

  return {
    publish(event: BookEvent): void {
      for (const app of audience(event.tenantId)) {
        const subscription = subscriptions.get(app.clientId);
        if (subscription?.state !== 'enabled') continue;
        if (subscription.categories.includes(event.eventCategory))
          subscription.queue.push({ ...event, at: clock.now() });
      }
    },

    /** A new address must answer the intent to receive before it gets events. Throws for an app without key. */
    setUrl(app: App, url: string, categories: readonly EventCategory[] = EVENT_CATEGORIES): void {
      if (app.webhookKey === undefined) throw new Error(`The app ${app.clientId} has no webhook key`);
      const sequence = subscriptions.get(app.clientId)?.sequence ?? 0;
      const fresh = { state: 'new' as const, queue: [], batches: [] };
      subscriptions.set(app.clientId, { app, key: app.webhookKey, url, categories, sequence, ...fresh });
    },

    state: (clientId: string): WebhookState => find(clientId).state,

    /** Sends signed and mis-signed bodies by turns; enables the webhook where each is answered right. */
    async intentToReceive(clientId: string): Promise<boolean> {
      const subscription = find(clientId);
      for (const genuine of [true, false, true, false]) {
        const body = webhookBody([], 0, 0);
        const sign = genuine ? signature(body, subscription.key) : randomBytes(32).toString('base64');
        if ((await send(subscription, body, sign)) !== (genuine ? 'heard' : 'refused')) return false;
      }
      subscription.state = 'enabled';
      return true;
    },

    /** Sends everything that is due, each batch in so many copies. Calls wait for one another. */
    deliver(copies = 1): Promise<{ delivered: number; failed: number }> {
      const turn = running.then(() => deliver(copies));
      running = turn;
      return turn;
    },
  };
}

function pack(subscription: Subscription, batchSize: number, now: Date): void {
  while (subscription.queue.length > 0) {
    const events = subscription.queue.splice(0, batchSize);
    const first = subscription.sequence + 1;
    subscription.sequence += events.length;
    const body = webhookBody(events, first, subscription.sequence);
    subscription.batches.push({ body, attempts: 0, dueAt: now });
  }
}

/** Waits 1, 2, 4, … minutes and at most 4 hours; after a day the webhook is disabled and its events are lost. */
function putOff(subscription: Subscription, batch: Batch, now: Date): void {
  batch.firstTriedAt ??= now;
  batch.attempts += 1;
  const minutes = Math.min(2 ** (batch.attempts - 1), 240);
  batch.dueAt = new Date(now.getTime() + minutes * 60_000);
  if (now.getTime() - batch.firstTriedAt.getTime() < GIVE_UP_AFTER) return;
  subscription.state = 'disabled';
  subscription.queue = [];
  subscription.batches = [];
}
