import type { KMSClient } from '@aws-sdk/client-kms';
import { GenerateMacCommand, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms';

/** Signs what travels in links, with an HMAC key that never leaves KMS. */
export interface LinkSigner {
  /** The signature of up to 4,096 bytes of text, as base64url. */
  sign(text: string): Promise<string>;
  verify(text: string, signature: string): Promise<boolean>;
}

const ALGORITHM = 'HMAC_SHA_256';

/** Needs kms:GenerateMac on the key to sign, and kms:VerifyMac to verify. */
export function openLinkSigner(client: KMSClient, keyId: string): LinkSigner {
  const about = (text: string) =>
    ({
      KeyId: keyId,
      MacAlgorithm: ALGORITHM,
      Message: Buffer.from(text),
    }) as const;
  return {
    async sign(text) {
      const { Mac } = await client.send(new GenerateMacCommand(about(text)));
      return Buffer.from(Mac!).toString('base64url');
    },
    async verify(text, signature) {
      const Mac = Buffer.from(signature, 'base64url');
      try {
        await client.send(new VerifyMacCommand({ ...about(text), Mac }));
        return true;
      } catch (error) {
        if (error instanceof KMSInvalidMacException) return false;
        throw error;
      }
    },
  };
}
