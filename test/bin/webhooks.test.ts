import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../lib/flows/connect/connect.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { TestRun } from './local-run.ts';
import { startTestRun } from './local-run.ts';

let run: TestRun;
const companyId = String(CONTRACTOR.procoreCompanyId);
const NAME = CONTRACTOR.name;

beforeAll(async () => {
  run = await startTestRun();
}, 30_000);
afterAll(() => run.close());

const hooks = () => run.vendors.procore.companies.get(CONTRACTOR.procoreCompanyId)!.hooks;

describe('webhooks', () => {
  it('says so where nothing is connected', async () => {
    const { code, json } = await run.script('webhooks', 'status');
    expect([code, json.error.code]).toEqual([1, 'connection-missing']);
  });

  it('status tells that there are none yet, with exit code 1', async () => {
    const { connectionId } = await connect(run.vendors.connectionFile, run.deployment);
    await importProjects(connectionId, PROJECTS_CSV, run.deployment);
    const { code, json } = await run.script('webhooks', 'status');
    expect([code, json]).toEqual([1, [{ companyId, state: 'missing', hooks: [] }]]);
  });

  it('reconcile registers them, and says that they are as they should be when asked again', async () => {
    expect(await run.script('webhooks', 'reconcile')).toMatchObject({
      code: 0,
      json: [{ companyId, outcome: 'made' }],
    });
    const { code, stdout } = await run.person('webhooks', 'reconcile', '--connection', NAME);
    expect([code, stdout]).toEqual([0, `Company ${companyId}: as they should be.\n`]);
    expect(hooks().size).toBeGreaterThan(1);
  });

  it('status shows each with its state, events and troubled deliveries, and no secret', async () => {
    const [hook] = hooks().values();
    const { code, json, stdout } = await run.script('webhooks', 'status');
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({ companyId, state: 'active' });
    expect(json[0].hooks).toHaveLength(hooks().size);
    expect(json[0].hooks[0]).toMatchObject({
      hookId: String(hook!.id),
      state: 'active',
      payloadVersion: 'v4.0',
      failing: 0,
      discarded: 0,
    });
    expect(json[0].hooks[0].triggers).toContain('Company Vendors update');
    const person = await run.person('webhooks', 'status');
    expect(person.stdout).toContain(`Company ${companyId}: active. Last event: never.`);
    expect(person.stdout).toMatch(/company .* active .* v4\.0 .* Company Vendors, Line Item Types, Projects/);
    expect(stdout + person.stdout).not.toContain(hook!.authorization!.slice(-8));
  });

  it('status finds one that somebody switched off, and counts what was given up', async () => {
    const [hook] = hooks().values();
    run.vendors.procore.people(CONTRACTOR.procoreCompanyId).disableHook(hook!.id);
    const { code, json } = await run.script('webhooks', 'status');
    expect([code, json]).toMatchObject([1, [{ state: 'disabled' }]]);
    await run.script('webhooks', 'reconcile', '--new-secret');
    expect((await run.script('webhooks', 'status')).code).toBe(0);
  });

  it('remove takes them away until reconcile', async () => {
    expect((await run.script('webhooks', 'remove')).json).toEqual([{ companyId, removed: true }]);
    expect(hooks().size).toBe(0);
    expect((await run.script('webhooks', 'status')).json).toMatchObject([{ state: 'off' }]);
    const again = await run.person('webhooks', 'remove');
    expect(again.stdout).toBe(`Company ${companyId}: there were none.\n`);
    await run.script('webhooks', 'reconcile');
    expect((await run.script('webhooks', 'status')).json).toMatchObject([{ state: 'active' }]);
  });

  it.each(['status', 'reconcile', 'remove'])('%s --help gives examples', async (verb) => {
    const { code, stdout } = await run.person('webhooks', verb, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`ml-connector webhooks ${verb}`);
  });
});
