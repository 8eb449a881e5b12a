import * as z from 'zod';
import { badRequest, fieldErrors, Refusal } from '../errors.ts';
import { oneOf, text } from '../fields.ts';
import type { Route } from '../route.ts';
import { inBothScopes } from './both-scopes.ts';
import { resourcesInScope } from './catalogue.ts';
import { DELIVERY_FILTERS, deliveriesOf, deliveryView } from './deliveries-list.ts';
import type { ScopedCall } from './hooks.ts';
import { createHook, deleteHook, hookIn, hooksIn } from './hooks.ts';
import type { Hook } from './records.ts';
import { EVENT_TYPES, PAYLOAD_VERSIONS } from './records.ts';
import type { TriggerFields } from './triggers.ts';
import { createTrigger, deleteTrigger } from './triggers.ts';
import { hookView, triggerView } from './v2-views.ts';

const HOOK = 'hooks/{hook_id}';

/** A bulk of triggers takes so many. */
const MOST_TRIGGERS = 500;

const hookFields = z.object({
  payload_version: oneOf(PAYLOAD_VERSIONS),
  namespace: text,
  destination_url: text,
  destination_headers: z.object({ Authorization: text.nullish() }).nullish(),
});
const triggerFields = z.object({ resource_name: text, event_type: oneOf(EVENT_TYPES) });

/** The newer webhooks API, once for the company and once for each project: flat bodies, string ids, `data`. */
export const webhookRoutesV2: Route[] = [
  ...inBothScopes({
    method: 'GET',
    path: 'hooks',
    pages: 'v2',
    wrapped: true,
    handle: (scoped) => hooksIn(scoped).map((hook) => hookView(scoped, hook)),
  }),
  ...inBothScopes({
    method: 'POST',
    path: 'hooks',
    body: hookFields,
    wrapped: true,
    handle: (scoped, sent) => {
      const fields = {
        payloadVersion: sent.payload_version,
        namespace: sent.namespace,
        destinationUrl: sent.destination_url,
        authorization: sent.destination_headers?.Authorization ?? null,
      };
      return hookView(scoped, createHook(scoped, fields));
    },
  }),
  ...inBothScopes({
    method: 'GET',
    path: HOOK,
    wrapped: true,
    handle: (scoped) => hookView(scoped, hookOf(scoped)),
  }),
  ...inBothScopes({
    method: 'DELETE',
    path: HOOK,
    status: 204,
    handle: (scoped) => deleteHook(scoped.call.company, hookOf(scoped)),
  }),
  ...inBothScopes({
    method: 'GET',
    path: `${HOOK}/triggers`,
    pages: 'v2',
    wrapped: true,
    handle: (scoped) => {
      const hook = hookOf(scoped);
      return hook.triggers.map((one) => triggerView(scoped, hook, one));
    },
  }),
  ...inBothScopes({
    method: 'POST',
    path: `${HOOK}/triggers`,
    body: triggerFields,
    wrapped: true,
    handle: (scoped, sent) => {
      const hook = hookOf(scoped);
      return triggerView(scoped, hook, createTrigger(scoped, hook, sent));
    },
  }),
  ...inBothScopes({
    method: 'POST',
    path: `${HOOK}/triggers/bulk`,
    body: z.array(triggerFields),
    status: (answer) => ((answer as { errors?: unknown }).errors === undefined ? 201 : 207),
    handle: (scoped, sent) => bulk(scoped, hookOf(scoped), sent),
  }),
  ...inBothScopes({
    method: 'DELETE',
    path: `${HOOK}/triggers/{id}`,
    status: 204,
    handle: (scoped) => void deleteTrigger(hookOf(scoped), scoped.call.id('id')),
  }),
  ...inBothScopes({
    method: 'GET',
    path: `${HOOK}/deliveries`,
    query: DELIVERY_FILTERS,
    pages: 'v2',
    wrapped: true,
    handle: (scoped) => deliveriesOf(hookOf(scoped), scoped.call.query).map(deliveryView),
  }),
  ...inBothScopes({
    method: 'GET',
    path: 'resources',
    query: ['payload_version'],
    pages: 'v2',
    wrapped: true,
    handle: resources,
  }),
];

function hookOf(scoped: ScopedCall): Hook {
  return hookIn(scoped, scoped.call.id('hook_id'));
}

/** Creates what can be created; the others come back with their errors, beside it or, where nothing could be, as a 400. */
function bulk(scoped: ScopedCall, hook: Hook, sent: TriggerFields[]) {
  if (sent.length > MOST_TRIGGERS) throw badRequest({ base: [`takes at most ${MOST_TRIGGERS} triggers`] });
  const data: unknown[] = [];
  const errors: unknown[] = [];
  for (const one of sent) {
    try {
      data.push(triggerView(scoped, hook, createTrigger(scoped, hook, one)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.push({ ...one, errors: fieldErrors(error) });
    }
  }
  if (data.length === 0 && errors.length > 0) throw new Refusal(400, { errors });
  return errors.length > 0 ? { data, errors } : { data };
}

function resources({ call, project }: ScopedCall) {
  const version = PAYLOAD_VERSIONS.find((known) => known === call.query.get('payload_version'));
  const offered =
    version && resourcesInScope(call.world.rules, version, project === undefined ? 'company' : 'project');
  if (offered === undefined) throw badRequest({ payload_version: ['is not included in the list'] });
  return offered.map(({ name, tool, events }) => ({
    category: 'Project Management',
    tool,
    name,
    payload_version: version,
    actions: events.map((event) => ({ name: event })),
  }));
}
