import * as z from 'zod/mini';
import { id, optionalText } from '../http/fields.ts';
import { parseJson } from '../http/json.ts';

/** One event, whatever payload format it came in. Ids are text. */
export interface WebhookEvent {
  /** The same in every repetition of the delivery. */
  id: string;
  companyId: string;
  projectId?: string;
  /** Who made the change, as far as the event tells. */
  userIds: string[];
  /** Procore's name of what changed, such as `Company Vendors`. */
  resource: string;
}

const shared = { company_id: id, project_id: optionalText, user_id: optionalText };

/** Payload formats v2.0 and v3.0; what v3.0 adds, the parents of line items, is not needed. */
const eventV2 = z.object({
  ...shared,
  id: optionalText,
  ulid: optionalText,
  resource_name: id,
  metadata: z.optional(z.nullable(z.object({ source_user_id: optionalText }))),
});

const eventV4 = z.object({ ...shared, id, resource_type: id });

/** Reads the body of a delivery (Procore docs: Webhooks Payload Formats); undefined where it fits no format. */
export function parseWebhookEvent(body: string): WebhookEvent | undefined {
  let json: unknown;
  try {
    json = parseJson(body);
  } catch {
    return undefined;
  }
  const latest = eventV4.safeParse(json);
  if (latest.success) {
    const { id, resource_type, ...rest } = latest.data;
    return eventOf(id, resource_type, rest, undefined);
  }
  const legacy = eventV2.safeParse(json);
  if (!legacy.success) return undefined;
  const { id, ulid, resource_name, metadata, ...rest } = legacy.data;
  const eventId = ulid ?? id;
  return eventId === undefined ? undefined : eventOf(eventId, resource_name, rest, metadata?.source_user_id);
}

function eventOf(
  id: string,
  resource: string,
  about: { company_id: string; project_id?: string | undefined; user_id?: string | undefined },
  sourceUserId: string | undefined,
): WebhookEvent {
  const { company_id: companyId, project_id: projectId, user_id: userId } = about;
  return {
    id,
    companyId,
    ...(projectId !== undefined && { projectId }),
    userIds: [...new Set([userId, sourceUserId].filter((user) => user !== undefined))],
    resource,
  };
}
