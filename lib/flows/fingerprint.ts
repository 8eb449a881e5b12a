import { createHash } from 'node:crypto';

/** 128 bits of SHA-256 over the JSON: enough that no two contents of one document ever meet. */
export function fingerprint(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}
