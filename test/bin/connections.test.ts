import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Stop } from '../../lib/core/errors.ts';
import { breakConnection } from '../../lib/flows/connections/break-connection.ts';
import { resumeConnection } from '../../lib/flows/connections/pause-connection.ts';
import { restoreConnection } from '../../lib/flows/connections/restore-connection.ts';
import { openSecret } from '../../lib/flows/tokens/secrets.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { Said, TestRun } from './local-run.ts';
import { runCommand, startTestRun } from './local-run.ts';

const { name } = CONTRACTOR;
let run: TestRun;
let folder: string;
let id: string;

async function connect(): Promise<void> {
  const path = join(folder, 'connection.json');
  await writeFile(path, JSON.stringify(run.vendors.connectionFile));
  id = (await run.script('connect', '--file', path)).json.id;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ml-connector-'));
  run = await startTestRun();
  // What is in the books is no matter here, and takes its time.
  const books = run.vendors.xero.organisations.get(CONTRACTOR.tenantId)!;
  books.purchaseOrders.clear();
  books.invoices.clear();
  await connect();
}, 30_000);
afterAll(async () => {
  await run.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  const { deployment } = run;
  const connection = await deployment.connections.get(id);
  if (connection?.pausedSince) await resumeConnection(deployment, id);
  const paused = await deployment.connections.get(id);
  if (paused?.state === 'broken') await restoreConnection(deployment, paused);
});

const connection = async () => (await run.deployment.connections.get(id))!;
const breakIt = async () =>
  breakConnection(run.deployment, await connection(), new Stop('xero-disconnected'));

function failed({ code, json }: Said, errorCode: string): void {
  expect([code, json.error.code]).toEqual([1, errorCode]);
}

describe('connections list', () => {
  it('names each with how it stands, since when and why', async () => {
    const live = { id, name, organisation: name, company: '598134325510147', standing: 'live' };
    expect((await run.script('connections', 'list')).json).toEqual([live]);
    await breakIt();
    const { brokenSince } = await connection();
    const [broken] = (await run.script('connections', 'list')).json;
    expect(broken).toEqual({
      ...live,
      standing: 'broken',
      since: brokenSince,
      code: 'xero-disconnected',
      why: expect.stringContaining('refuses'),
      fix: expect.stringContaining('connections reconnect'),
    });
    const { stdout } = await run.person('connections', 'list');
    for (const part of [name, 'broken', brokenSince, 'xero-disconnected']) expect(stdout).toContain(part);
  });
});

