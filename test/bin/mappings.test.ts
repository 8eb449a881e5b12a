import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../lib/flows/connect/connect.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import type { TestRun } from './local-run.ts';
import { runCommand, startTestRun } from './local-run.ts';

const ME = `${userInfo().username} at the command line`;

let run: TestRun;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ml-connector-'));
  run = await startTestRun();
  await connect(run.vendors.connectionFile, run.deployment);
}, 30_000);
afterAll(async () => {
  await run.close();
  await rm(folder, { recursive: true });
});

const path = (name: string) => join(folder, name);
async function file(name: string, content: string): Promise<string> {
  await writeFile(path(name), content);
  return path(name);
}

describe('the way from nothing to a table that can be trusted', () => {
  it('begins with suggestions of projects, which are reviewed and added', async () => {
    const { stdout, stderr, code } = await run.person('projects', 'suggest');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tracking_category,tracking_option,procore_project\n(Project,[^,]+,\d{4}\n){3}$/);
    expect(stderr).toMatch(/Suggested\n.*near 1047 Oak Street Apartments: abbreviated/s);
    expect(stderr).toMatch(/For a person to decide\n.*Project=Harbor Point Garage.*nothing near/s);
    expect(stderr).toContain('ml-connector projects import --add projects.csv');

    const said = await run.script('projects', 'suggest', path('projects.csv'));
    expect(said.json.suggested).toContainEqual({
      row: { category: 'Project', option: 'Cedar Elementary', project: '1051' },
      reason: expect.stringContaining('near 1051'),
    });
    expect(said.json).not.toHaveProperty('csv');
    expect(await readFile(path('projects.csv'), 'utf8')).toBe(stdout);
    const added = await run.person('projects', 'import', '--add', path('projects.csv'));
    expect(added.stdout).toBe('3 rows in force (version 1: 3 added), 0 documents queued again\n');
  });

  it('goes on with rules', async () => {
    const { json } = await run.script('mappings', 'suggest', '--days', '365', '--all');
    expect(json.csv).toContain('\n5400,,,,01-650,M,,,named like 01-650 Freight and Delivery\n');
    expect(json.open.length).toBeGreaterThan(3);
    const said = await run.person('mappings', 'suggest', path('rules.csv'), '--days', '365');
    expect(said.stdout).toBe('');
    expect(said.stderr).toContain('named like 01-650 Freight and Delivery');
    expect((await run.person('mappings', 'import', '--add', path('rules.csv'))).code).toBe(0);
    await run.script('mappings', 'import', await file('all.csv', RULES_CSV));
  });

  it('shows what is not covered, and the money on it', async () => {
    const { stdout, code } = await run.person('mappings', 'coverage', '--days', '365');
    expect(code).toBe(0);
    expect(stdout).toMatch(/│ account 5900 +│ no rule +│ +2 │ +2 │ 1236\.80 USD │/);
    expect(stdout).toMatch(/│ Brazos Excavating +│ not certain: Brazos/);
    expect(stdout).toMatch(/Rows that decided about no line\n.*Cost Area=Electrical/s);
    expect(stdout).toMatch(
      /\n99 % of the money is mapped: [\d.]+ of [\d.]+ USD, on \d+ of \d+ lines of \d+ documents that changed since /,
    );
    const { json } = await run.script('mappings', 'coverage', '--days', '365');
    expect(json.gaps).toContainEqual({
      kind: 'account',
      what: 'account 5900',
      lacks: 'no rule',
      code: 'account-unmapped',
      lines: 2,
      documents: 2,
      money: { USD: '1236.80' },
    });
    expect(json).toMatchObject({ days: 365, share: 99, stale: [], unasked: [] });
  });
});

describe('import', () => {
  it('says with row and column what nobody knows, and takes it all the same', async () => {
    const csv = await file('odd.csv', `${RULES_CSV}5999,,,,01-410,O,,,\n`);
    const said = await run.person('mappings', 'import', csv);
    expect(said.code).toBe(0);
    expect(said.stderr).toBe('Warning: row 29, column account: Xero has no account 5999; near it: 5900\n');
    expect((await run.script('mappings', 'import', csv)).json.warnings).toEqual([
      { row: 29, column: 'account', says: 'Xero has no account 5999; near it: 5900' },
    ]);
  });

  it('adds rows from standard input, and refuses one that ties', async () => {
    const add = async (row: string) => {
      const stdin = new PassThrough();
      stdin.end(`${RULES_CSV.split('\n')[0]}\n${row}\n`);
      return runCommand(['mappings', 'import', '--add', '-', '--port', String(run.port), '--json'], stdin);
    };
    expect((await add('5900,,,,01-410,O,,,split')).json).toMatchObject({ rows: 29, changes: { added: 1 } });
    const tie = await add('5100,,,1042,01-410,O,,,');
    expect(tie.code).toBe(1);
    expect(tie.json.error).toMatchObject({
      code: 'rules-tie',
      message: expect.stringContaining('5100 / * / * / 1042'),
    });
  });
});

describe('history and undo', () => {
  it('tell who changed a table, and take it back', async () => {
    await run.script('projects', 'import', await file('all-projects.csv', PROJECTS_CSV));
    const { json } = await run.script('projects', 'history');
    expect(json.map(({ version, by, how }: Record<string, string>) => [version, by, how])).toEqual([
      [2, ME, 'import'],
      [1, ME, 'import --add'],
    ]);
    expect((await run.script('projects', 'history', '2')).json).toEqual([
      {
        what: 'changed',
        before: 'Project=Oak Street Apts → 1047',
        after: 'Project=Oak Street Apts → Oak Street Apartments',
      },
    ]);
    expect((await run.person('projects', 'history')).stdout).toMatch(/│ +2 │ .* │ import +│ +3 │ 1 changed/);
    expect((await run.person('projects', 'history', '2')).stdout).toContain('Project=Oak Street Apts → 1047');

    expect((await run.person('projects', 'undo')).stdout).toBe(
      '3 rows in force (version 3: 1 changed), 0 documents queued again\n',
    );
    expect((await run.person('projects', 'export')).stdout).toContain('Oak Street Apts,1047');
    expect((await run.script('projects', 'undo', '2')).json).toMatchObject({ version: 4 });
    expect((await run.person('projects', 'export')).stdout).toBe(PROJECTS_CSV);
    expect((await run.script('projects', 'undo', '9')).json.error.code).toBe('table-version-unknown');
  });

  it('say so where nothing changed, and where the change was of the order alone', async () => {
    const [header, ...rules] = RULES_CSV.trim().split('\n');
    await run.script('mappings', 'import', await file('one.csv', RULES_CSV));
    await run.script('mappings', 'import', await file('two.csv', [header, ...rules.toReversed()].join('\n')));
    const [{ version }] = (await run.script('mappings', 'history')).json;
    expect((await run.person('mappings', 'history', String(version))).stdout).toBe('Nothing changed.\n');
    const { connections, tables } = run.deployment;
    const [connection] = await connections.list();
    expect(await tables.versions(connection!.id, 'cost-codes')).toHaveLength(version);
  });

  it('are shown with the connection', async () => {
    const { stdout } = await run.person('connections', 'show');
    expect(stdout).toContain('mappings-changed');
    expect(stdout).toContain(`by: ${ME}`);
  });
});
