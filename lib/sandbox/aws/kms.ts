import type { RunningServer } from './http-server.ts';
import { ACCOUNT } from './identity.ts';
import type { Operation } from './json-service.ts';
import { startJsonService } from './json-service.ts';
import { encryption } from './kms-encryption.ts';
import type { KeyStore, KmsKey, NewKmsKey } from './kms-keys.ts';
import { openKeys } from './kms-keys.ts';
import { macs } from './kms-macs.ts';

export interface KmsOptions {
  port?: number;
  /** Where keys and their material are kept; in memory without it. */
  dataFile?: string;
  /** Keys that must exist under a known id, and their aliases; existing ones stay as they are. */
  keys?: (NewKmsKey & { id: string; aliases?: string[] })[];
}

/** Serves KMS: symmetric and HMAC keys, encryption contexts, the errors of the real service. */
export function startKms(options: KmsOptions = {}): Promise<RunningServer> {
  const keys = openKeys(options.dataFile);
  for (const { aliases = [], ...key } of options.keys ?? []) {
    if (!keys.has(key.id)) keys.create(key);
    for (const alias of aliases) keys.alias(alias, key.id);
  }
  return startJsonService({ ...encryption(keys), ...macs(keys), ...administration(keys) }, options.port);
}

function administration(keys: KeyStore): Record<string, Operation> {
  return {
    CreateKey(input: { KeySpec?: string; KeyUsage?: string; Description?: string }) {
      const key = keys.create({
        ...(input.KeySpec && { spec: input.KeySpec }),
        ...(input.KeyUsage && { usage: input.KeyUsage }),
        ...(input.Description && { description: input.Description }),
      });
      return { KeyMetadata: metadata(key) };
    },
    DescribeKey: (input: { KeyId: string }) => ({ KeyMetadata: metadata(keys.find(input.KeyId)) }),
    EnableKey: (input: { KeyId: string }) => keys.setEnabled(input.KeyId, true),
    DisableKey: (input: { KeyId: string }) => keys.setEnabled(input.KeyId, false),
    CreateAlias: (input: { AliasName: string; TargetKeyId: string }) =>
      keys.alias(input.AliasName, input.TargetKeyId),
  };
}

function metadata(key: KmsKey) {
  return {
    AWSAccountId: ACCOUNT,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.created,
    Enabled: key.enabled,
    KeyState: key.enabled ? 'Enabled' : 'Disabled',
    Description: key.description,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
    MultiRegion: false,
  };
}
