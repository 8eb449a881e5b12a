import type { Hook } from '../../procore/webhooks.ts';
import { tailOf } from '../../procore/webhooks.ts';

/**
 * A hook that is as it should be but for its triggers, with the secret that it sends: the recorded one before what a
 * crashed run left.
 */
export function findStanding(
  found: Hook[],
  secrets: string[],
  wanted: { payloadVersion: string; url: string; hookId: string | undefined },
): { id: string; secret: string } | undefined {
  const fitting = found.flatMap((hook) => {
    const secret = secretOf(hook, secrets);
    const fits = hook.active && hook.url === wanted.url && hook.payloadVersion === wanted.payloadVersion;
    return fits && secret !== undefined ? [{ id: hook.id, secret }] : [];
  });
  return fitting.find(({ id }) => id === wanted.hookId) ?? fitting[0];
}

/** The one of our secrets that the hook sends, by what Procore shows of it. */
export function secretOf({ authorizationTail }: Hook, secrets: string[]): string | undefined {
  return secrets.find((secret) => tailOf(secret) === authorizationTail);
}
