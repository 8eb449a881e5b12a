import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ParkedCause } from '../../lib/core/parked-causes.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { TestRun } from './local-run.ts';
import { startSeededRun } from './local-run.ts';

let run: TestRun;
let connectionId: string;
let worker: ReturnType<TestRun['startWorker']>;

beforeAll(async () => {
  ({ run, worker, connectionId } = await startSeededRun());
});
afterAll(async () => {
  await worker.stop();
  await run.close();
});

const causes = async (): Promise<ParkedCause[]> => (await run.script('parked')).json;

describe('parked', () => {
  it('lists one row for each thing to fix, with the money that hangs on it', async () => {
    const found = await causes();
    expect([...new Set(found.map(({ code }) => code))].toSorted()).toEqual([
      'account-unmapped',
      'bill-match-uncertain',
      'billing-period-missing',
      'cost-code-not-in-project',
      'foreign-currency',
      'order-not-posted',
      'project-unmapped',
      'vendor-ambiguous',
    ]);
    const brazos = found.find(({ about }) => about.supplier === 'Brazos Excavating');
    expect(brazos?.documents.map(({ number }) => number)).toContain('PO-1204');
    expect(brazos?.candidates.length).toBeGreaterThan(1);

    const { stdout } = await run.person('parked');
    expect(stdout).toContain('vendor-ambiguous: It is not certain which Procore vendor this supplier is');
    expect(stdout).toContain('PO-1204');
    expect(stdout).toMatch(/\d+ documents wait for \d+ fixes\./);
  });
});

describe('plan', () => {
  it('says what a person reads before it is written', async () => {
    const { json } = await run.script('plan', 'PO-1204');
    expect(json).toMatchObject({ number: 'PO-1204', outcome: 'would-park', code: 'vendor-ambiguous' });
    const { stdout } = await run.person('plan', 'PO-1222');
    expect(stdout).toContain('PO-1222');
    expect(stdout).toContain('stands in Procore as it should; nothing would be written.');
  });

  it('shows the writes of an order that is new', async () => {
    const { tenantId } = run.vendors.connectionFile.xero;
    const books = run.vendors.xero.organisations.get(tenantId)!;
    const known = [...books.purchaseOrders.values()].find((it) => it.PurchaseOrderNumber === 'PO-1222')!;
    const { Contact, LineItems } = known;
    const lines = LineItems.map(({ LineItemID: _old, ...line }) => line);
    const order = run.vendors.xero.savePurchaseOrder(tenantId, {
      Contact,
      Status: 'AUTHORISED',
      LineItems: lines,
    });
    const { stdout, code } = await run.person('plan', order.PurchaseOrderNumber);
    expect(code).toBe(0);
    expect(stdout).toContain('would be written to Procore:');
    expect(stdout).toMatch(/write these lines.*│ 153600\.00 │/);
    expect(await run.deployment.documents.findByNumber(connectionId, order.PurchaseOrderNumber)).toEqual([]);
  });

  it('refuses a number that nobody knows', async () => {
    const { code, json } = await run.script('plan', 'PO-0');
    expect([code, json.error.code]).toEqual([1, 'document-unknown']);
  });
});

