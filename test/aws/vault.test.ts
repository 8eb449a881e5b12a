import { DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Vault } from '../../lib/aws/vault.ts';
import { openVault } from '../../lib/aws/vault.ts';
import { Secret } from '../../lib/core/secret.ts';
import type { TestAws } from '../support/aws.ts';
import { startTestAws } from '../support/aws.ts';

let aws: TestAws;
let vault: Vault;
let decrypts = 0;

beforeAll(async () => {
  aws = await startTestAws();
  vault = openVault(aws.kms, aws.keyId);
  aws.kms.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === 'DecryptCommand') decrypts++;
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterAll(() => aws.close());

const context = { connection: 'acme', purpose: 'xero-tokens' };
const unreadable = { name: 'Stop', code: 'secret-unreadable' };

/** Another process: it has opened nothing yet. */
const cold = () => openVault(aws.kms, aws.keyId);

async function decryptsOf(work: () => Promise<unknown>): Promise<number> {
  const before = decrypts;
  await work();
  return decrypts - before;
}

describe('a sealed secret', () => {
  it.each([
    ['a client secret', 'GOCSPX-abc'],
    ['an empty text', ''],
    ['text beyond ASCII', 'schlüssel 木 🔑'],
    ['a token pair longer than KMS itself encrypts', 'x'.repeat(20_000)],
  ])('opens again: %s', async (_what, text) => {
    const opened = await cold().open(await vault.seal(text, context), context);
    expect(opened).toBeInstanceOf(Secret);
    expect(opened.reveal()).toBe(text);
  });

  it('does not contain what it hides, and looks different every time', async () => {
    const [one, two] = await Promise.all([
      vault.seal('refresh-token', context),
      vault.seal('refresh-token', context),
    ]);
    expect(Buffer.from(one).includes('refresh-token')).toBe(false);
    expect(Buffer.from(one).equals(two)).toBe(false);
  });

  it.each([
    ['another connection', { connection: 'bolt', purpose: 'xero-tokens' }],
    ['another purpose', { connection: 'acme', purpose: 'procore-client' }],
  ])('does not open for %s, though it is open for its own', async (_whose, other) => {
    const sealed = await vault.seal('refresh-token', context);
    await vault.open(sealed, context);
    await expect(vault.open(sealed, other)).rejects.toMatchObject(unreadable);
  });

  it('does not open when any part of it was changed', async () => {
    const sealed = await vault.seal('refresh-token', context);
    for (const at of [0, 1, 5, sealed.length - 40, sealed.length - 20, sealed.length - 1]) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(vault.open(changed, context)).rejects.toMatchObject(unreadable);
    }
  });

  it.each([0, 2, 3, 60])('does not open when only %i bytes of it are left', async (length) => {
    const sealed = await vault.seal('refresh-token', context);
    await expect(vault.open(sealed.slice(0, length), context)).rejects.toMatchObject(unreadable);
  });

  it('does not open while its key is disabled, and opens afterwards', async () => {
    const sealed = await vault.seal('refresh-token', context);
    await aws.kms.send(new DisableKeyCommand({ KeyId: aws.keyId }));
    await expect(vault.open(sealed, context)).rejects.toMatchObject({
      ...unreadable,
      facts: { ...context, reason: 'DisabledException' },
    });
    await aws.kms.send(new EnableKeyCommand({ KeyId: aws.keyId }));
    expect((await vault.open(sealed, context)).reveal()).toBe('refresh-token');
  });

  it('is not called unreadable when KMS does not answer', async () => {
    const { credentials } = aws.kms.config;
    const away = new KMSClient({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:1',
      credentials,
      maxAttempts: 1,
    });
    const sealed = await vault.seal('refresh-token', context);
    await expect(openVault(away, aws.keyId).open(sealed, context)).rejects.not.toMatchObject(unreadable);
    away.destroy();
  });
});

describe('a warm process', () => {
  it('asks KMS once for a secret that a batch of documents needs', async () => {
    const sealed = await vault.seal('refresh-token', context);
    const batch = () => Promise.all(Array.from({ length: 10 }, () => vault.open(sealed, context)));
    expect(await decryptsOf(batch)).toBe(1);
    expect(await decryptsOf(batch)).toBe(0);
  });

  it('opens the new secret after a rotation, not the one it remembers', async () => {
    const before = await vault.seal('old token', context);
    await vault.open(before, context);
    const after = await vault.seal('new token', context);
    expect((await vault.open(after, context)).reveal()).toBe('new token');
  });

  it('forgets the secret that it used longest ago once it holds 200', async () => {
    const one = cold();
    const sealed = await Promise.all(
      Array.from({ length: 201 }, (_, index) => one.seal(`${index}`, context)),
    );
    const open = (index: number) => () => one.open(sealed[index]!, context);
    for (let index = 0; index < 200; index++) await open(index)();
    expect(await decryptsOf(open(0))).toBe(0);
    expect(await decryptsOf(open(200))).toBe(1);
    expect(await decryptsOf(open(0))).toBe(0);
    expect(await decryptsOf(open(1))).toBe(1);
  });
});
