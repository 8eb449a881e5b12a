import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { daysBefore } from '../../lib/sandbox/seed/identity.ts';
import type { Said, TestRun } from './local-run.ts';
import { runCommand, startTestRun } from './local-run.ts';

let run: TestRun;
let folder: string;
let connectionId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ml-connector-'));
  run = await startTestRun();
  // A few days of the books are enough to see the path.
  run.vendors.connectionFile.settings.startDate = daysBefore(new Date().toISOString().slice(0, 10), 12);
}, 30_000);
afterAll(async () => {
  await run.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function failed({ code, json, stderr }: Said, errorCode: string): void {
  expect(code).toBe(1);
  expect(json).toEqual({ error: { code: errorCode, message: expect.any(String), fix: expect.any(String) } });
  expect(stderr).toContain(`Code:  ${errorCode}`);
  expect(stderr).toContain(json.error.fix);
}

describe('before anything is connected', () => {
  it.each([['documents'], ['poll'], ['audit', 'PO-1236'], ['mappings', 'export']])(
    '%s says so',
    async (...argv) => {
      failed(await run.script(...argv), 'connection-missing');
    },
  );
});

describe('connect', () => {
  it('prints the id, and nothing that is secret', async () => {
    const path = await file('connection.json', JSON.stringify(run.vendors.connectionFile));
    const { code, json, stdout, stderr } = await run.script('connect', '--file', path);
    expect(code).toBe(0);
    expect(json).toEqual({ id: expect.stringMatching(/^harlan-reyes-builders-/) });
    expect(stderr).toContain('Connected: Harlan & Reyes Builders (USD) to Procore company 598134325510147.');
    for (const secret of [
      'demo-xero-secret',
      'demo-procore-secret',
      'webhook-key',
      run.vendors.connectionFile.xero.tenantId,
    ]) {
      expect(stdout + stderr).not.toContain(secret);
    }
    connectionId = json.id;
  });

  it('prints the bare id for a person, and takes the same name again', async () => {
    const path = await file('connection.json', JSON.stringify(run.vendors.connectionFile));
    const { code, stdout, stderr } = await run.person('connect', '--file', path);
    expect([code, stdout]).toEqual([0, `${connectionId}\n`]);
    expect(stderr).toContain('Connected again');
  });

  it('reads standard input', async () => {
    const { connectionFile } = run.vendors;
    const stdin = new PassThrough();
    stdin.end(
      JSON.stringify({ ...connectionFile, settings: { ...connectionFile.settings, amounts: 'gross' } }),
    );
    const said = await runCommand(['connect', '--file', '-', '--port', String(run.port), '--json'], stdin);
    expect(said.json).toEqual({ id: connectionId });
    await run.person('connect', '--file', join(folder, 'connection.json'));
  });

  it('lists what is wrong with the file, one field to a line', async () => {
    const said = await run.script(
      'connect',
      '--file',
      await file('bad.json', '{"name":"x","xero":{},"procore":{}}'),
    );
    failed(said, 'connection-file-invalid');
    expect(said.stderr).toContain('\n  xero.clientId is missing\n');
  });

  it('never quotes a broken file, which may hold a secret', async () => {
    const said = await run.script(
      'connect',
      '--file',
      await file('cut.json', '{\n "clientSecret": hush-4711 }'),
    );
    failed(said, 'connection-file-invalid');
    expect(said.stdout + said.stderr).not.toContain('4711');
  });

  it('says that a file is not there', async () => {
    failed(await run.script('connect', '--file', join(folder, 'none.json')), 'file-unreadable');
  });

  it('asks only at a terminal', async () => {
    const said = await run.script('connect');
    failed(said, 'usage');
    expect(said.stderr).toContain('without a terminal, connect needs --file');
  });
});

describe('mappings and projects', () => {
  it('are imported and exported to the same bytes', async () => {
    const rules = await file('rules.csv', RULES_CSV);
    expect((await run.script('mappings', 'import', rules)).json).toEqual({
      rows: 27,
      version: 1,
      changes: { added: 27, removed: 0, changed: 0 },
      warnings: [],
      requeued: 0,
    });
    const copy = join(folder, 'copy.csv');
    expect((await run.script('mappings', 'export', copy)).json).toEqual({
      rows: 27,
      version: 1,
      warnings: [],
    });
    const exported = await readFile(copy, 'utf8');
    expect((await run.person('mappings', 'export')).stdout).toBe(exported);
    expect((await run.script('mappings', 'export')).json).toEqual({
      rows: 27,
      version: 1,
      warnings: [],
      csv: exported,
    });
    expect((await run.script('mappings', 'import', copy)).json).toMatchObject({ version: 2 });
    expect((await run.person('mappings', 'export')).stdout).toBe(exported);

    const said = await run.person('projects', 'import', await file('projects.csv', PROJECTS_CSV));
    expect(said.stdout).toBe('3 rows in force (version 1: 3 added), 0 documents queued again\n');
    expect((await run.person('projects', 'export')).stdout).toBe(PROJECTS_CSV);
  });

  it('name row and column of what is wrong and import nothing', async () => {
    const said = await run.script(
      'mappings',
      'import',
      await file('bad.csv', RULES_CSV.replace('06-100,M', '06-100,')),
    );
    failed(said, 'csv-invalid');
    expect(said.json.error.message).toContain('row 2, column cost_type: is missing beside the cost_code');
    expect((await run.script('mappings', 'export')).json.version).toBe(2);
  });
});

describe('poll, documents and audit', () => {
  it('carries an order over and shows it', async () => {
    const worker = run.startWorker();
    const polled = await run.script('poll', '--full');
    await worker.stop();
    expect(polled.code).toBe(0);
    const { enqueued, documents } = polled.json;
    expect(enqueued).toBe(104);
    expect(documents.posted).toBeGreaterThan(2);
    expect(documents.posted + documents.parked + documents.leftOut).toBe(104);

    const listed = (await run.script('documents', '--state', 'posted')).json;
    expect(listed).toHaveLength(documents.posted);
    expect(listed.find(({ number }: { number: string }) => number === 'PO-1236')).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'purchase-order',
      number: 'PO-1236',
      supplier: expect.any(String),
      state: 'posted',
      total: expect.stringMatching(/^\d+\.\d\d$/),
      currency: 'USD',
      version: expect.stringMatching(/Z$/),
      procore: expect.arrayContaining([{ type: 'commitment', id: expect.stringMatching(/^\d+$/) }]),
    });
    const leftOut = (await run.script('documents', '--state', 'left-out')).json;
    expect(leftOut[0]).toMatchObject({ code: expect.any(String), message: expect.any(String), procore: [] });
    expect((await run.person('documents')).stdout).toContain('PO-1236');
  }, 60_000);

  it('tells everything that happened to a document, by number or id', async () => {
    const { json } = await run.script('audit', 'PO-1236');
    expect(json.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      json.map((_: unknown, at: number) => at + 1),
    );
    expect(json[0]).toMatchObject({
      sequence: 1,
      at: expect.any(String),
      event: 'received',
      detail: { by: 'poll' },
    });
    expect(json.at(-1)).toMatchObject({ event: 'posted' });
    const listed = (await run.script('documents')).json;
    const { id } = listed.find(({ number }: { number: string }) => number === 'PO-1236');
    expect((await run.script('audit', id)).json).toEqual(json);
    expect((await run.person('audit', 'PO-1236')).stdout).toContain('step: write-commitment');
  });

  it('takes a number for that of the order, and refuses it where it means several documents', async () => {
    const { documents } = run.deployment;
    const [order] = await documents.findByNumber(connectionId, 'PO-1236');
    const bill = (id: string) => ({
      ...order!,
      id: `${id.repeat(8)}-1111-4111-8111-111111111111`,
      kind: 'bill' as const,
    });
    await documents.put(bill('1'));
    expect((await run.script('audit', 'PO-1236')).json.at(-1)).toMatchObject({ event: 'posted' });
    await documents.put({ ...bill('2'), number: 'INV-7' });
    await documents.put({ ...bill('3'), number: 'INV-7' });
    const said = await run.script('audit', 'INV-7');
    failed(said, 'document-ambiguous');
    for (const { id } of [bill('2'), bill('3')]) expect(said.json.error.message).toContain(id);
    failed(await run.script('audit', 'PO-0'), 'document-unknown');
  });

  it('finds an audit trail that somebody changed', async () => {
    const [order] = await run.deployment.documents.list(connectionId, { state: 'posted' });
    await tamper(order!.id);
    const said = await run.script('audit', order!.id);
    failed(said, 'audit-broken');
    expect(said.json.error.message).toContain('first broken entry: 2');
    const shown = await run.person('audit', order!.id);
    expect([shown.code, shown.stdout.includes('nobody')]).toEqual([1, true]);
  });

  it('lists messages that nobody could read beside the documents', async () => {
    const { documents } = run.deployment;
    const [order] = await documents.list(connectionId);
    await documents.put({
      ...order!,
      connectionId: 'unreadable',
      id: 'm-1',
      number: 'm-1',
      kind: 'message',
      state: 'parked',
    });
    expect((await run.script('documents', '--state', 'parked')).json).toContainEqual(
      expect.objectContaining({ id: 'm-1', kind: 'message' }),
    );
    expect((await run.script('audit', 'm-1')).json).toEqual([]);
  });

  it('gives up waiting when the time is over, and says what is left', async () => {
    const id = '22222222-2222-4222-8222-222222222222';
    const receivedAt = new Date().toISOString();
    await run.deployment.queue.send([{ connectionId, kind: 'bill', id, reason: 'retry', receivedAt }], {
      delaySeconds: 2,
    });
    const said = await run.script('poll', '--timeout', '1');
    failed(said, 'queue-not-drained');
    expect(said.json.error.message).toContain('put off: 1');
  });

  it('does not poll a connection that is broken, and says why', async () => {
    const { connections } = run.deployment;
    const live = (await connections.get(connectionId))!;
    const broken = await connections.update({ ...live, state: 'broken', code: 'xero-consent-lost' });
    failed(await run.script('poll'), 'xero-consent-lost');
    expect((await run.script('doctor')).code).toBe(1);
    const { code: _, ...mended } = broken;
    await connections.update({ ...mended, state: 'live' });
  });
});

