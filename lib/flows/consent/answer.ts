import type { Code } from '../../core/codes.ts';
import { BadInput, ConnectorError, RetryLater, Stop } from '../../core/errors.ts';
import type { ConsentDeployment } from './attempt.ts';
import { failurePage } from './failure-page.ts';

/** What a browser is answered. */
export type WebAnswer = { status: number; page: string } | { redirect: string; setCookie: string };

/** Failures become pages: what happened, how to mend it, and the code. Nothing of the request is logged. */
export async function answering(
  { log }: Pick<ConsentDeployment, 'log'>,
  work: () => Promise<WebAnswer>,
): Promise<WebAnswer> {
  try {
    return await work();
  } catch (error) {
    const failure = plainly(error);
    if (failure.code === 'unexpected') log.error('A consent failed', { error: String(failure.cause) });
    else log.warn('A consent failed', { code: failure.code });
    return { status: statusOf(failure), page: failurePage(failure) };
  }
}

function plainly(error: unknown): ConnectorError {
  if (!(error instanceof ConnectorError)) return new Stop('unexpected', { cause: error });
  if (error.code !== 'lease-held') return error;
  return new RetryLater('connecting-already' satisfies Code, 60, { cause: error });
}

function statusOf(failure: ConnectorError): number {
  if (failure.code === 'unexpected') return 500;
  if (failure instanceof RetryLater) return 503;
  return failure instanceof BadInput ? 400 : 409;
}
