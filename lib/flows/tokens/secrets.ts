import { Stop } from '../../core/errors.ts';
import type { Secret } from '../../core/secret.ts';
import type { SealedSecret } from '../../store/secrets.ts';
import type { Deployment } from '../deployment.ts';

/** What is kept sealed of a connection; the word is part of the encryption context. */
export type SecretPurpose =
  | 'xero-tenant'
  /** Xero's OrganisationID, which may well be the tenant id: what an answer must name. */
  | 'xero-organisation'
  | 'xero-client-secret'
  | 'xero-refresh-token'
  /** One that another worker's came before; tried where Xero refuses the other. */
  | 'xero-spare-refresh-token'
  /** Got by `connect` and not yet proven to be the right organisation's. */
  | 'xero-new-refresh-token'
  | 'xero-access-token'
  | 'xero-webhook-key'
  | 'procore-client-secret'
  | 'procore-access-token';

type Sealing = Pick<Deployment, 'secrets' | 'vault'>;

/** Opens a secret of a connection; undefined where it was never stored. Throws Stop('secret-unreadable'). */
export async function openSecret(
  { secrets, vault }: Sealing,
  connection: string,
  purpose: SecretPurpose,
): Promise<(SealedSecret & { value: Secret }) | undefined> {
  const stored = await secrets.get(connection, purpose);
  if (!stored) return undefined;
  return { ...stored, value: await vault.open(stored.sealed, { connection, purpose }) };
}

/** Opens a secret that a connection of this kind cannot be without. */
export async function mustOpen(
  sealing: Sealing,
  connection: string,
  purpose: SecretPurpose,
): Promise<SealedSecret & { value: Secret }> {
  const secret = await openSecret(sealing, connection, purpose);
  if (!secret) throw new Error(`connection ${connection} was stored without its ${purpose}`);
  return secret;
}

/** The text of a secret that is about to be replaced; undefined where it is missing or does not open any more. */
export async function revealIfPossible(
  sealing: Sealing,
  connection: string,
  purpose: SecretPurpose,
): Promise<string | undefined> {
  try {
    return (await openSecret(sealing, connection, purpose))?.value.reveal();
  } catch (error) {
    if (error instanceof Stop && error.code === 'secret-unreadable') return undefined;
    throw error;
  }
}

/** Replaces a secret; with `expectedRevision` only if nobody else did meanwhile, else throws RetryLater. */
export async function putSecret(
  { secrets, vault }: Sealing,
  connection: string,
  purpose: SecretPurpose,
  value: string,
  options: { expiresAt?: Date; expectedRevision?: number } = {},
): Promise<void> {
  const sealed = await vault.seal(value, { connection, purpose });
  const { expiresAt, expectedRevision } = options;
  await secrets.put(connection, purpose, sealed, {
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(expectedRevision !== undefined && { expectedRevision }),
  });
}
