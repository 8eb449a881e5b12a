import { createHash } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import { DecryptCommand, EncryptCommand, IncorrectKeyException } from '@aws-sdk/client-kms';
import { Stop } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import { openEnvelope, prepareEnvelope } from './envelope.ts';

/** What a secret is for. A secret sealed for one connection and purpose does not open for another. */
export interface SecretContext {
  connection: string;
  purpose: string;
}

export interface Vault {
  /** Encrypts text of any length. Each call gives other bytes. */
  seal(text: string, context: SecretContext): Promise<Uint8Array>;
  /** Does now all of sealing that can fail, for a text that will exist only once: what it returns cannot fail. */
  prepare(context: SecretContext): Promise<(text: string) => Uint8Array>;
  /**
   * Throws Stop('secret-unreadable') when the bytes, the context, the key or the permission are wrong. Outages of KMS
   * are thrown as they come: they pass.
   */
  open(sealed: Uint8Array, context: SecretContext): Promise<Secret>;
}

/** Secrets that a warm process keeps open, so that a batch of documents makes no KMS call per document. */
const KEPT_OPEN = 200;

/** What KMS answers when trying again cannot help. */
const FINAL = new Set([
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
  'EnvelopeDamaged',
]);

/**
 * Seals with the KMS key of this id or ARN, and opens what was sealed with it or with one of the earlier keys.
 * Needs kms:Encrypt on the first and kms:Decrypt on all.
 */
export function openVault(client: KMSClient, keyId: string, earlierKeyIds: string[] = []): Vault {
  const kept = new Map<string, Promise<Secret>>();

  async function decrypt(
    dataKey: Uint8Array,
    context: SecretContext,
    keyIds = [keyId, ...earlierKeyIds],
  ): Promise<Uint8Array> {
    const [KeyId, ...others] = keyIds;
    const EncryptionContext = encryptionContext(context);
    try {
      const command = new DecryptCommand({ KeyId, CiphertextBlob: dataKey, EncryptionContext });
      return (await client.send(command)).Plaintext!;
    } catch (error) {
      if (!(error instanceof IncorrectKeyException) || others.length === 0) throw error;
      return decrypt(dataKey, context, others);
    }
  }

  async function open(sealed: Uint8Array, context: SecretContext): Promise<Secret> {
    try {
      return new Secret(await openEnvelope(sealed, (dataKey) => decrypt(dataKey, context)));
    } catch (error) {
      if (!(error instanceof Error && FINAL.has(error.name))) throw error;
      throw new Stop('secret-unreadable', { facts: { ...context, reason: error.name }, cause: error });
    }
  }

  function prepare(context: SecretContext): Promise<(text: string) => Uint8Array> {
    const EncryptionContext = encryptionContext(context);
    return prepareEnvelope(async (dataKey) => {
      const command = new EncryptCommand({ KeyId: keyId, Plaintext: dataKey, EncryptionContext });
      return (await client.send(command)).CiphertextBlob!;
    });
  }

  return {
    prepare,
    seal: async (text, context) => (await prepare(context))(text),
    open(sealed, context) {
      const name = nameOf(sealed, context);
      const opened = kept.get(name) ?? open(sealed, context);
      // Taken out and put back at the end: the first of the map is the one unused for longest.
      kept.delete(name);
      kept.set(name, opened);
      opened.catch(() => kept.delete(name));
      if (kept.size > KEPT_OPEN) kept.delete(kept.keys().next().value!);
      return opened;
    },
  };
}

/** Shown in plain text in CloudTrail, which is why it names no tenant. */
function encryptionContext({ connection, purpose }: SecretContext): Record<string, string> {
  return { application: 'ml-connector', version: '1', connection, purpose };
}

function nameOf(sealed: Uint8Array, { connection, purpose }: SecretContext): string {
  return createHash('sha256')
    .update(JSON.stringify([connection, purpose]))
    .update(sealed)
    .digest('base64');
}
