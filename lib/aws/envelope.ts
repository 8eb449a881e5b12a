import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * KMS encrypts at most 4,096 bytes, and a Xero token pair that one day grows past that must not be lost after Xero
 * has rotated it. So KMS encrypts a fresh key per secret, and that key encrypts the secret (AES-256-GCM):
 *
 *     format (1 byte) | length of the sealed key (2) | sealed key | nonce (12) | tag (16) | ciphertext
 */
const FORMAT = 1;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Thrown when sealed bytes are cut off or changed. */
class EnvelopeDamaged extends Error {
  override name = 'EnvelopeDamaged';
}

/** Gets a fresh key sealed, and returns what encrypts with it: that needs nothing but this process any more. */
export async function prepareEnvelope(
  sealKey: (key: Uint8Array) => Promise<Uint8Array>,
): Promise<(text: string) => Uint8Array> {
  const key = randomBytes(32);
  const sealedKey = await sealKey(key);
  const head = Buffer.alloc(3);
  head.writeUInt8(FORMAT);
  head.writeUInt16BE(sealedKey.length, 1);
  return (text) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce);
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([head, sealedKey, nonce, cipher.getAuthTag(), ciphertext]);
  };
}

/** Throws EnvelopeDamaged, or what `openKey` throws. */
export async function openEnvelope(
  sealed: Uint8Array,
  openKey: (sealedKey: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < 3 || bytes[0] !== FORMAT) throw new EnvelopeDamaged('not a sealed secret');
  const nonceAt = 3 + bytes.readUInt16BE(1);
  const tagAt = nonceAt + NONCE_BYTES;
  const textAt = tagAt + TAG_BYTES;
  if (bytes.length < textAt) throw new EnvelopeDamaged('the sealed secret is cut off');
  const key = await openKey(bytes.subarray(3, nonceAt));
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(nonceAt, tagAt));
    decipher.setAuthTag(bytes.subarray(tagAt, textAt));
    return Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new EnvelopeDamaged('the sealed secret was changed', { cause: error });
  }
}
