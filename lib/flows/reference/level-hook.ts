import { ProcoreRefused } from '../../core/errors.ts';
import type { Hook, WebhookDesk } from '../../procore/webhooks.ts';
import { tailOf } from '../../procore/webhooks.ts';
import type { Lease } from '../../store/leases.ts';
import type { HookFormat } from './hook-format.ts';
import { levelTriggers } from './level-triggers.ts';

export interface WantedHook {
  url: string;
  /** The Authorization value, which the receiver accepts already. */
  secret: string;
  format: HookFormat;
  /** The one that stood last time. */
  hookId: string | undefined;
}

export interface StandingHook {
  hookId: string;
  payloadVersion: string;
  made: boolean;
}

/**
 * Makes one hook stand in the desk's namespace as it is wanted, and no other: what fits is kept, what a crashed run
 * left is adopted, and what is disabled, elsewhere bound or in another format makes way. Undefined where Procore took
 * none of the events.
 */
export async function levelHook(
  desk: WebhookDesk,
  wanted: WantedHook,
  lease: Lease,
): Promise<StandingHook | undefined> {
  const found = await desk.hooks();
  const fitting = found.filter((hook) => fits(hook, wanted));
  const kept = fitting.find(({ id }) => id === wanted.hookId) ?? fitting[0];
  await lease.keep();
  const hookId = kept?.id ?? (await make(desk, wanted, found));
  const taken = await levelTriggers(desk, hookId, wanted.format.triggers);
  for (const stray of found.filter(({ id }) => id !== hookId)) await desk.remove(stray.id);
  if (taken === 0) return undefined;
  return { hookId, payloadVersion: wanted.format.payloadVersion, made: kept === undefined };
}

function fits(hook: Hook, { url, secret, format }: WantedHook): boolean {
  return (
    hook.active &&
    hook.url === url &&
    hook.payloadVersion === format.payloadVersion &&
    hook.authorizationTail === tailOf(secret)
  );
}

async function make(desk: WebhookDesk, { url, secret, format }: WantedHook, found: Hook[]): Promise<string> {
  const hook = { url, authorization: secret, payloadVersion: format.payloadVersion };
  try {
    return await desk.create(hook);
  } catch (error) {
    if (!(error instanceof ProcoreRefused) || found.length === 0) throw error;
    // Procore may not take two hooks of one namespace to one address.
    for (const { id } of found) await desk.remove(id);
    return desk.create(hook);
  }
}
