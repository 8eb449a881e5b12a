import * as z from 'zod';
import { permittedProject } from '../access.ts';
import { badRequest, forbidden, invalid } from '../errors.ts';
import { id, oneOf, text } from '../fields.ts';
import type { CompanyCall } from '../route.ts';
import type { HookFields, ScopedCall } from './hooks.ts';
import type { Hook, PayloadVersion } from './records.ts';
import { EVENT_TYPES, PAYLOAD_VERSIONS } from './records.ts';

export const scope = { company_id: id.nullish(), project_id: id.nullish() };
export const hookFields = z.object({
  api_version: text,
  namespace: text,
  destination_url: text,
  destination_headers: z.object({ Authorization: text.nullish() }).nullish(),
});
export const triggerFields = z.object({
  resource_name: text,
  event_type: text.transform((word) => word.toLowerCase()).pipe(oneOf(EVENT_TYPES)),
});

/** The scope of a call without a body. */
export function inQuery(call: CompanyCall<unknown>): ScopedCall {
  const [company_id, project_id] = [call.query.get('company_id'), call.query.get('project_id')];
  return scoped(call, company_id && Number(company_id), project_id && Number(project_id));
}

/** The scope of a call with one. Throws where it is missing, not permitted, or another company's. */
export function inBody(call: CompanyCall<z.output<z.ZodObject<typeof scope>>>): ScopedCall {
  return scoped(call, call.body.company_id, call.body.project_id);
}

type Id = number | '' | null | undefined;

function scoped(call: CompanyCall<unknown>, companyId: Id, projectId: Id): ScopedCall {
  if (!companyId && !projectId) throw badRequest({ company_id: ['is missing'] });
  if (companyId && companyId !== call.company.id) throw forbidden('App is not connected to this company');
  const { world, account, company } = call;
  const project = projectId ? permittedProject(world, account, company, projectId) : undefined;
  return { call, project, refuse: invalid };
}

/** What a body says of a hook. */
export function newHookFields(call: CompanyCall<unknown>, sent: z.output<typeof hookFields>): HookFields {
  return {
    payloadVersion: versionOf(call, sent.api_version),
    namespace: sent.namespace,
    destinationUrl: sent.destination_url,
    authorization: sent.destination_headers?.Authorization ?? null,
  };
}

/** The same for a body that leaves fields of the hook as they are. */
export function changedHookFields(
  call: CompanyCall<unknown>,
  hook: Hook,
  sent: z.output<ReturnType<typeof hookFields.partial>>,
): HookFields {
  return {
    payloadVersion: sent.api_version ? versionOf(call, sent.api_version) : hook.payloadVersion,
    namespace: sent.namespace ?? hook.namespace,
    destinationUrl: sent.destination_url ?? hook.destinationUrl,
    authorization: sent.destination_headers?.Authorization ?? hook.authorization,
  };
}

/** Reads `v2` or `v2.0`, as far as the rules take them. */
export function versionOf({ world }: CompanyCall<unknown>, word: string): PayloadVersion {
  const { hookVersionLiteral: literal } = world.rules;
  const version = PAYLOAD_VERSIONS.find(
    (known) =>
      (literal !== 'short' && word === known) || (literal !== 'long' && word === known.replace('.0', '')),
  );
  if (version === undefined) throw invalid({ api_version: ['is not included in the list'] });
  return version;
}