describe('connections show', () => {
  it('shows every setting with what is usual and what does nothing yet, and no secret', async () => {
    const { code, stdout, stderr } = await run.person('connections', 'show');
    expect(code).toBe(0);
    const row = (start: string) => stdout.split('\n').find((line) => line.includes(` ${start} `)) ?? '';
    expect(row('purchaseOrderFrom')).toMatch(/SUBMITTED.*default/);
    expect(row('purchaseOrderFrom')).not.toContain('nothing acts');
    expect(row('startDate')).not.toContain('default');
    expect(row('budgetScope')).toMatch(/project.*default/);
    expect(row('contacts')).toMatch(/used.*default.*nothing acts on it yet/);
    expect(row('Xero token until')).toMatch(/\d{4}-\d\d-\d\dT/);
    expect(row('Procore webhook')).toContain('not registered');
    expect(stdout).toContain('connected');
    for (const purpose of [
      'xero-tenant',
      'xero-client-secret',
      'xero-refresh-token',
      'xero-access-token',
      'xero-webhook-key',
      'procore-client-secret',
      'procore-access-token',
    ] as const) {
      const secret = (await openSecret(run.deployment, id, purpose))!.value.reveal();
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('gives scripts the same, with the history', async () => {
    const { json } = await run.script('connections', 'show', name);
    expect(json).toMatchObject({
      connection: { id, standing: 'live', grant: 'refresh_token', currency: 'USD' },
      tokens: { xero: expect.stringMatching(/Z$/), procore: expect.stringMatching(/Z$/) },
      waiting: { visible: 0, inFlight: 0, delayed: 0 },
      settings: { purchaseOrderFrom: 'SUBMITTED' },
    });
    expect(json.history[0]).toMatchObject({ sequence: 1, event: 'connected' });
  });

  it('knows no connection of another name', async () => {
    failed(await run.script('connections', 'show', 'Nobody'), 'connection-unknown');
  });
});

describe('connections pause and resume', () => {
  it('let its documents wait and go on; poll says why it does nothing', async () => {
    expect((await run.script('connections', 'pause')).json).toMatchObject({ id, standing: 'paused' });
    failed(await run.script('poll'), 'connection-paused');
    await breakIt();
    failed(await run.script('poll'), 'xero-disconnected');
    expect((await run.person('connections', 'resume', id)).stdout).toContain('but it is broken');
    await restoreConnection(run.deployment, await connection());
    expect((await run.person('connections', 'pause', id)).stdout).toContain('is paused since');
    expect((await run.person('connections', 'resume', id)).stdout).toBe(`${name} goes on.\n`);
    const { history } = (await run.script('connections', 'show')).json;
    expect(history.slice(-2)).toMatchObject([
      { event: 'paused', detail: { by: expect.stringContaining('command line') } },
      { event: 'resumed' },
    ]);
  });

  it('keep poll from nothing else: it looks at the others, and does not wait for what is put off', async () => {
    const { connections, queue } = run.deployment;
    const { pausedSince: _, revision: __, ...live } = await connection();
    const other = await connections.create({
      ...live,
      id: 'other',
      name: 'Other',
      pausedSince: live.createdAt,
    });
    const receivedAt = new Date().toISOString();
    const waiting = '22222222-2222-4222-8222-222222222222';
    await queue.send([{ connectionId: 'other', kind: 'bill', id: waiting, reason: 'retry', receivedAt }], {
      delaySeconds: 900,
    });
    const worker = run.startWorker();
    const polled = await run.script('poll', '--timeout', '30');
    await worker.stop();
    expect(polled.code).toBe(0);
    expect(polled.stderr).toContain(
      'The connection was paused by a person; its documents wait (connection: Other)',
    );
    await connections.remove(other);
  }, 60_000);
});

describe('connections remove', () => {
  it('asks, and without a terminal wants to be told that it need not', async () => {
    failed(await run.script('connections', 'remove'), 'usage');
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    stdin.write('n');
    const asked = runCommand(['--port', String(run.port), 'connections', 'remove', '--json'], stdin);
    failed(await asked, 'usage');
    expect(await connection()).toMatchObject({ state: 'live' });
    expect(await connection()).not.toHaveProperty('pausedSince');
  });

  it('ends it, says so, and its trail is there when it is connected again', async () => {
    const { json } = await run.script('connections', 'remove', name, '--yes');
    expect(json).toEqual({ connectionId: id, name, leftToDo: [] });
    expect((await run.person('connections', 'list')).stdout).toBe('Nothing is connected yet.\n');
    const { connectionFile } = run.vendors;
    connectionFile.xero.refreshToken = run.vendors.xero.authorise(
      connectionFile.xero.clientId,
      CONTRACTOR.tenantId,
    );
    const before = id;
    await connect();
    expect(id).toBe(before);
    const { history } = (await run.script('connections', 'show')).json;
    expect(history.slice(-2).map(({ event }: { event: string }) => event)).toEqual(['removed', 'connected']);
  });
});

describe('a history that somebody changed', () => {
  it('is shown, and said to be broken', async () => {
    const client = new DynamoDBClient();
    await DynamoDBDocumentClient.from(client).send(
      new UpdateCommand({
        TableName: run.outputs.TableName,
        Key: { pk: `connection#${id}#document#connection`, sk: 'audit#00000001' },
        UpdateExpression: 'SET detail = :detail',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':detail': { by: 'nobody' } },
      }),
    );
    client.destroy();
    failed(await run.script('connections', 'show'), 'audit-broken');
    const shown = await run.person('connections', 'show');
    expect([shown.code, shown.stdout.includes('nobody')]).toEqual([1, true]);
  });
});

describe('each of them', () => {
  it.each(['list', 'show', 'pause', 'resume', 'remove', 'reconnect'])(
    'explains itself: %s',
    async (command) => {
      const { code, stdout } = await runCommand(['connections', command, '--help']);
      expect(code).toBe(0);
      for (const part of ['Examples:\n', `ml-connector connections ${command}`, '--stack', '--json']) {
        expect(stdout).toContain(part);
      }
    },
  );
});
