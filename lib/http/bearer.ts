import type { Outcome } from './request.ts';

/** Where a client gets its access token from. */
export interface TokenSource {
  /** The current token. After `refreshed` it is the new one. */
  accessToken(): Promise<string>;
  /** Called after the server refused the current token: gets a new one and returns it. */
  refreshed(): Promise<string>;
}

/**
 * Returns a function that runs an attempt with the current token and, on a 401, once more with a new one.
 * Calls that fail side by side share one refresh. A second 401 is returned for judgement.
 */
export function withBearer(tokens: TokenSource) {
  let refreshing: Promise<string> | undefined;
  const refresh = () => {
    refreshing ??= tokens.refreshed().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  return async (attempt: (token: string) => Promise<Outcome>): Promise<Outcome> => {
    const outcome = await attempt(await tokens.accessToken());
    if (outcome.kind !== 'answer' || outcome.status !== 401) return outcome;
    return attempt(await refresh());
  };
}
