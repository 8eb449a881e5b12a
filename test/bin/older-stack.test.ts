import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLoopback } from '../support/loopback.ts';
import type { TestRun } from './local-run.ts';
import { runCommand, startTestRun } from './local-run.ts';

const LATER = ['ConnectUrl', 'XeroRedirectUri', 'ProcoreWebhookUrl', 'ReferenceQueueUrl'];

const folder = mkdtempSync(join(tmpdir(), 'older-stack-'));
let run: TestRun;
let port: string;
let close: () => Promise<void>;

beforeAll(async () => {
  run = await startTestRun();
  const content = (await (await fetch(`http://127.0.0.1:${run.port}/`)).json()) as {
    outputs: Record<string, string>;
  };
  const outputs = Object.entries(content.outputs).filter(([name]) => !LATER.includes(name));
  const site = await startLoopback(() => ({ body: { ...content, outputs: Object.fromEntries(outputs) } }));
  port = new URL(site.url).port;
  close = site.close;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([close(), run.close()]);
});

const script = (...argv: string[]) => runCommand(['--port', port, ...argv, '--json']);

describe('a stack that was deployed by an older version', () => {
  it('serves the commands that need nothing new', async () => {
    expect(await script('connections', 'list')).toMatchObject({ code: 0, json: [] });
  });

  it('is to be deployed again for the commands that need more, which name what lacks', async () => {
    const { clientId, clientSecret, webhookKey } = run.vendors.connectionFile.xero;
    const xero = { grant: 'authorization_code', clientId, clientSecret, webhookKey };
    const path = join(folder, 'connection.json');
    writeFileSync(path, JSON.stringify({ ...run.vendors.connectionFile, xero }));
    const { code, json } = await script('connect', '--file', path, '--no-wait');
    expect(code).toBe(1);
    expect(json.error.code).toBe('stack-unreadable');
    expect(json.error.message).toMatch(/ConnectUrl.*deploy the stack again/);
  });
});