describe('retry', () => {
  it('takes one document up again after it was put right by hand, and says what became of it', async () => {
    const brazos = (await causes()).find(({ about }) => about.supplier === 'Brazos Excavating')!;
    const [, id] = /\((\d+)\)/.exec(brazos.candidates[0]!)!;
    const people = run.vendors.procore.people(CONTRACTOR.procoreCompanyId);
    people.renameVendor(Number(id), 'Brazos Excavating');
    const [, other] = /\((\d+)\)/.exec(brazos.candidates[1]!)!;
    people.renameVendor(Number(other), 'Another company');

    const { json } = await run.script('retry', 'PO-1204');
    expect(json).toMatchObject({ queued: 1, documents: [{ number: 'PO-1204', state: 'posted' }] });
    const trail = (await run.script('audit', 'PO-1204')).json as { event: string; detail: object }[];
    expect(trail.find(({ event }) => event === 'retried')?.detail).toEqual({
      by: expect.stringContaining('at the command line'),
    });
  });

  it('writes over what people changed in Procore once that was seen, and not before', async () => {
    const { tenantId } = run.vendors.connectionFile.xero;
    const books = run.vendors.xero.organisations.get(tenantId)!;
    const order = [...books.purchaseOrders.values()].find((it) => it.PurchaseOrderNumber === 'PO-1222')!;
    const { projects } = run.vendors.procore.companies.get(CONTRACTOR.procoreCompanyId)!;
    const contracts = [...projects.values()].flatMap((project) => [...project.contracts.values()]);
    const [line] = contracts.find(({ number }) => number === 'PO-1222')!.lines;
    line!.amount = '150000.00';
    expect((await run.script('retry', 'PO-1222', '--overwrite')).json.error.code).toBe(
      'nothing-to-overwrite',
    );
    expect((await run.script('plan', 'PO-1222')).json).toMatchObject({
      outcome: 'would-park',
      code: 'commitment-touched',
      drift: [
        expect.stringMatching(/^line .*: written 140760\.00; in Procore 150000\.00 on .*; to be 140760\.00$/),
      ],
    });
    const { stdout } = await run.person('plan', 'PO-1222');
    expect(stdout).toContain('Written over what people changed in Procore, it would be:');
    expect(stdout).toMatch(/write these lines.*│ 140760\.00 │/);

    run.vendors.xero.savePurchaseOrder(tenantId, {
      PurchaseOrderID: order.PurchaseOrderID,
      Reference: 'again',
    });
    await run.script('poll');
    expect((await run.script('retry', 'PO-1222')).json.documents).toMatchObject([
      { state: 'parked', code: 'commitment-touched' },
    ]);
    const { json } = await run.script('retry', 'PO-1222', '--overwrite');
    expect(json).toMatchObject({ queued: 1, documents: [{ number: 'PO-1222', state: 'posted' }] });
    expect(line!.amount).toBe('140760.00');
  });

  it('takes everything that is parked, and may return at once', async () => {
    const waiting = (await causes()).flatMap(({ documents }) => documents);
    const { json } = await run.script('retry', '--all', '--no-wait');
    expect(json.queued).toBe(waiting.length);
    const { stdout } = await run.person('retry', '--all');
    expect(stdout).toContain('parked (foreign-currency: ');
  });

  it.each([[[]], [['PO-1204', '--all']], [['--all', '--overwrite']]])(
    'wants a document or --all: %j',
    async (argv) => {
      const { json } = await run.script('retry', ...argv);
      expect(json.error.code).toBe('usage');
    },
  );
});

describe('match', () => {
  it('says which orders a bill is for, or that it is for none, and carries it', async () => {
    const uncertain = (await causes()).filter(({ code }) => code === 'bill-match-uncertain');
    const bill = uncertain.flatMap(({ documents }) => documents).find(({ kind }) => kind === 'bill')!;
    const none = await run.script('match', bill.id, '--none');
    expect(none.json).toMatchObject({ id: bill.id });
    expect(none.json.code).not.toBe('bill-match-uncertain');
    const trail = (await run.script('audit', bill.id)).json as { event: string; detail: object }[];
    expect(trail.findLast(({ event }) => event === 'matched')?.detail).toMatchObject({
      by: expect.stringContaining('at the command line'),
      orders: 'none',
    });
    const { stdout, code } = await run.person('match', bill.id, 'PO-1222', '--no-wait');
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
  });

  it.each([
    [['PO-1222'], 'usage'],
    [['PO-1222', 'PO-1204', '--none'], 'usage'],
    [['nobody-knows-this', '--none'], 'document-unknown'],
  ])('refuses %j', async (argv, code) => {
    expect((await run.script('match', ...argv)).json.error.code).toBe(code);
  });
});
