import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openVault } from '../../lib/aws/vault.ts';
import { connect } from '../../lib/flows/connect/connect.ts';
import { openSecret } from '../../lib/flows/tokens/secrets.ts';
import type { TestRun } from './local-run.ts';
import { startTestRun } from './local-run.ts';

let run: TestRun;
let connectionId: string;
beforeAll(async () => {
  run = await startTestRun();
  ({ connectionId } = await connect(run.vendors.connectionFile, run.deployment));
}, 30_000);
afterAll(() => run.close());

it('secrets reseal says how much it sealed anew, to a person and to a script', async () => {
  const { code, json } = await run.script('secrets', 'reseal');
  expect([code, json]).toEqual([
    0,
    { resealed: expect.any(Number), current: 0, unreadable: [], hashKeyReplaced: true },
  ]);
  expect(json.resealed).toBeGreaterThan(6);
  const said = await run.person('secrets', 'reseal');
  expect(said.stdout).toBe(
    `${json.resealed} re-sealed, 0 already current, 0 unreadable; tenants hashed with a new key\n`,
  );
});

it('secrets reseal opens with --from-key what an earlier key sealed, and leaves the rest', async () => {
  const kms = new KMSClient();
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const { secrets } = run.deployment;
  const context = { connection: connectionId, purpose: 'procore-client-secret' } as const;
  const earlier = { secrets, vault: openVault(kms, KeyMetadata!.Arn!) };
  const sealed = await earlier.vault.seal('sealed with the earlier key', context);
  await secrets.put(connectionId, context.purpose, sealed);

  const unread = await run.script('secrets', 'reseal');
  expect(unread.code).toBe(1);
  expect(unread.json.unreadable).toEqual([`procore-client-secret of ${connectionId}`]);
  expect(unread.stderr).toBe(`Does not open: procore-client-secret of ${connectionId}\n`);

  const read = await run.script('secrets', 'reseal', '--from-key', KeyMetadata!.Arn!);
  // The secret itself, and the directory, whose hash key is replaced at every run.
  expect([read.code, read.json.resealed, read.json.unreadable]).toEqual([0, 2, []]);
  const opened = await openSecret({ secrets, vault: run.deployment.vault }, connectionId, context.purpose);
  expect(opened?.value.reveal()).toBe('sealed with the earlier key');
  kms.destroy();
});

it('its help says that the yearly rotation of KMS needs no command', async () => {
  const { code, stdout } = await run.person('secrets', 'reseal', '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/once a year by itself: that needs no command/);
});
