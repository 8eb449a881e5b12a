import type { FieldErrors, Refusal } from '../errors.ts';
import { notFound } from '../errors.ts';
import type { Company, Project } from '../records.ts';
import type { CompanyCall } from '../route.ts';
import { stamps } from '../world.ts';
import { resourcesOf } from './catalogue.ts';
import type { Hook, PayloadVersion } from './records.ts';

/** A call on the hooks of the company or, with a project, on the project's. */
export interface ScopedCall {
  call: CompanyCall<unknown>;
  project: Project | undefined;
  /** How this version of the API refuses fields. */
  refuse(errors: FieldErrors): Refusal;
}

export interface HookFields {
  payloadVersion: PayloadVersion;
  namespace: string;
  destinationUrl: string;
  authorization: string | null;
}

/** Hooks of the scope that the calling app made: those of other apps are as if they were not there. */
export function hooksIn({ call, project }: ScopedCall): Hook[] {
  const projectId = project?.id ?? null;
  return [...call.company.hooks.values()].filter(
    (hook) => hook.clientId === call.account.clientId && hook.projectId === projectId,
  );
}

export function hookIn(scoped: ScopedCall, id: number): Hook {
  const hook = hooksIn(scoped).find((one) => one.id === id);
  if (hook === undefined) throw notFound('Webhooks hook');
  return hook;
}

export function createHook(scoped: ScopedCall, fields: HookFields): Hook {
  const { call, project } = scoped;
  check(scoped, undefined, fields);
  const hook: Hook = {
    ...fields,
    id: call.world.nextId(),
    clientId: call.account.clientId,
    userId: call.account.userId,
    projectId: project?.id ?? null,
    status: 'active',
    triggers: [],
    waiting: [],
    deliveries: [],
    failures: 0,
    failingSince: null,
    pausedUntil: 0,
    ...stamps(call.world),
  };
  call.company.hooks.set(hook.id, hook);
  return hook;
}

export function updateHook(scoped: ScopedCall, hook: Hook, changes: Partial<HookFields>): Hook {
  check(scoped, hook, { ...hook, ...changes });
  return Object.assign(hook, changes, { updated_at: scoped.call.world.now() });
}

/** Takes a hook away, with its triggers and with what it has not delivered. */
export function deleteHook(company: Company, hook: Hook): void {
  company.hooks.delete(hook.id);
  hook.waiting = [];
}

function check(scoped: ScopedCall, hook: Hook | undefined, fields: HookFields): void {
  const { refuse, call } = scoped;
  if (!/^[a-z0-9-]+$/.test(fields.namespace)) throw refuse({ namespace: ['is invalid'] });
  if (!isDeliverable(fields.destinationUrl)) throw refuse({ destination_url: ['must be an HTTPS URL'] });
  if (resourcesOf(call.world.rules, fields.payloadVersion) === undefined) {
    throw refuse({ payload_version: ['is not included in the list'] });
  }
  const twin = hooksIn(scoped).find(
    (one) => one.namespace === fields.namespace && one.destinationUrl === fields.destinationUrl,
  );
  if (twin !== undefined && twin !== hook) throw refuse({ namespace: ['has already been taken'] });
}

const LOOPBACK = ['127.0.0.1', 'localhost'];

/** Procore delivers to HTTPS only; plain HTTP on this machine is let through, for local runs. */
function isDeliverable(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
}
