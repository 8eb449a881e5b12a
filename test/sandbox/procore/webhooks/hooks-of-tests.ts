import type { Caller } from '../open-sandbox.ts';
import { COMPANY, PROJECT } from '../sample-company.ts';

export const V2_COMPANY = `/rest/v2.0/companies/${COMPANY}/webhooks`;
export const V2_PROJECT = `/rest/v2.0/companies/${COMPANY}/projects/${PROJECT}/webhooks`;
export const SECRET = 'Bearer of-the-hook-12345';

export function hookBody(destination_url = 'https://hooks.example/procore', payload_version = 'v2.0') {
  const destination_headers = { Authorization: SECRET };
  return { payload_version, namespace: 'ml-connector', destination_url, destination_headers };
}

/** A hook with triggers on every event of the resources named; returns its id. */
export async function makeHook(
  caller: Caller,
  resources: string[],
  { path = V2_PROJECT, url = 'https://hooks.example/procore', version = 'v2.0' } = {},
): Promise<number> {
  const { data } = (await caller.post(`${path}/hooks`, hookBody(url, version))).body;
  const triggers = resources.flatMap((resource_name) =>
    ['create', 'update', 'delete'].map((event_type) => ({ resource_name, event_type })),
  );
  await caller.post(`${path}/hooks/${data.id}/triggers/bulk`, triggers);
  return Number(data.id);
}
