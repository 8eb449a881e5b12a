import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import type { BenchVendors } from './carrying/vendors.ts';
import { COMPANY_ID } from './carrying/vendors.ts';

export type Json = Record<string, unknown>;

/** Calls to both vendors as their getting-started pages show them: a token, a URL, JSON. */
export interface Calls {
  xero<T>(path: string): Promise<T>;
  procore<T = Json>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: Json): Promise<T>;
}

/** Signs in at both vendors. */
export async function signIn({ xero, procore }: Pick<BenchVendors, 'xero' | 'procore'>): Promise<Calls> {
  const { clientId, clientSecret } = DEMO_CREDENTIALS.xero;
  const refreshToken = xero.authorise(clientId, CONTRACTOR.tenantId);
  const xeroToken = await token(`${xero.url}/connect/token`, {
    ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
    ...{ client_id: clientId, client_secret: clientSecret },
  });
  const procoreToken = await token(`${procore.url}/oauth/token`, {
    grant_type: 'client_credentials',
    client_id: DEMO_CREDENTIALS.procore.clientId,
    client_secret: DEMO_CREDENTIALS.procore.clientSecret,
  });
  return {
    xero: (path) =>
      call(`${xero.url}/api.xro/2.0${path}`, {
        headers: {
          authorization: `Bearer ${xeroToken}`,
          'xero-tenant-id': CONTRACTOR.tenantId,
          accept: 'application/json',
        },
      }),
    procore: (method, path, body) =>
      call(`${procore.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${procoreToken}`,
          'procore-company-id': String(COMPANY_ID),
          'content-type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
  };
}

async function token(url: string, form: Record<string, string>): Promise<string> {
  const answer = await call<{ access_token: string }>(url, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return answer.access_token;
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${url} answered ${answer.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
