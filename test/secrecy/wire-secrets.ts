import type { Eavesdropper } from './eavesdropper.ts';

/** Notes what is secret of everything that goes to the vendors and comes back. */
export function noting(ear: Eavesdropper, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (...call) => {
    const request = new Request(call[0] as string, call[1]);
    const text = await request.clone().text();
    ear.secret('tenant id', request.headers.get('xero-tenant-id'));
    const { pathname } = new URL(request.url);
    if (/\/(connect|oauth)\/token$/.test(pathname)) {
      const form = new URLSearchParams(text);
      for (const field of ['refresh_token', 'client_secret', 'code', 'code_verifier']) {
        ear.secret(field, form.get(field));
      }
    }
    const response = await fetch(...call);
    if (/\/(connect|oauth)\/token$/.test(pathname)) {
      const answer = await tokensIn(response.clone());
      ear.secret('access token', answer.access_token);
      ear.secret('refresh token', answer.refresh_token);
    }
    return response;
  };
}

async function tokensIn(response: Response): Promise<{ access_token?: string; refresh_token?: string }> {
  try {
    return (await response.json()) as object;
  } catch {
    return {};
  }
}
