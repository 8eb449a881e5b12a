import { BadInput } from '../../core/errors.ts';
import { WriteConflict } from '../../store/write-conflict.ts';
import type { ConsentProof } from '../../xero/consent.ts';
import { newConsentProof } from '../../xero/consent.ts';
import type { ConsentDeployment, Read } from './attempt.ts';
import { hashOf, isToken } from './attempt.ts';

/** One visit to Xero's consent page. A link that is opened twice, or looked at in advance, makes two. */
export interface Visit {
  proof: ConsentProof;
  /** Hash of the cookie of the browser that left for Xero. */
  browser: string;
  /** Whether Xero's answer to it has come back. */
  used: boolean;
}

const context = (attemptId: string) => ({ connection: attemptId, purpose: 'consent' });

/** Notes who leaves for Xero. The state names the attempt, so that the answer finds it. */
export async function beginVisit(
  { id, until }: Read,
  browser: string,
  { consents, vault }: ConsentDeployment,
): Promise<ConsentProof> {
  const { state, codeVerifier } = newConsentProof();
  const proof = { state: `${id}.${state}`, codeVerifier };
  const visit: Visit = { proof, browser, used: false };
  const sealed = await vault.seal(JSON.stringify(visit), context(id));
  await consents.putVisit(id, hashOf(proof.state), { sealed, until }, 0);
  return proof;
}

/** The attempt that a state names; undefined where it is none that was made here. */
export function attemptOfState(state: string | null): string | undefined {
  const [id, random, ...more] = (state ?? '').split('.');
  return isToken(id) && isToken(random) && more.length === 0 ? id : undefined;
}

export interface ReadVisit extends Visit {
  revision: number;
  until: string;
}

export async function readVisit(
  id: string,
  state: string,
  { consents, vault }: ConsentDeployment,
): Promise<ReadVisit | undefined> {
  const stored = await consents.visit(id, hashOf(state));
  if (!stored) return undefined;
  const visit: Visit = JSON.parse((await vault.open(stored.sealed, context(id))).reveal());
  return { ...visit, revision: stored.revision, until: stored.until };
}

/** Its state and verifier work once. Throws BadInput('consent-used') where somebody else was first. */
export async function useVisit(
  id: string,
  { revision, until, ...visit }: ReadVisit,
  { consents, vault }: ConsentDeployment,
): Promise<void> {
  const sealed = await vault.seal(JSON.stringify({ ...visit, used: true }), context(id));
  try {
    await consents.putVisit(id, hashOf(visit.proof.state), { sealed, until }, revision);
  } catch (error) {
    if (error instanceof WriteConflict) throw new BadInput('consent-used', { cause: error });
    throw error;
  }
}
