import type { PayloadVersion, WebhookEvent } from './records.ts';

/** The body of a delivery (Procore docs: How Webhooks Work, payload formats). It carries ids and no data. */
export function webhookPayload(version: PayloadVersion, event: WebhookEvent): object {
  if (version === 'v4.0') return payloadV4(event);
  const payload = payloadV2(event, version);
  return version === 'v2.0' ? payload : { ...payload, related_resources: event.related };
}

function payloadV2(event: WebhookEvent, api_version: string) {
  return {
    id: event.id,
    ulid: event.ulid,
    timestamp: event.timestamp,
    metadata: {
      source_user_id: event.userId,
      source_project_id: event.projectId,
      source_operation_id: null,
      source_company_id: event.companyId,
      source_application_id: event.applicationId,
    },
    user_id: event.userId,
    company_id: event.companyId,
    project_id: event.projectId,
    api_version,
    event_type: event.type,
    resource_name: event.resource,
    resource_id: event.resourceId,
  };
}

/** All ids are strings, and nothing tells of the application behind the change. */
function payloadV4(event: WebhookEvent) {
  return {
    id: event.ulid,
    timestamp: event.timestamp,
    reason: event.type,
    company_id: String(event.companyId),
    project_id: event.projectId === null ? null : String(event.projectId),
    user_id: String(event.userId),
    resource_type: event.resource,
    resource_id: String(event.resourceId),
  };
}
