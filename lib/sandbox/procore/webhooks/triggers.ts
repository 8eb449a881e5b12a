import { notFound } from '../errors.ts';
import { resourcesInScope } from './catalogue.ts';
import type { ScopedCall } from './hooks.ts';
import type { EventType, Hook, Trigger } from './records.ts';

export interface TriggerFields {
  resource_name: string;
  event_type: EventType;
}

/** Adds a trigger. Refuses resources and events that hooks of this scope and version do not have, and twins. */
export function createTrigger(scoped: ScopedCall, hook: Hook, fields: TriggerFields): Trigger {
  const { call, project, refuse } = scoped;
  const scope = project === undefined ? 'company' : 'project';
  const resource = resourcesInScope(call.world.rules, hook.payloadVersion, scope)?.find(
    ({ name }) => name === fields.resource_name,
  );
  if (resource === undefined) throw refuse({ resource_name: ['is not included in the list'] });
  if (!resource.events.includes(fields.event_type)) {
    throw refuse({ event_type: ['is not included in the list'] });
  }
  const trigger: Trigger = {
    id: call.world.nextId(),
    resource: resource.name,
    eventType: fields.event_type,
    userId: call.account.userId,
  };
  const twin = hook.triggers.some(
    (one) => one.resource === trigger.resource && one.eventType === trigger.eventType,
  );
  if (twin) throw refuse({ resource_name: ['has already been taken'] });
  hook.triggers.push(trigger);
  return trigger;
}

/** Takes a trigger off its hook. Throws a 404 where the hook has none such. */
export function deleteTrigger(hook: Hook, id: number): Trigger {
  const index = hook.triggers.findIndex((one) => one.id === id);
  if (index < 0) throw notFound('Webhooks trigger');
  return hook.triggers.splice(index, 1)[0]!;
}
