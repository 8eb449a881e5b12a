import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConsentDeployment } from '../../lib/flows/consent/attempt.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import { openConsents } from '../../lib/store/consents.ts';
import { openTable } from '../../lib/store/table.ts';
import { openBrowser, saidBy } from '../support/consent.ts';
import type { TestRun } from './local-run.ts';
import { startTestRun } from './local-run.ts';

let run: TestRun;
let folder: string;
let path: string;
let deployment: ConsentDeployment;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ml-connector-'));
  path = join(folder, 'connection.json');
  run = await startTestRun();
  const { connectionFile, xero } = run.vendors;
  const { clientId, clientSecret, webhookKey } = connectionFile.xero;
  const file = {
    ...connectionFile,
    xero: { grant: 'authorization_code', clientId, clientSecret, webhookKey },
  };
  await writeFile(path, JSON.stringify(file));
  xero.registerRedirectUri(DEMO_CREDENTIALS.xero.clientId, run.outputs.XeroRedirectUri!);
  const { TableName, ConnectUrl } = run.outputs;
  const consents = openConsents(openTable(run.cloud.dynamodb, TableName!));
  deployment = { ...run.deployment, consents, connectUrl: ConnectUrl! };
});
afterAll(async () => {
  await run.close();
  await rm(folder, { recursive: true });
});

/** The person to whom the link is sent. */
async function consentTo(link: string, choose = true): Promise<string> {
  const browser = openBrowser({ deployment, demo: run.vendors });
  const page = await browser.consented(link, [CONTRACTOR.tenantId]);
  return saidBy(choose ? await browser.choose(page, CONTRACTOR.name) : page);
}

/** What a waiting command has said so far, once it has said this. */
async function linkIn(said: () => string): Promise<string> {
  for (;;) {
    const link = /http\S+\?attempt=\S+/.exec(said())?.[0];
    if (link !== undefined) return link;
    await sleep(10);
  }
}

let connectionId: string;

describe('connect with the grant authorization_code', () => {
  it('prints the link and returns, with --no-wait', async () => {
    const said = await run.script('connect', '--file', path, '--no-wait');
    expect(said.code).toBe(0);
    expect(said.json).toEqual({
      consent: expect.stringMatching(/^http:\/\/127\.0\.0\.1\/connect\/xero\?attempt=[\w-]{43}$/),
      expiresAt: expect.stringMatching(/Z$/),
    });
    expect(said.stderr).toContain('redirect URI');
    expect(said.stderr).toContain('http://127.0.0.1/connect/xero/callback');
    const person = await run.person('connect', '--file', path, '--no-wait');
    expect(person.stdout).toMatch(/^http\S+\?attempt=\S+\n$/);
  });

  it('waits until somebody has consented and chosen, and prints the connection', async () => {
    const { said, ended } = run.waiting('connect', '--file', path, '--json');
    expect(await consentTo(await linkIn(said))).toMatch(/^Connected /);
    const { code, json, stderr } = await ended;
    expect(code).toBe(0);
    expect(json).toEqual({ id: expect.stringMatching(/^harlan-reyes-builders-/) });
    expect(stderr).toContain('Connected: Harlan & Reyes Builders (USD) to Procore company 598134325510147.');
    expect(stderr).toContain('1047 Oak Street Apartments');
    connectionId = json.id;
    for (const { detail } of await run.deployment.audit.list(connectionId, 'connection')) {
      if ('by' in detail) expect(detail.by).toContain('at the command line');
    }
  });

  it('gives up after --timeout, and says that the link still works', async () => {
    const { code, json, stderr } = await run.script('connect', '--file', path, '--timeout', '1');
    expect(code).toBe(1);
    expect(json.error.code).toBe('consent-expired');
    expect(stderr).toContain('link works until');
  });

  it('refuses a timeout that is none', async () => {
    expect((await run.script('connect', '--file', path, '--timeout', 'soon')).json.error.code).toBe('usage');
  });
});

describe('connections reconnect', () => {
  it('prints a link at which somebody consents again', async () => {
    const { said, ended } = run.waiting('connections', 'reconnect', CONTRACTOR.name, '--json');
    expect(await consentTo(await linkIn(said), false)).toMatch(/^Connected again /);
    const { json, stderr } = await ended;
    expect(json).toEqual({ id: connectionId });
    expect(stderr).toContain('Connected again');
  });

  it('returns with the link at once, with --no-wait, and takes the id', async () => {
    const { json } = await run.script('connections', 'reconnect', connectionId, '--no-wait');
    expect(json).toEqual({ consent: expect.stringContaining('?attempt='), expiresAt: expect.any(String) });
  });

  it('needs no browser where the trouble was in Procore', async () => {
    const connection = (await run.deployment.connections.get(connectionId))!;
    await run.deployment.connections.update({
      ...connection,
      state: 'broken',
      code: 'procore-client-refused',
    });
    const { json } = await run.script('connections', 'reconnect', connectionId);
    expect(json).toEqual({ id: connectionId });
    expect(await run.deployment.connections.get(connectionId)).toMatchObject({ state: 'live' });
  });

  it('says that there is no such connection', async () => {
    const { json } = await run.script('connections', 'reconnect', 'nobody');
    expect(json.error.code).toBe('connection-unknown');
  });
});
