import { randomBytes } from 'node:crypto';
import { Refusal } from './errors.ts';
import type { Tool, ToolAccess } from './tools.ts';
import type { World } from './world.ts';

/** An app's service account (DMSA): it sees one company and the projects that its administrator permitted. */
export interface ServiceAccount {
  clientId: string;
  clientSecret: string;
  companyId: number;
  permittedProjectIds: number[] | 'all';
  /** The id of its user in Procore; default one that it keeps over snapshots. */
  userId?: number;
  /** The application's id as webhooks tell it; default none. */
  applicationId?: number;
}

/** A service account as the sandbox knows it. */
export interface Account extends ServiceAccount {
  userId: number;
  /** False once the company has removed the app. */
  installed: boolean;
  /** What the app may do with a tool; with the others everything. */
  tools: Map<Tool, ToolAccess>;
}

/** Procore's access tokens live 90 minutes. */
const LIFETIME_SECONDS = 5400;

export interface Tokens {
  register(account: ServiceAccount): void;
  /** Answers `POST /oauth/token`. Throws a 401 for unknown clients, a 400 for other grants. */
  issue(form: URLSearchParams): object;
  /** The account behind an Authorization header. Throws a 401 for unknown and expired tokens. */
  accountOf(authorization: string | undefined): Account;
  account(clientId: string): Account;
}

export function tokens(world: World): Tokens {
  const accounts = new Map<string, Account>();
  const issued = new Map<string, { account: Account; until: number }>();
  return {
    register: (account) => {
      const userId = account.userId ?? world.userId(account.clientId);
      accounts.set(account.clientId, { ...account, userId, installed: true, tools: new Map() });
    },
    issue: (form) => {
      if (form.get('grant_type') !== 'client_credentials')
        throw new Refusal(400, { error: 'unsupported_grant_type' });
      const account = accounts.get(form.get('client_id') ?? '');
      if (account === undefined || account.clientSecret !== form.get('client_secret')) {
        throw new Refusal(401, {
          error: 'invalid_client',
          error_description: 'Client authentication failed.',
        });
      }
      if (!account.installed && world.rules.tokenAfterRemoval === 'refused') {
        throw new Refusal(401, { error: 'invalid_client', error_description: 'The app is not installed.' });
      }
      const access_token = randomBytes(32).toString('base64url');
      const now = world.clock.now().getTime();
      issued.set(access_token, { account, until: now + LIFETIME_SECONDS * 1000 });
      return {
        access_token,
        token_type: 'bearer',
        expires_in: LIFETIME_SECONDS,
        created_at: Math.floor(now / 1000),
      };
    },
    accountOf: (authorization) => {
      const token = issued.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '');
      const valid = token !== undefined && world.clock.now().getTime() < token.until;
      if (!valid)
        throw new Refusal(401, { code: 401, message: 'The access token is missing, unknown or expired' });
      return token.account;
    },
    account: (clientId) => {
      const account = accounts.get(clientId);
      if (account === undefined) throw new Error(`No service account ${clientId}`);
      return account;
    },
  };
}
