import * as z from 'zod/mini';
import { ProcoreRefused } from '../core/errors.ts';
import { id, optionalText } from '../http/fields.ts';
import type { ProcoreApi, ProcoreOptions } from './api.ts';
import { createProcoreApi } from './api.ts';
import { anything } from './wire.ts';

/** Payload formats, the one preferred first. */
export const PAYLOAD_VERSIONS = ['v4.0', 'v3.0', 'v2.0'] as const;
export type PayloadVersion = (typeof PAYLOAD_VERSIONS)[number];

/** One kind of event that a hook is to tell of. */
export interface Trigger {
  resource: string;
  /** `create`, `update`, `delete` */
  event: string;
}

export interface Hook {
  id: string;
  active: boolean;
  url: string;
  payloadVersion: string;
  /** The last characters of the Authorization value; all that Procore shows of it. */
  authorizationTail: string;
}

/** The webhooks of one company, or of one of its projects, in one namespace. Methods throw RetryLater, Stop and ProcoreRefused. */
export interface WebhookDesk {
  /** What may be subscribed to in this format; empty where Procore does not know the format. */
  offered(version: PayloadVersion): Promise<Trigger[]>;
  hooks(): Promise<Hook[]>;
  /** Not safe to repeat: look it up first where an earlier attempt may have got through. Returns its id. */
  create(hook: { url: string; authorization: string; payloadVersion: PayloadVersion }): Promise<string>;
  /** Does nothing where it is already gone. */
  remove(hookId: string): Promise<void>;
  triggers(hookId: string): Promise<(Trigger & { id: string })[]>;
  /** Those that Procore does not take are left out, which only `triggers` shows. */
  addTriggers(hookId: string, triggers: Trigger[]): Promise<void>;
  removeTrigger(hookId: string, triggerId: string): Promise<void>;
  /** How many deliveries of the last hundred are being tried again, and how many Procore gave up. */
  troubledDeliveries(hookId: string): Promise<{ failing: number; discarded: number }>;
}

const hookWire = z.object({
  id,
  status: optionalText,
  namespace: optionalText,
  destination_url: optionalText,
  payload_version: optionalText,
  destination_headers: z.optional(z.nullable(z.object({ Authorization: optionalText }))),
});

const triggerWire = z.object({ id, resource_name: id, event_type: id });

/** What an action looks like is not documented: a word, or an object that holds it. */
const actionWire = z.union([
  z.string(),
  z.pipe(
    z.looseObject({}),
    z.transform((action) => String(action.event_type ?? action.name ?? action.action ?? action.type ?? '')),
  ),
]);
const resourceWire = z.object({ name: id, actions: z.optional(z.nullable(z.array(actionWire))) });

const EVENTS = ['create', 'update', 'delete'];
const SHOWN_OF_SECRET = 5;
/** The most that v2.0 lists give at once. */
const PER_PAGE = 100;

