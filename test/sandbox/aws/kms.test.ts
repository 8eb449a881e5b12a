import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  KMSClient,
  ReEncryptCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKms } from '../../../lib/sandbox/aws/kms.ts';

const KEY = '11111111-2222-4333-8444-555555555555';
const folder = mkdtempSync(join(tmpdir(), 'kms-'));
const closers: (() => unknown)[] = [];

async function start(dataFile?: string) {
  const server = await startKms({
    keys: [{ id: KEY, aliases: ['alias/secrets'] }],
    ...(dataFile && { dataFile }),
  });
  const kms = new KMSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  closers.push(() => kms.destroy(), server.close);
  return { kms, close: server.close };
}

let kms: KMSClient;
beforeAll(async () => {
  kms = (await start()).kms;
});
afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  rmSync(folder, { recursive: true });
});

const text = (value: string) => new TextEncoder().encode(value);
const context = { connection: 'c1', purpose: 'xero-token' };
const encrypt = (EncryptionContext?: Record<string, string>, KeyId = KEY) =>
  kms.send(
    new EncryptCommand({ KeyId, Plaintext: text('secret'), ...(EncryptionContext && { EncryptionContext }) }),
  );
const decrypt = (CiphertextBlob: Uint8Array | undefined, EncryptionContext?: Record<string, string>) =>
  kms.send(new DecryptCommand({ CiphertextBlob, ...(EncryptionContext && { EncryptionContext }) }));

describe('the KMS stand-in', () => {
  it('opens a secret under the context it was sealed with, in any order of its pairs', async () => {
    const { CiphertextBlob, KeyId } = await encrypt(context);
    expect(KeyId).toBe(`arn:aws:kms:us-east-1:000000000000:key/${KEY}`);
    expect(Buffer.from(CiphertextBlob!).includes('secret')).toBe(false);
    const { Plaintext } = await decrypt(CiphertextBlob, { purpose: 'xero-token', connection: 'c1' });
    expect(Buffer.from(Plaintext!).toString()).toBe('secret');
  });

  it.each([
    ['of another connection', { connection: 'c2', purpose: 'xero-token' }],
    ['with a pair more', { ...context, extra: 'x' }],
    ['that is missing', undefined],
  ])('refuses a context %s', async (_, wrong) => {
    const { CiphertextBlob } = await encrypt(context);
    await expect(decrypt(CiphertextBlob, wrong)).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('refuses a blob with one changed byte, a truncated one and one of an unknown key', async () => {
    const blob = Buffer.from((await encrypt()).CiphertextBlob!);
    const changed = Buffer.from(blob);
    changed[blob.length - 1]! ^= 1;
    const foreign = Buffer.concat([Buffer.from('9'.repeat(36)), blob.subarray(36)]);
    for (const bad of [changed, blob.subarray(0, 40), foreign]) {
      await expect(decrypt(bad)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
  });

  it('encrypts 4096 bytes and no more', async () => {
    const sized = (bytes: number) =>
      kms.send(new EncryptCommand({ KeyId: KEY, Plaintext: new Uint8Array(bytes) }));
    await expect(sized(4096)).resolves.toBeDefined();
    await expect(sized(4097)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('finds a key by alias, and says so where there is none', async () => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/secrets' }));
    expect(KeyMetadata).toMatchObject({ KeyId: KEY, KeyState: 'Enabled', KeyUsage: 'ENCRYPT_DECRYPT' });
    await expect(encrypt(undefined, 'alias/none')).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('neither seals nor opens with a disabled key until it is enabled again', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'spare' }));
    const KeyId = KeyMetadata!.KeyId!;
    const { CiphertextBlob } = await encrypt(context, KeyId);
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(encrypt(context, KeyId)).rejects.toMatchObject({ name: 'DisabledException' });
    await expect(decrypt(CiphertextBlob, context)).rejects.toMatchObject({ name: 'DisabledException' });
    await kms.send(new EnableKeyCommand({ KeyId }));
    await expect(decrypt(CiphertextBlob, context)).resolves.toMatchObject({ KeyId: KeyMetadata!.Arn });
  });

  it('hands out data keys whose sealed form opens to the same bytes', async () => {
    const key = await kms.send(
      new GenerateDataKeyCommand({ KeyId: KEY, KeySpec: 'AES_256', EncryptionContext: context }),
    );
    expect(key.Plaintext).toHaveLength(32);
    expect((await decrypt(key.CiphertextBlob, context)).Plaintext).toEqual(key.Plaintext);
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId: KEY }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('moves a secret to another key and context', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const moved = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: (await encrypt(context)).CiphertextBlob,
        SourceEncryptionContext: context,
        DestinationKeyId: KeyMetadata!.KeyId,
        DestinationEncryptionContext: { connection: 'c3' },
      }),
    );
    const opened = await decrypt(moved.CiphertextBlob, { connection: 'c3' });
    expect(opened.KeyId).toBe(KeyMetadata!.Arn);
    expect(Buffer.from(opened.Plaintext!).toString()).toBe('secret');
  });

  it('verifies a MAC it made, refuses a forged one, and keeps MAC keys and encryption keys apart', async () => {
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    );
    const request = {
      KeyId: KeyMetadata!.KeyId,
      Message: text('tenant'),
      MacAlgorithm: 'HMAC_SHA_256' as const,
    };
    const { Mac } = await kms.send(new GenerateMacCommand(request));
    expect(await kms.send(new VerifyMacCommand({ ...request, Mac }))).toMatchObject({ MacValid: true });
    const forged = Uint8Array.from(Mac!, (byte) => byte ^ 1);
    await expect(kms.send(new VerifyMacCommand({ ...request, Mac: forged }))).rejects.toMatchObject({
      name: 'KMSInvalidMacException',
    });
    await expect(encrypt(undefined, request.KeyId)).rejects.toMatchObject({
      name: 'InvalidKeyUsageException',
    });
  });

  it('opens after a restart what was sealed before, and keeps the key file to its owner', async () => {
    const dataFile = join(folder, 'data', 'kms.json');
    const first = await start(dataFile);
    const sealed = await first.kms.send(new EncryptCommand({ KeyId: KEY, Plaintext: text('kept') }));
    await first.close();
    const second = await start(dataFile);
    const opened = await second.kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }));
    expect(Buffer.from(opened.Plaintext!).toString()).toBe('kept');
    expect(statSync(dataFile).mode & 0o777).toBe(0o600);
  });
});
