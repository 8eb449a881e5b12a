import * as z from 'zod/mini';
import { id } from '../http/fields.ts';
import type { ProcoreOptions } from './api.ts';
import { createProcoreApi } from './api.ts';

/**
 * The user that the service account acts as, by which webhooks tell who made a change; undefined where Procore does
 * not say. Throws RetryLater, Stop, ProcoreRefused.
 */
export async function serviceAccountUser(options: ProcoreOptions): Promise<string | undefined> {
  const user = await createProcoreApi(options).one(
    { path: '/rest/v1.0/me', what: 'the service account' },
    z.object({ id }),
  );
  return user?.id;
}
