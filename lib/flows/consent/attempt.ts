import { createHash, randomBytes } from 'node:crypto';
import type { ReferenceQueue } from '../../aws/reference-queue.ts';
import { BadInput } from '../../core/errors.ts';
import type { Consents } from '../../store/consents.ts';
import type { Connected } from '../connect/connected.ts';
import type { ConnectionFile } from '../connect/connection-file.ts';
import type { Deployment } from '../deployment.ts';

/** What the flows of a consent need beside the deployment. */
export interface ConsentDeployment extends Deployment {
  consents: Consents;
  /** Where the function `connect` answers: `https://<api>/connect`. */
  connectUrl: string;
  /** Is told of new connections, where there is one. */
  reference?: ReferenceQueue;
}

/** One attempt to connect by consent, from the link to the connection. All of it is kept sealed. */
export type Attempt = Asked | Consented | Finished;

interface Ask {
  /** The connection that is to come of it, or is there already. */
  connectionId: string;
  /** Who asked for it. */
  by: string;
}

export interface Asked extends Ask {
  step: 'asked';
  /** As it was given, and found to be in order. */
  file: GivenFile;
}

/** Somebody has consented: what Xero gave is kept until the connection stands. */
export interface Consented extends Ask {
  step: 'consented';
  file: GivenFile;
  /** Hash of the cookie of the browser in which they did. */
  browser: string;
  refreshToken: string;
  accessToken: string;
  /** ISO instant at which the access token ends. */
  worksUntil: string;
  /** The consent itself, where the token named it. */
  authEventId?: string;
  /** Absent until Xero was asked for them. */
  organisations?: Offered[];
  /** What the form proves that it comes from our page with. */
  formToken: string;
}

export interface Finished extends Ask {
  step: 'finished';
  /** Hash of the cookie of the browser in which it was finished. */
  browser: string;
  formToken: string;
  connected: Connected;
}

type GivenFile = Pick<ConnectionFile, 'name' | 'xero' | 'procore'> & { settings?: unknown };

/** An organisation that the consent covers. */
export interface Offered {
  tenantId: string;
  name: string;
  /** Whether it was allowed just now and not by an earlier consent; absent where that cannot be told. */
  now?: boolean;
}

/** An attempt as it was read. */
export type Read<Step extends Attempt = Attempt> = {
  id: string;
  revision: number;
  until: string;
} & { attempt: Step };

const PURPOSE = 'consent';

/** 256 random bits that travel in a link, cookie or form. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const isToken = (text: string | undefined): text is string => /^[\w-]{43}$/.test(text ?? '');

/** What is stored of a token, and the id of the attempt whose link carries it. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The attempt with this id; undefined where there is none (any more). */
export async function readAttempt(
  { consents, vault }: Pick<ConsentDeployment, 'consents' | 'vault'>,
  id: string,
): Promise<Read | undefined> {
  const stored = await consents.attempt(id);
  if (!stored) return undefined;
  const opened = await vault.open(stored.sealed, { connection: id, purpose: PURPOSE });
  const { revision, until } = stored;
  return { id, revision, until, attempt: JSON.parse(opened.reveal()) };
}

/** Throws BadInput('consent-expired') where it may not be gone on with; finished ones may be looked at for longer. */
export function refuseExpired({ until, attempt }: Read, { clock }: Pick<ConsentDeployment, 'clock'>): void {
  if (attempt.step !== 'finished' && clock.now().toISOString() > until) throw new BadInput('consent-expired');
}

/** Replaces it as it was read. Throws WriteConflict. */
export async function saveAttempt<Step extends Attempt>(
  { consents, vault }: Pick<ConsentDeployment, 'consents' | 'vault'>,
  { id, revision, until }: Pick<Read, 'id' | 'revision' | 'until'>,
  attempt: Step,
): Promise<Read<Step>> {
  const sealed = await vault.seal(JSON.stringify(attempt), { connection: id, purpose: PURPOSE });
  return { id, until, attempt, revision: await consents.putAttempt(id, { sealed, until }, revision) };
}
