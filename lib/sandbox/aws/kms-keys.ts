import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AwsError } from './aws-error.ts';
import { ACCOUNT, REGION } from './identity.ts';

export interface KmsKey {
  id: string;
  arn: string;
  spec: string;
  usage: string;
  enabled: boolean;
  description: string;
  created: number;
  /** Base64 of the secret. */
  material: string;
}

export interface NewKmsKey {
  id?: string;
  spec?: string;
  usage?: string;
  description?: string;
}

/** The bytes of key material that a spec has, for the specs that are known here. */
const MATERIAL_BYTES: Record<string, number> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};

export interface KeyStore {
  create(key: NewKmsKey): KmsKey;
  has(id: string): boolean;
  /** By id, ARN, alias name or alias ARN; throws NotFoundException. */
  find(name: string): KmsKey;
  /** As `find`, and throws DisabledException, or InvalidKeyUsageException where the key serves something else. */
  usable(name: string, usage: string): KmsKey;
  setEnabled(name: string, enabled: boolean): void;
  alias(alias: string, keyId: string): void;
}

/** Keys with their material: in the file where one is given (readable by its owner only), else in memory. */
export function openKeys(dataFile?: string): KeyStore {
  const { keys, aliases } = load(dataFile);
  const save = () => dataFile && write(dataFile, JSON.stringify({ keys, aliases }));
  const find = (name: string) => {
    const local = name.replace(/^arn:aws:kms:[^:]*:\d+:(key\/)?/, '');
    const key = keys[aliases[local] ?? local];
    if (!key) throw new AwsError('NotFoundException', `Key '${name}' does not exist`);
    return key;
  };
  return {
    find,
    has: (id) => id in keys,
    usable: (name, usage) => checked(find(name), usage),
    create(wanted) {
      const key = newKey(wanted);
      keys[key.id] = key;
      save();
      return key;
    },
    setEnabled(name, enabled) {
      find(name).enabled = enabled;
      save();
    },
    alias(alias, keyId) {
      aliases[alias] = find(keyId).id;
      save();
    },
  };
}

function checked(key: KmsKey, usage: string): KmsKey {
  if (!key.enabled) throw new AwsError('DisabledException', `${key.arn} is disabled.`);
  if (key.usage !== usage) {
    throw new AwsError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.usage} which is not valid.`,
    );
  }
  return key;
}

function newKey({
  id = randomUUID(),
  spec = 'SYMMETRIC_DEFAULT',
  usage,
  description = '',
}: NewKmsKey): KmsKey {
  const bytes = MATERIAL_BYTES[spec];
  if (!bytes) throw new AwsError('UnsupportedOperationException', `Key spec ${spec} is not served here`);
  return {
    id,
    arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`,
    spec,
    usage: usage ?? (spec === 'SYMMETRIC_DEFAULT' ? 'ENCRYPT_DECRYPT' : 'GENERATE_VERIFY_MAC'),
    enabled: true,
    description,
    created: Math.floor(Date.now() / 1000),
    material: randomBytes(bytes).toString('base64'),
  };
}

function load(file?: string): { keys: Record<string, KmsKey>; aliases: Record<string, string> } {
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { keys: {}, aliases: {} };
}

function write(file: string, text: string) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
