import type { World } from '../world.ts';
import type { Told } from './events.ts';
import { webhookPayload } from './payloads.ts';
import { post } from './post.ts';
import type { Delivery, Hook, WebhookEvent } from './records.ts';
import type { Sending } from './send.ts';
import { sendEvent } from './send.ts';

const SECOND = 1000;
const LONGEST_PAUSE = 3_600_000;
const GIVES_UP_AFTER = 12 * 3_600_000;
/** How many deliveries a hook remembers. */
const REMEMBERED = 1000;
/** How often a sandbox looks at its clock while something waits for another try. */
const LOOKS_EVERY = 1000;

/** How deliveries go astray on purpose. */
export interface Disturbance {
  /** How often each event arrives; default once. */
  copies?: number;
  /** Which of so many waiting events is sent next; default the oldest, 0. */
  pick?(waiting: number): number;
}

export interface Courier {
  /** Tells that something may be waiting. */
  wake(): void;
  /** Delivers all that is due by the sandbox's clock, and comes back when nothing is. */
  settle(): Promise<void>;
  /** Sends one payload of any version at once, beside all queues. */
  send(hookId: number, told: Told, sending?: Sending): Promise<number | null>;
  /** From now on, until told otherwise. */
  disturb(disturbance: Disturbance): void;
  close(): Promise<void>;
}

interface Settings {
  /** Delivers by itself, soon after each change; otherwise only when told to settle. */
  byItself: boolean;
  /** Milliseconds until an endpoint that does not answer has failed. */
  timeout: number;
  /** Hears that deliveries were made. */
  delivered(): void;
}

/**
 * Delivers what waits at the hooks, hook by hook (Procore docs: How Webhooks Work, reliability): a failure pauses the
 * hook for 1 s, 2 s, … up to 1 h; after 12 h of nothing but failures all that waits is given up.
 */
export function courier(world: World, settings: Settings): Courier {
  let disturbance: Disturbance = {};
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const closing = new AbortController();

  const deliverDue = async () => {
    for (let hook = due(world); hook !== undefined; hook = due(world)) {
      if (closing.signal.aborted) return;
      await attempt(hook);
      settings.delivered();
    }
  };
  const settle = () => {
    running = running.then(deliverDue);
    return running;
  };
  const wake = () => {
    clearTimeout(timer);
    if (!settings.byItself || closing.signal.aborted || !hooksOf(world).some(isWaiting)) return;
    timer = setTimeout(look, due(world) === undefined ? LOOKS_EVERY : 0).unref();
  };
  const look = () => void settle().then(wake);
  const attempt = async (hook: Hook) => {
    const { copies = 1, pick = () => 0 } = disturbance;
    const event = hook.waiting[pick(hook.waiting.length)]!;
    for (let sent = 0; sent < copies; sent++) {
      const delivery = await send(world, hook, event, settings.timeout, closing.signal);
      if (closing.signal.aborted) return;
      remember(hook, delivery);
      if (delivery.outcome !== 'ok') return failed(world, hook);
    }
    hook.waiting = hook.waiting.filter((one) => one !== event);
    Object.assign(hook, { failures: 0, failingSince: null, pausedUntil: 0 });
  };
  return {
    wake,
    settle,
    send: (hookId, told, sending) => sendEvent(world, hookId, told, settings.timeout, sending),
    disturb: (next) => {
      disturbance = next;
    },
    close: async () => {
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

function hooksOf(world: World): Hook[] {
  return [...world.companies.values()].flatMap((company) => [...company.hooks.values()]);
}

function isWaiting(hook: Hook): boolean {
  return hook.status === 'active' && hook.waiting.length > 0;
}

function due(world: World): Hook | undefined {
  const now = world.clock.now().getTime();
  return hooksOf(world).find((hook) => isWaiting(hook) && hook.pausedUntil <= now);
}

async function send(
  world: World,
  hook: Hook,
  event: WebhookEvent,
  timeout: number,
  closing: AbortSignal,
): Promise<Delivery> {
  const payload = webhookPayload(hook.payloadVersion, event);
  const startedAt = world.now();
  const answer = await post(hook.destinationUrl, hook.authorization, payload, timeout, closing);
  const outcome = answer.ok ? 'ok' : 'retried';
  const { status, headers, body, error } = answer;
  const completedAt = world.now();
  return { event, payload, outcome, startedAt, completedAt, status, headers, body, error };
}

function failed(world: World, hook: Hook): void {
  const now = world.clock.now().getTime();
  hook.failures++;
  hook.failingSince ??= now;
  hook.pausedUntil = now + Math.min(SECOND * 2 ** (hook.failures - 1), LONGEST_PAUSE);
  if (now - hook.failingSince >= GIVES_UP_AFTER) giveUp(world, hook);
}

/** Discards all that waits at a hook; nothing of it will ever be delivered. */
export function giveUp(world: World, hook: Hook): void {
  const [last] = hook.deliveries;
  if (last?.outcome === 'retried') last.outcome = 'failed';
  const now = world.now();
  for (const event of hook.waiting) {
    const payload = webhookPayload(hook.payloadVersion, event);
    remember(hook, { event, payload, outcome: 'discarded', startedAt: now, completedAt: now, ...NO_ANSWER });
  }
  Object.assign(hook, { waiting: [], failures: 0, failingSince: null, pausedUntil: 0 });
}

const NO_ANSWER = { status: null, headers: {}, body: null, error: null };

function remember(hook: Hook, delivery: Delivery): void {
  hook.deliveries = [delivery, ...hook.deliveries].slice(0, REMEMBERED);
}
