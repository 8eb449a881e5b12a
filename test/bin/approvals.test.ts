import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../lib/flows/connect/connect.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { leaveInBudget } from '../support/budget.ts';
import { enterOrder } from '../support/orders.ts';
import type { TestRun } from './local-run.ts';
import { startTestRun } from './local-run.ts';

const APPROVERS = [
  { name: 'Dana Reyes', email: 'dana@example.com' },
  { name: 'Sam Ortiz', email: 'sam@example.com', upTo: '100' },
];

let run: TestRun;
let worker: ReturnType<TestRun['startWorker']>;
let numbers: string[];

beforeAll(async () => {
  run = await startTestRun();
  const file = run.vendors.connectionFile;
  const settings = { startDate: '2020-01-01', approvers: APPROVERS };
  const { connectionId } = await connect({ ...file, settings }, run.deployment);
  await importMappings(connectionId, RULES_CSV, run.deployment);
  await importProjects(connectionId, PROJECTS_CSV, run.deployment);
  const company = run.vendors.procore.companies.get(CONTRACTOR.procoreCompanyId)!;
  const scene = { demo: run.vendors, company } as Parameters<typeof leaveInBudget>[0];
  leaveInBudget(scene, 'riverside', '0.00');
  const orders = [enterOrder(scene), enterOrder(scene)];
  numbers = orders.map(({ PurchaseOrderNumber }) => PurchaseOrderNumber);
  const receivedAt = new Date().toISOString();
  await run.deployment.queue.send(
    orders.map(({ PurchaseOrderID: id }) => ({
      connectionId,
      kind: 'purchase-order' as const,
      id,
      reason: 'poll' as const,
      receivedAt,
    })),
  );
  worker = run.startWorker();
  for (let looks = 0; looks < 100; looks++) {
    if ((await run.script('approvals', 'list')).json.length === 2) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await run.close();
});

describe('approvals', () => {
  it('lists what waits, with the figures and who was asked', async () => {
    const { json } = await run.script('approvals', 'list');
    expect(json).toMatchObject(
      numbers.map(() => ({
        supplier: 'Capitol Equipment Rentals, Inc.',
        amount: '770.00',
        state: 'open',
        budgets: [{ remaining: expect.any(String), over: expect.any(String), watched: true }],
        asked: [{ name: 'Dana Reyes' }],
      })),
    );
    const { stdout } = await run.person('approvals', 'list');
    for (const number of numbers) expect(stdout).toContain(number);
  });

  it('shows what a person needs to decide, and no secret of a link', async () => {
    const { stdout } = await run.person('approvals', 'show', numbers[0]!);
    for (const fact of ['Riverside', '01-540.E', 'write the commitment', 'Dana Reyes']) {
      expect(stdout).toContain(fact);
    }
    const { json, stdout: text } = await run.script('approvals', 'show', numbers[0]!);
    expect(json).toMatchObject({ lines: [{ code: '01-540.E', amount: '650.00' }, { amount: '120.00' }] });
    expect(text).not.toMatch(/hash/i);
  });

  it('is decided by an approver alone, who has the authority', async () => {
    for (const person of ['Nobody', 'Sam Ortiz', 'sam@example.com']) {
      expect(await run.script('approvals', 'approve', numbers[0]!, '--as', person)).toMatchObject({
        code: 1,
        json: { error: { code: 'approval-not-yours' } },
      });
    }
  });

  it('approves as that person, carries the order, and says so in the trail', async () => {
    const said = await run.script(
      'approvals',
      'approve',
      numbers[0]!,
      '--as',
      'dana@example.com',
      '--reason',
      'Go on',
    );
    expect(said.json).toMatchObject({ state: 'approved', document: 'posted' });
    const { json } = await run.script('audit', numbers[0]!);
    expect(json.find(({ event }: { event: string }) => event === 'approved').detail).toMatchObject({
      by: expect.stringMatching(/^Dana Reyes \(.+ at the command line\) <dana@example\.com>$/),
      reason: 'Go on',
      via: 'command line',
    });
    expect(
      await run.script('approvals', 'reject', numbers[0]!, '--as', 'Dana Reyes', '--reason', 'No'),
    ).toMatchObject({
      code: 1,
      json: { error: { code: 'approval-decided' } },
    });
  });

  it('rejects with a reason and no other way, and approves after all', async () => {
    const [, number = ''] = numbers;
    expect(await run.script('approvals', 'reject', number, '--as', 'Dana Reyes')).toMatchObject({
      code: 1,
      json: { error: { code: 'reason-missing' } },
    });
    const rejected = await run.script(
      'approvals',
      'reject',
      number,
      '--as',
      'Dana Reyes',
      '--reason',
      'Too dear',
    );
    expect(rejected.json).toMatchObject({ state: 'rejected', document: 'rejected' });
    const approved = await run.script(
      'approvals',
      'approve',
      number,
      '--as',
      'Dana Reyes',
      '--reason',
      'It must be',
    );
    expect(approved.json).toMatchObject({ state: 'approved', document: 'posted' });
  });

  it('knows nothing of what nobody was asked about', async () => {
    expect(await run.script('approvals', 'show', 'PO-0000')).toMatchObject({
      json: { error: { code: 'document-unknown' } },
    });
  });
});
