import type { CompanyCall } from '../route.ts';
import type { ScopedCall } from './hooks.ts';
import { masked } from './masked.ts';
import type { Hook, Trigger } from './records.ts';

export function hookView({ call }: ScopedCall, hook: Hook) {
  return {
    id: String(hook.id),
    status: hook.status,
    payload_version: hook.payloadVersion,
    namespace: hook.namespace,
    destination_headers: masked(hook.authorization),
    destination_url: hook.destinationUrl,
    trigger_count: hook.triggers.length,
    ...owner(call, hook),
    created_at: hook.created_at,
    updated_at: hook.updated_at,
  };
}

export function triggerView({ call }: ScopedCall, hook: Hook, one: Trigger) {
  return {
    id: String(one.id),
    webhook_hook_id: String(hook.id),
    resource_name: one.resource,
    event_type: one.eventType,
    ...owner(call, hook),
  };
}

function owner({ company }: CompanyCall<unknown>, { projectId }: Hook) {
  return projectId === null
    ? { company_id: String(company.id), project_id: null }
    : { company_id: null, project_id: String(projectId) };
}
