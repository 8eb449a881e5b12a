import * as z from 'zod';
import type { Surroundings } from './surroundings.ts';

const runSchema = z.object({
  endpoints: z.record(z.string(), z.url()),
  outputs: z.record(z.string(), z.string()),
  region: z.string(),
  /** What the functions run with that is not AWS: where the vendors are. */
  environment: z.optional(z.record(z.string(), z.string())),
});

/** What the local run on this port says of itself; undefined where none answers. */
export async function findLocalRun(port: number): Promise<Surroundings | undefined> {
  const run = runSchema.safeParse(await ask(port));
  if (!run.success) return undefined;
  const { endpoints, outputs, region, environment = {} } = run.data;
  const addresses = Object.entries(endpoints).map(([service, url]) => [
    `AWS_ENDPOINT_URL_${service.toUpperCase()}`,
    url,
  ]);
  return {
    outputs,
    vendors: environment,
    // A profile would win over these credentials, and the local run takes any.
    aws: {
      ...Object.fromEntries(addresses),
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: undefined,
      AWS_PROFILE: undefined,
    },
  };
}

async function ask(port: number): Promise<unknown> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      // A connection kept from an earlier question may be closed at the very moment of this one.
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(5000),
    });
    return await response.json();
  } catch {
    return undefined;
  }
}
