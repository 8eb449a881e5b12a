import { createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { Operation } from './json-service.ts';
import type { KeyStore, KmsKey } from './kms-keys.ts';
import { bytes } from './kms-limits.ts';

interface MacRequest {
  KeyId: string;
  Message: string;
  MacAlgorithm: string;
}

/** The operations of HMAC keys. */
export function macs(keys: KeyStore): Record<string, Operation> {
  const mac = (key: KmsKey, input: MacRequest) =>
    createHmac(`sha${key.spec.slice('HMAC_'.length)}`, Buffer.from(key.material, 'base64'))
      .update(bytes('message', input.Message, 4096))
      .digest();
  const keyFor = (input: MacRequest) => {
    const key = keys.usable(input.KeyId, 'GENERATE_VERIFY_MAC');
    if (input.MacAlgorithm === key.spec.replace('HMAC_', 'HMAC_SHA_')) return key;
    throw new AwsError(
      'InvalidKeyUsageException',
      `Algorithm ${input.MacAlgorithm} is incompatible with key spec ${key.spec}.`,
    );
  };
  const result = (key: KmsKey, input: MacRequest) => ({ KeyId: key.arn, MacAlgorithm: input.MacAlgorithm });
  return {
    GenerateMac(input: MacRequest) {
      const key = keyFor(input);
      return { ...result(key, input), Mac: mac(key, input).toString('base64') };
    },
    VerifyMac(input: MacRequest & { Mac: string }) {
      const key = keyFor(input);
      const [right, given] = [mac(key, input), Buffer.from(input.Mac, 'base64')];
      const valid = right.length === given.length && timingSafeEqual(right, given);
      if (!valid) throw new AwsError('KMSInvalidMacException');
      return { ...result(key, input), MacValid: true };
    },
  };
}
