import { randomBytes } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { Operation } from './json-service.ts';
import type { KeyStore, KmsKey } from './kms-keys.ts';
import { bytes, tooLong } from './kms-limits.ts';
import type { EncryptionContext } from './kms-seal.ts';
import { seal, sealedWith, unseal } from './kms-seal.ts';

interface Sealed {
  CiphertextBlob: string;
  KeyId?: string;
  EncryptionContext?: EncryptionContext;
}

/** The operations of symmetric keys. */
export function encryption(keys: KeyStore): Record<string, Operation> {
  return {
    Encrypt(input: { KeyId: string; Plaintext: string; EncryptionContext?: EncryptionContext }) {
      const key = keys.usable(input.KeyId, 'ENCRYPT_DECRYPT');
      const plaintext = bytes('plaintext', input.Plaintext, 4096);
      return { ...ciphertext(key, plaintext, input.EncryptionContext), EncryptionAlgorithm: ALGORITHM };
    },
    Decrypt(input: Sealed) {
      const { key, plaintext } = open(keys, input);
      return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: ALGORITHM };
    },
    ReEncrypt(input: {
      CiphertextBlob: string;
      SourceKeyId?: string;
      SourceEncryptionContext?: EncryptionContext;
      DestinationKeyId: string;
      DestinationEncryptionContext?: EncryptionContext;
    }) {
      const source = open(keys, {
        CiphertextBlob: input.CiphertextBlob,
        ...(input.SourceKeyId && { KeyId: input.SourceKeyId }),
        ...(input.SourceEncryptionContext && { EncryptionContext: input.SourceEncryptionContext }),
      });
      const key = keys.usable(input.DestinationKeyId, 'ENCRYPT_DECRYPT');
      return {
        ...ciphertext(key, source.plaintext, input.DestinationEncryptionContext),
        SourceKeyId: source.key.arn,
        SourceEncryptionAlgorithm: ALGORITHM,
        DestinationEncryptionAlgorithm: ALGORITHM,
      };
    },
    GenerateDataKey(input: DataKeyRequest) {
      const dataKey = newDataKey(keys, input);
      return { ...dataKey.sealed, Plaintext: dataKey.plaintext.toString('base64') };
    },
    GenerateDataKeyWithoutPlaintext: (input: DataKeyRequest) => newDataKey(keys, input).sealed,
  };
}

const ALGORITHM = 'SYMMETRIC_DEFAULT';

function ciphertext(key: KmsKey, plaintext: Buffer, context?: EncryptionContext) {
  return { KeyId: key.arn, CiphertextBlob: seal(key, plaintext, context).toString('base64') };
}

function open(keys: KeyStore, input: Sealed) {
  const blob = bytes('ciphertextBlob', input.CiphertextBlob, 6144);
  const keyId = sealedWith(blob);
  if (!keys.has(keyId)) throw new AwsError('InvalidCiphertextException');
  if (input.KeyId && keys.find(input.KeyId).id !== keyId) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  const key = keys.usable(keyId, 'ENCRYPT_DECRYPT');
  return { key, plaintext: unseal(key, blob, input.EncryptionContext) };
}

interface DataKeyRequest {
  KeyId: string;
  KeySpec?: 'AES_256' | 'AES_128';
  NumberOfBytes?: number;
  EncryptionContext?: EncryptionContext;
}

function newDataKey(keys: KeyStore, input: DataKeyRequest) {
  const key = keys.usable(input.KeyId, 'ENCRYPT_DECRYPT');
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const length = input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32);
  if (length < 1 || length > 1024) throw tooLong('numberOfBytes', 1024);
  const plaintext = randomBytes(length);
  return { plaintext, sealed: ciphertext(key, plaintext, input.EncryptionContext) };
}
