import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../lib/flows/connect/connect.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { goods, supplier } from '../support/orders.ts';
import type { TestRun } from './local-run.ts';
import { runCommand, startTestRun } from './local-run.ts';

const FROM = '2026-01-01';
let run: TestRun;
let worker: ReturnType<TestRun['startWorker']> | undefined;

beforeAll(async () => {
  run = await startTestRun();
  const { xero, connectionFile: file } = run.vendors;
  const books = xero.organisations.get(CONTRACTOR.tenantId)!;
  for (const papers of [books.purchaseOrders, books.invoices, books.creditNotes]) papers.clear();
  const paper = { Contact: supplier('lonestar'), Status: 'AUTHORISED' as const };
  const fence = { ...paper, Date: '2026-03-02', LineItems: [goods('RNT-FNC', 100, 2)] };
  const order = xero.savePurchaseOrder(CONTRACTOR.tenantId, fence);
  const bill = { ...fence, Type: 'ACCPAY' as const, Date: '2026-04-02' };
  xero.saveInvoice(CONTRACTOR.tenantId, { ...bill, InvoiceNumber: order.PurchaseOrderNumber });
  xero.savePurchaseOrder(CONTRACTOR.tenantId, { ...fence, Contact: supplier('brazos') });
  xero.savePurchaseOrder(CONTRACTOR.tenantId, { ...fence, Status: 'DRAFT' });
  const settings = { startDate: '2099-01-01', billingPeriods: 'create', budgetScope: 'off' };
  const { connectionId } = await connect({ ...file, settings }, run.deployment);
  await importMappings(connectionId, RULES_CSV, run.deployment);
  await importProjects(connectionId, PROJECTS_CSV, run.deployment);
  const first = run.startWorker();
  await run.script('poll');
  await first.stop();
}, 60_000);
afterAll(async () => {
  await worker?.stop();
  await run.close();
});

const standing = async () => (await run.script('connections', 'show')).json;

describe('backfill', () => {
  it('lists what would become of what, with money, and begins nothing on a dry run', async () => {
    const { json } = await run.script('backfill', '--from', FROM, '--dry-run');
    expect(json).toMatchObject({ from: FROM, kinds: ['purchase-order', 'bill', 'credit-note'] });
    expect(json.sums).toEqual([
      { outcome: 'new', kind: 'purchase-order', documents: 1, totals: { USD: '216.50' } },
      { outcome: 'follows', kind: 'bill', documents: 1, totals: { USD: '216.50' } },
      {
        ...{ outcome: 'would-park', code: 'vendor-ambiguous', kind: 'purchase-order' },
        ...{ documents: 1, totals: { USD: '216.50' } },
      },
      {
        ...{ outcome: 'left-out', code: 'status-below-setting', kind: 'purchase-order' },
        ...{ documents: 1, totals: { USD: '216.50' } },
      },
    ]);
    expect(json.documents).toHaveLength(4);
    const { stdout } = await run.person('backfill', '--from', FROM, '--only', 'bills', '--dry-run');
    expect(stdout).toMatch(/pushed: new *│ bills *│ *1 │ 216\.50 USD/);
    expect((await run.person('backfill')).stdout).toContain('There was no backfill yet');
    expect((await run.script('backfill', 'status')).json).toBeNull();
    expect((await standing()).settings).not.toHaveProperty('backfilledFrom');
  });

  it('asks before it begins, and without a terminal wants to be told that it need not', async () => {
    const refused = await run.script('backfill', '--from', FROM, '--only', 'bills').catch(() => undefined);
    expect(refused?.json.error.code).toBe('usage');
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    stdin.write('n');
    const asked = await runCommand(['--port', String(run.port), 'backfill', '--from', FROM], stdin);
    expect([asked.code, asked.stderr]).toEqual([1, expect.stringContaining('nothing was begun')]);
    expect((await run.script('backfill', 'status')).json).toBeNull();
  });

  it('begins, can be paused, and refuses a second', async () => {
    const { json } = await run.script('backfill', '--from', FROM, '--yes', '--no-wait');
    expect(json.backfill).toMatchObject({ state: 'running', total: 4, settled: 0, waiting: 4 });
    const second = await run.script('backfill', '--from', FROM, '--yes');
    expect([second.code, second.json.error.code]).toEqual([1, 'backfill-under-way']);
    expect((await run.script('backfill', 'pause')).json).toMatchObject({ state: 'paused' });
    const { stdout } = await run.person('backfill', 'status');
    expect(stdout).toMatch(/^Backfill from 2026-01-01 is paused; begun .* by .* at the command line\.\n/);
    expect(stdout).toContain('0 of 4 done: 4 waiting');
    expect((await run.script('backfill', 'cancel')).json).toMatchObject({ state: 'cancelled' });
    const over = await run.script('backfill', 'resume');
    expect([over.code, over.json.error.code]).toEqual([1, 'backfill-missing']);
  });

  it('watches until everything is dealt with, and finds nothing more to do the next time', async () => {
    worker = run.startWorker();
    const { json, code } = await run.script('backfill', '--from', FROM, '--yes');
    expect(code).toBe(0);
    expect(json.backfill).toMatchObject({
      ...{ state: 'done', total: 4, settled: 4, waiting: 0, onTheWay: 0 },
      ...{ posted: 2, parked: 1, leftOut: 1, awaitingApproval: 0 },
    });
    const { settings, history } = await standing();
    expect(settings.backfilledFrom).toEqual({ 'purchase-order': FROM, bill: FROM, 'credit-note': FROM });
    expect(history.map(({ event }: { event: string }) => event)).toEqual(
      expect.arrayContaining(['backfill-started', 'backfill-paused', 'backfill-cancelled', 'backfill-done']),
    );
    expect((await run.person('connections', 'show')).stdout).toMatch(/backfilledFrom *│ purchase-order 2026/);
    const again = await run.person('backfill', '--from', FROM, '--only', 'bills', '--yes');
    expect(again.stdout).toMatch(/stands already *│ bills *│ *1 │/);
    expect(again.stdout).toContain('There is nothing to do.');
  });

  it.each([[['--from', '31/01/2026']], [['--from', '2026-02-30']], [['--from', FROM, '--only', 'invoices']]])(
    'does not understand %j',
    async (argv) => {
      const { code, json } = await run.script('backfill', ...argv);
      expect([code, json.error.code]).toEqual([2, 'usage']);
    },
  );

  it.each([[[]], [['status']], [['pause']], [['resume']], [['cancel']]])(
    'explains itself: %j',
    async (argv) => {
      const { code, stdout } = await runCommand(['backfill', ...argv, '--help']);
      expect(code).toBe(0);
      for (const part of ['Examples:\n', 'ml-connector backfill', '--json']) expect(stdout).toContain(part);
    },
  );
});
