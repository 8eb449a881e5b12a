import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../lib/flows/connect/connect.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import type { RunningSns } from '../../lib/sandbox/aws/sns.ts';
import { startSns } from '../../lib/sandbox/aws/sns.ts';
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

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:approvals';

let run: TestRun;
let sns: RunningSns;
let worker: ReturnType<TestRun['startWorker']>;
let numbers: string[];

beforeAll(async () => {
  run = await startTestRun();
  sns = await startSns({ topics: [TOPIC] });
  const { KeyMetadata } = await run.cloud.kms.send(
    new CreateKeyCommand({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
  );
  Object.assign(run.outputs, {
    ApprovalUrl: 'http://127.0.0.1/approve/',
    ApprovalTopicArn: TOPIC,
    ApprovalKeyArn: KeyMetadata!.Arn,
  });
  process.env.AWS_ENDPOINT_URL_SNS = sns.url;
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
  await Promise.all([run.close(), sns.close()]);
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

  it('says who may decide and whom mail reaches, and mails a new link in place of the old one', async () => {
    const mail = async () => {
      const { json } = await run.script('approvals', 'approvers');
      return json.map(({ name, mail }: { name: string; mail: string }) => `${name}: ${mail}`);
    };
    expect(await mail()).toEqual(['Dana Reyes: not confirmed yet', 'Sam Ortiz: not confirmed yet']);
    sns.confirm('dana@example.com');
    const { json: findings } = await run.script('doctor');
    expect(findings.find(({ check }: { check: string }) => check === 'approver mail')).toMatchObject({
      level: 'warning',
      says: expect.stringMatching(/^No mail reaches Sam Ortiz <sam@example\.com> before/),
    });
    expect(await mail()).toEqual(['Dana Reyes: confirmed', 'Sam Ortiz: not confirmed yet']);

    const { json } = await run.script('approvals', 'resend', numbers[0]!);
    expect(json.asked).toMatchObject([{ name: 'Dana Reyes', mailedAt: expect.any(String) }]);
    const { stdout } = await run.person('approvals', 'resend', numbers[0]!);
    expect(stdout).toMatch(/^Dana Reyes <dana@example\.com>: a link until 20/);
    const links = sns.mails().map(({ to, text }) => [to, text.match(/http:\S+/)?.[0]]);
    expect(links.map(([to]) => to)).toEqual(['dana@example.com', 'dana@example.com']);
    expect(links[0]![1]).toMatch(/^http:\/\/127\.0\.0\.1\/approve\//);
    expect(links[0]![1]).not.toBe(links[1]![1]);
  });

  it('is foreseen by plan, with the figures and all that would be written', async () => {
    const { json } = await run.script('plan', numbers[1]!);
    expect(json).toMatchObject({ outcome: 'would-hold', code: 'over-budget' });
    expect(json.message).toContain('held before 770.00, own 0.00, left -770.00, this 770.00, over 1540.00');
    const { stdout } = await run.person('plan', numbers[1]!);
    expect(stdout).toContain('would wait until a person allows it');
    expect(stdout).toContain('01-540.E');
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
    expect((await run.script('plan', number)).json).toMatchObject({
      outcome: 'rejected',
      code: 'approval-rejected',
    });
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