/** The hooks of the company, or of the project where one is named. */
export function openWebhookDesk(
  options: ProcoreOptions,
  { namespace, projectId }: { namespace: string; projectId?: string | undefined },
): WebhookDesk {
  const api = createProcoreApi(options);
  const scope = projectId === undefined ? '' : `/projects/${projectId}`;
  const base = `/rest/v2.0/companies/${api.companyId}${scope}/webhooks`;
  const hook = (hookId: string) => `${base}/hooks/${encodeURIComponent(hookId)}`;

  return {
    async offered(version) {
      const query = { payload_version: version };
      const list = { path: `${base}/resources`, query, what: 'webhook resources' };
      const resources = await ifUnderstood(() => listAll(api, list, resourceWire));
      return resources.flatMap(({ name, actions }) => offeredEvents(name, actions));
    },
    async hooks() {
      const list = { path: `${base}/hooks`, what: 'webhooks' };
      const hooks = await listAll(api, list, hookWire);
      return hooks.filter((one) => one.namespace === namespace).map(toHook);
    },
    async create({ url, authorization, payloadVersion }) {
      const body = {
        payload_version: payloadVersion,
        namespace,
        destination_url: url,
        destination_headers: { Authorization: authorization },
      };
      const schema = z.object({ data: z.object({ id }) });
      return (await api.post({ path: `${base}/hooks`, body, what: 'the webhook' }, schema)).data.id;
    },
    remove: (hookId) => api.remove({ path: hook(hookId), what: 'the webhook' }),
    async triggers(hookId) {
      const list = { path: `${hook(hookId)}/triggers`, what: 'webhook triggers' };
      const triggers = await listAll(api, list, triggerWire);
      return triggers.map(({ id, resource_name, event_type }) => ({
        id,
        resource: resource_name,
        event: event_type.toLowerCase(),
      }));
    },
    async addTriggers(hookId, triggers) {
      const body = triggers.map(({ resource, event }) => ({ resource_name: resource, event_type: event }));
      const call = { path: `${hook(hookId)}/triggers/bulk`, body, what: 'webhook triggers' };
      await ifUnderstood(async () => [await api.post(call, anything)]);
    },
    removeTrigger: (hookId, triggerId) =>
      api.remove({
        path: `${hook(hookId)}/triggers/${encodeURIComponent(triggerId)}`,
        what: 'webhook trigger',
      }),
    async troubledDeliveries(hookId) {
      const [failing, discarded] = await Promise.all([
        countDeliveries(api, hookId, 'failing', projectId),
        countDeliveries(api, hookId, 'discarded', projectId),
      ]);
      return { failing, discarded };
    },
  };
}

/** The end of the Authorization value, as far as Procore shows it. */
export function tailOf(authorization: string): string {
  return authorization.slice(-SHOWN_OF_SECRET);
}

function offeredEvents(resource: string, actions: string[] | null | undefined): Trigger[] {
  const words = (actions ?? []).map((action) => action.toLowerCase());
  const known = EVENTS.filter((event) => words.includes(event));
  // Where nothing readable is said of the events, Procore is asked for all: it refuses singly what it does not have.
  return (words.length > 0 ? known : EVENTS).map((event) => ({ resource, event }));
}

function toHook(wire: z.output<typeof hookWire>): Hook {
  return {
    id: wire.id,
    active: wire.status === undefined || wire.status.toLowerCase() === 'active',
    url: wire.destination_url ?? '',
    payloadVersion: wire.payload_version ?? '',
    authorizationTail: tailOf(wire.destination_headers?.Authorization ?? ''),
  };
}

type List = { path: string; query?: Record<string, string>; what: string };

/** All pages of a v2.0 list, which is wrapped in `data`; a page that is not full is the last. */
async function listAll<S extends z.ZodMiniType>(
  api: ProcoreApi,
  list: List,
  entry: S,
): Promise<z.output<S>[]> {
  const entries: z.output<S>[] = [];
  for (let page = 1; ; page += 1) {
    const query = { ...list.query, page: String(page), per_page: String(PER_PAGE) };
    const answer = await api.one({ ...list, query }, z.object({ data: z.array(entry) }));
    entries.push(...(answer?.data ?? []));
    if ((answer?.data.length ?? 0) < PER_PAGE) return entries;
  }
}

async function ifUnderstood<T>(list: () => Promise<T[]>): Promise<T[]> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof ProcoreRefused) return [];
    throw error;
  }
}

async function countDeliveries(
  api: ProcoreApi,
  hookId: string,
  status: string,
  projectId: string | undefined,
): Promise<number> {
  const scope: Record<string, string> =
    projectId === undefined ? { company_id: api.companyId } : { project_id: projectId };
  const query = { ...scope, 'filters[status]': status, page_size: '100' };
  const path = `/rest/v1.0/webhooks/hooks/${encodeURIComponent(hookId)}/deliveries`;
  return ((await api.one({ path, query, what: 'webhook deliveries' }, z.array(anything))) ?? []).length;
}
