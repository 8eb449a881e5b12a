import type { CompanyCall } from '../route.ts';
import { masked } from './masked.ts';
import type { Hook, Trigger } from './records.ts';

export function hookView({ company, world }: CompanyCall<unknown>, hook: Hook) {
  const { payloadVersion: version } = hook;
  return {
    id: hook.id,
    api_version: world.rules.hookVersionLiteral === 'long' ? version : version.replace('.0', ''),
    destination_headers: masked(hook.authorization),
    destination_url: hook.destinationUrl,
    namespace: hook.namespace,
    owned_by_company_id: hook.projectId === null ? company.id : null,
    owned_by_project_id: hook.projectId,
    owned_by_user_id: hook.userId,
  };
}

export function triggerView({ company }: CompanyCall<unknown>, hook: Hook, one: Trigger) {
  return {
    id: one.id,
    webhook_hook_id: hook.id,
    resource_name: one.resource,
    resource_id: null,
    event_type: one.eventType.toUpperCase(),
    company_id: hook.projectId === null ? company.id : null,
    project_id: hook.projectId,
    user_id: one.userId,
  };
}
