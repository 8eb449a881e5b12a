import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../lib/flows/connect/connect.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR, DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import { PROJECTS } from '../../lib/sandbox/seed/projects.ts';
import { accountId } from '../../lib/sandbox/seed/xero-reference.ts';
import type { TestRun } from './local-run.ts';
import { startTestRun } from './local-run.ts';

let run: TestRun;
let connectionId: string;

beforeAll(async () => {
  run = await startTestRun();
});
afterAll(() => run.close());

const people = () => run.vendors.procore.people(CONTRACTOR.procoreCompanyId);
const of = (lists: { list: string; projectId?: string }[], list: string, projectId?: number) =>
  lists.find(
    (one) => one.list === list && one.projectId === (projectId === undefined ? undefined : String(projectId)),
  );

describe('refresh', () => {
  it('says so where nothing is connected', async () => {
    const { code, json } = await run.script('refresh');
    expect([code, json.error.code]).toEqual([1, 'connection-missing']);
  });

  it('reads every list of both sides, those of projects in each that concerns them', async () => {
    ({ connectionId } = await connect(run.vendors.connectionFile, run.deployment));
    await importProjects(connectionId, PROJECTS_CSV, run.deployment);
    const { code, json } = await run.script('refresh');
    expect(code).toBe(0);
    expect(json.requeued).toBe(0);
    expect(of(json.lists, 'xero/accounts')).toEqual({
      list: 'xero/accounts',
      entries: expect.any(Number),
      changes: { added: [], renamed: [], archived: [], gone: [] },
      requeued: 0,
    });
    expect(of(json.lists, 'procore/cost-codes/P', PROJECTS.oak.id)).toMatchObject({
      project: PROJECTS.oak.name,
      entries: expect.any(Number),
    });
    expect(new Set(json.lists.map(({ list }: { list: string }) => list)).size).toBe(17);
  });

  it('tells a person list by list what changed since, and what could not be read', async () => {
    run.vendors.xero.saveAccount(CONTRACTOR.tenantId, { AccountID: accountId('5000'), Code: '5010' });
    people().renumberProject(PROJECTS.oak.id, '2047');
    people().addCostCode(PROJECTS.oak.id, { code: '88-100', name: 'Waivers' });
    run.vendors.procore.allowTool(DEMO_CREDENTIALS.procore.clientId, 'Budget', 'none');
    const { code, stdout } = await run.person('refresh');
    expect(code).toBe(1);
    expect(stdout).toMatch(/│ Xero accounts +│ +│ +\d+ │ 20\S+ │ +0 │ +1 │ +0 │ +0 │ +0 │/);
    expect(stdout).toMatch(/│ Procore cost codes +│ +3 │ +\d+ │ 20\S+ │ +1 │ +0 │ +0 │ +0 │ +0 │/);
    expect(stdout).toMatch(/│ Procore budget views +│ +│ +not read │/);
    expect(stdout).toMatch(/\nXero accounts, renamed: 5000 .+ → 5010 .+\n/);
    expect(stdout).toMatch(/\nProcore projects, renamed: 1047 Oak .+ → 2047 Oak .+\n/);
    expect(stdout).toContain('\nProcore cost codes, new: 88-100 Waivers\n');
    expect(stdout).toContain(
      `\nNot read: Procore budget views of ${PROJECTS.oak.name}. Procore does not let this service account do that`,
    );
    expect(stdout).toContain('\n0 documents queued again.\n');
  });

  it('gives scripts each list with its reason', async () => {
    const { code, json } = await run.script('refresh', '--connection', CONTRACTOR.name);
    expect(code).toBe(1);
    expect(of(json.lists, 'procore/budget-views/P', PROJECTS.oak.id)).toEqual({
      list: 'procore/budget-views/P',
      projectId: String(PROJECTS.oak.id),
      project: PROJECTS.oak.name,
      problem: expect.stringContaining('budget views'),
    });
    expect(of(json.lists, 'procore/vendors')).toMatchObject({ since: expect.stringMatching(/Z$/) });
  });

  it('does not ask for a connection that is broken, and says why', async () => {
    const { connections } = run.deployment;
    const live = (await connections.get(connectionId))!;
    await connections.update({ ...live, state: 'broken', code: 'xero-consent-lost' });
    const { code, json } = await run.script('refresh');
    expect([code, json.error.code]).toEqual([1, 'xero-consent-lost']);
  });

  it('--help gives examples', async () => {
    const { code, stdout } = await run.person('refresh', '--help');
    expect([code, stdout.includes('ml-connector refresh --connection')]).toEqual([0, true]);
  });
});
