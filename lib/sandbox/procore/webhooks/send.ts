import type { Company } from '../records.ts';
import type { World } from '../world.ts';
import type { Told } from './events.ts';
import { newEvent } from './events.ts';
import { webhookPayload } from './payloads.ts';
import { post } from './post.ts';
import type { Hook, PayloadVersion } from './records.ts';

/** Departures from what a hook would send of itself. */
export interface Sending {
  version?: PayloadVersion;
  authorization?: string | null;
}

/**
 * Sends one payload to a hook's endpoint at once, whether anything changed or not and whatever the hook's status, and
 * leaves no trace in its deliveries. Returns the status answered, null where there was no answer.
 */
export async function sendEvent(
  world: World,
  hookId: number,
  told: Told,
  timeout: number,
  sending: Sending = {},
): Promise<number | null> {
  const { company, hook } = hookOf(world, hookId);
  const payload = webhookPayload(sending.version ?? hook.payloadVersion, newEvent(world, company, told));
  const { authorization = hook.authorization } = sending;
  return (await post(hook.destinationUrl, authorization, payload, timeout)).status;
}

function hookOf(world: World, hookId: number): { company: Company; hook: Hook } {
  for (const company of world.companies.values()) {
    const hook = company.hooks.get(hookId);
    if (hook !== undefined) return { company, hook };
  }
  throw new Error(`No hook ${hookId}`);
}
