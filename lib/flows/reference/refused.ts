import { ProcoreRefused, Stop } from '../../core/errors.ts';

/** Whether Procore let the service account do everything but this. */
export function refusedByProcore(error: unknown): error is Error {
  return error instanceof ProcoreRefused || (error instanceof Stop && error.code === 'procore-forbidden');
}