describe('doctor', () => {
  it('lists its findings and ends well where nothing is wrong', async () => {
    const { code, json } = await run.script('doctor');
    expect(json.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect(code).toBe(0);
    expect(json).toContainEqual({
      connection: 'Harlan & Reyes Builders',
      check: 'xero organisation',
      ok: true,
      level: 'ok',
      says: 'Harlan & Reyes Builders answers; its books are in USD.',
    });
    expect(json).toContainEqual(expect.objectContaining({ check: 'procore webhook', level: 'warning' }));
    const { stdout } = await run.person('doctor');
    expect(stdout).toMatch(/^Harlan & Reyes Builders\n.*\nDeployment\n/s);
    expect(stdout).toContain('The service account sees 3 projects');
    expect(stdout).toMatch(/\n\nAsked Xero \d+ times and Procore \d+ times\.\n$/);
  });
});

describe('several connections', () => {
  it('must be told apart, by name or id', async () => {
    const live = (await run.deployment.connections.get(connectionId))!;
    await run.deployment.connections.create({ ...live, id: 'other-1', name: 'Other' });
    failed(await run.script('documents'), 'several-connections');
    expect(
      (await run.script('documents', '--connection', 'Harlan & Reyes Builders')).json.length,
    ).toBeGreaterThan(90);
    expect((await run.script('--connection', 'other-1', 'mappings', 'export')).json.rows).toBe(0);
    failed(await run.script('doctor', '--connection', 'Nobody'), 'connection-unknown');
  });
});

describe('the command line itself', () => {
  it.each([
    [['documents', '--state', 'lost']],
    [['documents', '--no-such-option']],
    [['frobnicate']],
    [['audit']],
    [['documents', '--port', 'x']],
    [['poll', '--timeout', '0']],
    [['mappings', 'coverage', '--days', '0']],
    [['mappings', 'suggest', '--days', 'soon']],
    [['mappings', 'undo', 'last']],
  ])('refuses %j with exit code 2', async (argv) => {
    const { code, json, stderr } = await runCommand([...argv, '--json']);
    expect([code, json.error.code]).toEqual([2, 'usage']);
    expect(stderr).toContain(json.error.message);
  });

  it.each([
    'connect',
    'mappings import',
    'mappings export',
    'mappings suggest',
    'mappings coverage',
    'mappings history',
    'mappings undo',
    'projects import',
    'projects export',
    'projects suggest',
    'projects history',
    'projects undo',
    'poll',
    'documents',
    'audit',
    'doctor',
  ])('explains %s with examples and the options that all commands share', async (command) => {
    const { code, stdout } = await runCommand([...command.split(' '), '--help']);
    expect(code).toBe(0);
    for (const part of ['Examples:\n', `ml-connector ${command}`, '--stack', '--json', '--connection']) {
      expect(stdout).toContain(part);
    }
  });

  it('shows the overview and fails when no command is given', async () => {
    const { code, stderr } = await runCommand([]);
    expect([code, stderr.includes('Commands:')]).toEqual([2, true]);
  });

  it('says that no local run answers', async () => {
    failed(await runCommand(['documents', '--port', '1', '--json']), 'deployment-missing');
  });

  it('takes either the local run or a stack', async () => {
    failed(await runCommand(['documents', '--local', '--stack', 'MlConnector', '--json']), 'usage');
  });
});

async function tamper(documentId: string): Promise<void> {
  const { DynamoDBDocumentClient } = await import('@aws-sdk/lib-dynamodb');
  const { DynamoDBClient, ListTablesCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient();
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) {
    await DynamoDBDocumentClient.from(client)
      .send(
        new UpdateCommand({
          TableName,
          Key: { pk: `connection#${connectionId}#document#${documentId}`, sk: 'audit#00000002' },
          UpdateExpression: 'SET detail = :detail',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':detail': { by: 'nobody' } },
        }),
      )
      .catch((error: Error) => {
        if (error.name !== 'ConditionalCheckFailedException') throw error;
      });
  }
  client.destroy();
}
