import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putSecret } from '../../lib/flows/tokens/secrets.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { daysBefore } from '../../lib/sandbox/seed/identity.ts';
import type { TestRun } from '../bin/local-run.ts';
import { startTestRun } from '../bin/local-run.ts';
import { eavesdropper } from './eavesdropper.ts';
import { noting } from './wire-secrets.ts';

const ear = eavesdropper();
const { fetch } = globalThis;
let run: TestRun;
let folder: string;

beforeAll(async () => {
  // Every client of this process reaches the vendors with it.
  globalThis.fetch = noting(ear, fetch);
  folder = await mkdtemp(join(tmpdir(), 'ml-connector-'));
  run = await startTestRun();
  const { xero, procore, settings } = run.vendors.connectionFile;
  settings.startDate = daysBefore(new Date().toISOString().slice(0, 10), 3);
  ear.secret('tenant id', xero.tenantId);
  ear.secret('client secret', xero.clientSecret);
  ear.secret('client secret', procore.clientSecret);
  ear.secret('webhook key', xero.webhookKey);
  ear.secret('refresh token', xero.refreshToken);
});
afterAll(async () => {
  globalThis.fetch = fetch;
  await run.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string | object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** Says it as a person and as a script. */
async function say(...argv: string[]): Promise<number[]> {
  const codes = [];
  for (const talk of [run.person, run.script]) {
    const { code, stdout, stderr } = await talk(...argv);
    ear.hear(argv.join(' '), `${stdout}\n${stderr}`);
    codes.push(code);
  }
  return codes;
}

const WELL = [0, 0];

describe('the command line', () => {
  it('says no secret on any way to a connection, right or wrong', async () => {
    const given = run.vendors.connectionFile;
    expect(await say('connect', '--file', await file('good.json', given))).toEqual(WELL);
    const { refreshToken: _token, tenantId: _tenant, ...web } = given.xero;
    const consent = { ...given, name: 'By consent', xero: { ...web, grant: 'authorization_code' } };
    await say('connect', '--no-wait', '--file', await file('consent.json', consent));
    ear.secret('client secret', 'mistyped-secret-4711');
    const wrong: [string, string | object][] = [
      ['cut', `{"xero": {"clientSecret": "${given.xero.clientSecret}" "tenantId": "${given.xero.tenantId}"}`],
      ['refused', { ...given, name: 'B', xero: { ...given.xero, clientSecret: 'mistyped-secret-4711' } }],
      ['procore', { ...given, procore: { ...given.procore, clientSecret: 'mistyped-secret-4711' } }],
      ['twice', { ...given, name: 'C' }],
      [
        'unfit',
        {
          ...given,
          clientSecret: given.xero.clientSecret,
          xero: { ...given.xero, tenantId: [given.xero.tenantId] },
        },
      ],
    ];
    for (const [name, content] of wrong) {
      expect(await say('connect', '--file', await file(`${name}.json`, content))).toEqual([1, 1]);
    }
  });

  it('says none while it works', async () => {
    expect(await say('mappings', 'import', await file('rules.csv', RULES_CSV))).toEqual(WELL);
    expect(await say('projects', 'import', await file('projects.csv', PROJECTS_CSV))).toEqual(WELL);
    const worker = run.startWorker();
    expect(await say('poll')).toEqual(WELL);
    await worker.stop();
    for (const command of [
      'documents',
      'connections list',
      'connections show',
      'mappings export',
      'secrets reseal',
    ]) {
      expect({ command, codes: await say(...command.split(' ')) }).toEqual({ command, codes: WELL });
    }
    const [document] = (await run.script('documents')).json;
    await say('audit', document.id);
    await say('doctor');
    for (const command of ['pause', 'resume']) expect(await say('connections', command)).toEqual(WELL);
    for (const command of ['--help', 'connect --help', 'secrets reseal --help', 'connections --help']) {
      ear.hear(command, (await run.person(...command.split(' '))).stdout);
    }
  });

  it('says none when the connection is broken, mended and removed', async () => {
    const { vendors, deployment } = run;
    const [connection] = await deployment.connections.list();
    const { id, name } = connection!;
    await putSecret(deployment, id, 'xero-access-token', 'made-up-access-token');
    await putSecret(deployment, id, 'xero-refresh-token', 'made-up-refresh-token');
    for (const token of ['made-up-access-token', 'made-up-refresh-token']) ear.secret('token', token);
    vendors.xero.revokeConsent(connection!.xero.clientId);
    expect(await say('poll')).toEqual([1, 1]);
    await say('doctor');
    await say('connections', 'show');
    await say('connections', 'reconnect', name, '--no-wait');
    const damaged = await deployment.secrets.get(id, 'xero-tenant');
    await deployment.secrets.put(id, 'xero-tenant', damaged!.sealed.slice(0, -1));
    await say('secrets', 'reseal');
    await say('doctor');
    await say('connections', 'remove', name, '--yes');
    await say('connections', 'list');
  });

  it('said none in anything that was heard', () => {
    expect([...new Set(ear.secrets())].toSorted()).toEqual([
      'access token',
      'client secret',
      'client_secret',
      'refresh token',
      'refresh_token',
      'tenant id',
      'token',
      'webhook key',
    ]);
    expect([...new Set(ear.leaks())]).toEqual([]);
  });
});
