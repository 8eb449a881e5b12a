import { listsShowing, missingResources } from '../../core/reference-resources.ts';
import type { PayloadVersion, Trigger, WebhookDesk } from '../../procore/webhooks.ts';
import { PAYLOAD_VERSIONS } from '../../procore/webhooks.ts';

export interface HookFormat {
  payloadVersion: PayloadVersion;
  /** Those of the offered events that concern the connector. */
  triggers: Trigger[];
}

/**
 * The payload format in which Procore offers most of what concerns the connector, the newest of equals; undefined
 * where it offers nothing.
 */
export async function chooseFormat(desk: Pick<WebhookDesk, 'offered'>): Promise<HookFormat | undefined> {
  let best: HookFormat | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const payloadVersion of PAYLOAD_VERSIONS) {
    const offered = await desk.offered(payloadVersion);
    const triggers = offered.filter(({ resource }) => listsShowing(resource).length > 0);
    const missing = missingResources(triggers.map(({ resource }) => resource));
    if (triggers.length > 0 && missing < fewest) {
      best = { payloadVersion, triggers };
      fewest = missing;
    }
    if (fewest === 0) break;
  }
  return best;
}

/** One word for a trigger, by which two are compared. */
export function wordOf({ resource, event }: Trigger): string {
  return `${resource} ${event}`;
}
