import * as z from 'zod';
import { invalid } from '../errors.ts';
import { text } from '../fields.ts';
import type { Route } from '../route.ts';
import { companyRoute } from '../route.ts';
import { resourcesInScope } from './catalogue.ts';
import { DELIVERY_FILTERS, deliveriesOf, deliveryView } from './deliveries-list.ts';
import { createHook, deleteHook, hookIn, hooksIn, updateHook } from './hooks.ts';
import { EVENT_TYPES } from './records.ts';
import { createTrigger, deleteTrigger } from './triggers.ts';
import {
  changedHookFields,
  hookFields,
  inBody,
  inQuery,
  newHookFields,
  scope,
  triggerFields,
  versionOf,
} from './v1-scope.ts';
import { hookView, triggerView } from './v1-views.ts';

const HOOKS = '/rest/v1.0/webhooks/hooks';
const HOOK = `${HOOKS}/{hook_id}`;

/** The first webhooks API: the scope stands in query or body, `api_version` is the version of the payloads. */
export const webhookRoutesV1: Route[] = [
  companyRoute({
    method: 'GET',
    path: HOOKS,
    query: ['namespace', 'api_version'],
    pages: 'v1',
    handle: (call) => {
      const [namespace, version] = [call.query.get('namespace'), call.query.get('api_version')];
      const wanted = version === undefined ? undefined : versionOf(call, version);
      return hooksIn(inQuery(call))
        .filter((hook) => namespace === undefined || hook.namespace === namespace)
        .filter((hook) => wanted === undefined || hook.payloadVersion === wanted)
        .map((hook) => hookView(call, hook));
    },
  }),
  companyRoute({
    method: 'POST',
    path: HOOKS,
    body: z.object({ ...scope, hook: hookFields }),
    handle: (call) => hookView(call, createHook(inBody(call), newHookFields(call, call.body.hook))),
  }),
  companyRoute({
    method: 'GET',
    path: HOOK,
    handle: (call) => hookView(call, hookIn(inQuery(call), call.id('hook_id'))),
  }),
  companyRoute({
    method: 'PATCH',
    path: HOOK,
    body: z.object({ ...scope, hook: hookFields.partial() }),
    handle: (call) => {
      const scoped = inBody(call);
      const hook = hookIn(scoped, call.id('hook_id'));
      return hookView(call, updateHook(scoped, hook, changedHookFields(call, hook, call.body.hook)));
    },
  }),
  companyRoute({
    method: 'DELETE',
    path: HOOK,
    handle: (call) => {
      const hook = hookIn(inQuery(call), call.id('hook_id'));
      deleteHook(call.company, hook);
      return hookView(call, hook);
    },
  }),
  companyRoute({
    method: 'GET',
    path: `${HOOK}/triggers`,
    pages: 'v1',
    handle: (call) => {
      const hook = hookIn(inQuery(call), call.id('hook_id'));
      return hook.triggers.map((one) => triggerView(call, hook, one));
    },
  }),
  companyRoute({
    method: 'POST',
    path: `${HOOK}/triggers`,
    body: z.object({ ...scope, api_version: text, trigger: triggerFields }),
    handle: (call) => {
      const scoped = inBody(call);
      const hook = hookIn(scoped, call.id('hook_id'));
      if (versionOf(call, call.body.api_version) !== hook.payloadVersion) {
        throw invalid({ api_version: ['must be that of the hook'] });
      }
      return triggerView(call, hook, createTrigger(scoped, hook, call.body.trigger));
    },
  }),
  companyRoute({
    method: 'DELETE',
    path: `${HOOK}/triggers/{id}`,
    handle: (call) => {
      const hook = hookIn(inQuery(call), call.id('hook_id'));
      return triggerView(call, hook, deleteTrigger(hook, call.id('id')));
    },
  }),
  companyRoute({
    method: 'GET',
    path: `${HOOK}/deliveries`,
    query: ['page_size', 'page_start', ...DELIVERY_FILTERS],
    handle: (call) => {
      const last = Number(call.query.get('page_start') ?? Number.POSITIVE_INFINITY);
      return deliveriesOf(hookIn(inQuery(call), call.id('hook_id')), call.query)
        .filter(({ event }) => event.id < last)
        .slice(0, Number(call.query.get('page_size') ?? 100))
        .map(deliveryView);
    },
  }),
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/webhooks/resources',
    handle: (call) => {
      const { project } = inQuery(call);
      const resources = resourcesInScope(call.world.rules, 'v2.0', project ? 'project' : 'company')!;
      return resources.map(({ name, tool, events }) => ({
        name,
        api_version: 'v2',
        product_category: 'Project Management',
        tools: tool,
        except: EVENT_TYPES.filter((type) => !events.includes(type)),
      }));
    },
  }),
];
