import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { KmsKey } from './kms-keys.ts';

export type EncryptionContext = Record<string, string>;

/** A sealed blob is: key id (36 ASCII bytes) | IV (12) | tag (16) | ciphertext. */
const ID = 36;
const IV = ID + 12;
const HEAD = IV + 16;

/** AES-256-GCM under the key, with the encryption context and the key's id as authenticated data. */
export function seal(key: KmsKey, plaintext: Buffer, context?: EncryptionContext): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key.material, 'base64'), iv);
  cipher.setAAD(authenticated(key.id, context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.from(key.id.padEnd(ID)), iv, cipher.getAuthTag(), sealed]);
}

/** The id of the key that a blob says it was sealed with; throws InvalidCiphertextException if it is none. */
export function sealedWith(blob: Buffer): string {
  if (blob.length <= HEAD) throw new AwsError('InvalidCiphertextException');
  return blob.subarray(0, ID).toString('latin1').trim();
}

/** Opens a blob; throws InvalidCiphertextException where blob, key and context do not belong together. */
export function unseal(key: KmsKey, blob: Buffer, context?: EncryptionContext): Buffer {
  const decipher = createDecipheriv(
    'aes-256-gcm',
    Buffer.from(key.material, 'base64'),
    blob.subarray(ID, IV),
  );
  decipher.setAAD(authenticated(key.id, context));
  decipher.setAuthTag(blob.subarray(IV, HEAD));
  try {
    return Buffer.concat([decipher.update(blob.subarray(HEAD)), decipher.final()]);
  } catch {
    throw new AwsError('InvalidCiphertextException');
  }
}

function authenticated(keyId: string, context: EncryptionContext = {}): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify([keyId, pairs]));
}
