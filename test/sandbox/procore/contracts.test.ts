import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { manualClock } from './manual-clock.ts';
import { bill, makeContract, openSandbox, seeded } from './open-sandbox.ts';
import { COMPANY, PROJECT } from './sample-company.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

const CONTRACTS = '/rest/v1.0/purchase_order_contracts';
const SCOPE = `project_id=${PROJECT}`;
const V2 = `/rest/v2.0/companies/${COMPANY}/projects/${PROJECT}/commitment_contracts`;

const bodyOf = (purchase_order_contract: object) => ({ project_id: PROJECT, purchase_order_contract });

describe('purchase order contracts', () => {
  it('start as drafts of the project and are found by status, origin_id, id and date of change', async () => {
    const clock = manualClock('2026-01-15T23:30:00Z');
    const caller = await openSandbox({ clock });
    ({ sandbox } = caller);
    const { vendor } = seeded(sandbox);
    const made = await caller.post(CONTRACTS, bodyOf({ vendor_id: String(vendor), origin_id: 'po:1' }));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'Draft',
      accounting_method: 'amount',
      number: 'PO-001',
      grand_total: '0.00',
      requisitions_are_enabled: true,
      vendor: { id: vendor, company: 'ABC Concrete' },
    });
    clock.advance(3600);
    await caller.post(CONTRACTS, bodyOf({ title: 'Later' }));
    for (const filter of [
      '[origin_id]=po:1',
      `[id]=${made.body.id}`,
      '[updated_at]=2026-01-15T00:00:00Z...2026-01-15T23:59:59Z',
      '[updated_at]="2026-01-15T00:00:00Z...2026-01-15T23:59:59Z"',
    ]) {
      expect((await caller.get(`${CONTRACTS}?${SCOPE}&filters${filter}`)).body).toMatchObject([
        { id: made.body.id },
      ]);
    }
    expect((await caller.get(`${CONTRACTS}?${SCOPE}&filters[status]=Approved`)).body).toEqual([]);
    expect((await caller.get(`${CONTRACTS}?${SCOPE}&filters[status]=approved`)).status).toBe(400);
  });

  it('show their lines, totals and payments one by one', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['600.00', '400.5'], 'Approved');
    await bill(caller, contract, ['100.00'], { status: 'approved' });
    const payment = { project_id: PROJECT, contract_id: contract.id, contract_payment: { amount: '60' } };
    await caller.post('/rest/v1.0/contract_payments', payment);
    const { body } = await caller.get(`${CONTRACTS}/${contract.id}?${SCOPE}`);
    expect(body).toMatchObject({
      grand_total: '1000.50',
      total_requisitions_amount: '100.00',
      total_payments: '60.00',
      line_items: [{ amount: '600.00' }, { amount: '400.50' }],
      payments_issued: [{ amount: '60.00' }],
    });
  });

  it('refuse unknown statuses and vendors outside the project', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const odd = await caller.post(CONTRACTS, bodyOf({ status: 'Complete' }));
    expect(odd).toMatchObject({ status: 400, body: { errors: { status: ['is not included in the list'] } } });
    const stranger = await caller.post(CONTRACTS, bodyOf({ vendor_id: seeded(sandbox).outsider }));
    expect(stranger).toMatchObject({ status: 422, body: { errors: { vendor_id: [expect.any(String)] } } });
  });

  it('cannot share a number in a project, unless Procore should allow it', async () => {
    let caller = await openSandbox();
    ({ sandbox } = caller);
    await caller.post(CONTRACTS, bodyOf({ number: 'PO-7' }));
    const twin = { number: 'PO-7', origin_id: 'po:7' };
    const errors = { number: ['has already been taken'] };
    expect(await caller.post(CONTRACTS, bodyOf(twin))).toMatchObject({ status: 422, body: { errors } });
    const synced = await caller.patch(`${CONTRACTS}/sync`, { project_id: PROJECT, updates: [twin] });
    expect(synced.body).toEqual({ entities: [], errors: [{ ...twin, errors }] });
    await sandbox.close();
    caller = await openSandbox({ unverified: { contractNumbersUnique: false } });
    ({ sandbox } = caller);
    await caller.post(CONTRACTS, bodyOf({ number: 'PO-7' }));
    expect((await caller.post(CONTRACTS, bodyOf(twin))).status).toBe(201);
  });

  it('lock the vendor while approved, and open again as drafts', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { vendor, outsider } = seeded(sandbox);
    await caller.post(`/rest/v1.1/projects/${PROJECT}/vendors/${outsider}/actions/add`);
    const { id } = await makeContract(caller, ['10'], 'Approved');
    const path = `${CONTRACTS}/${id}`;
    expect((await caller.patch(path, bodyOf({ vendor_id: outsider }))).status).toBe(422);
    expect((await caller.patch(path, bodyOf({ vendor_id: vendor, title: 'Same vendor' }))).status).toBe(200);
    await caller.patch(path, bodyOf({ status: 'Draft' }));
    expect((await caller.patch(path, bodyOf({ vendor_id: outsider }))).body.vendor.id).toBe(outsider);
  });

  it('keep their accounting method once a line exists', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { id } = await makeContract(caller, ['10']);
    expect((await caller.patch(`${CONTRACTS}/${id}`, bodyOf({ accounting_method: 'unit' }))).status).toBe(
      422,
    );
    expect((await caller.patch(`${CONTRACTS}/${id}`, bodyOf({ accounting_method: 'amount' }))).status).toBe(
      200,
    );
  });

  it('disappear from lists when deleted, free their number and origin_id, and stay among the deleted', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const fields = { number: 'PO-1', origin_id: 'po:1' };
    const { id } = await makeContract(caller, ['10'], 'Draft', fields);
    expect((await caller.delete(`${CONTRACTS}/${id}?${SCOPE}`)).status).toBe(200);
    expect((await caller.get(`${CONTRACTS}?${SCOPE}`)).body).toEqual([]);
    expect((await caller.get(`${CONTRACTS}/${id}?${SCOPE}`)).status).toBe(404);
    const deleted = await caller.get(`${CONTRACTS}?${SCOPE}&filters[include_deleted]=only`);
    expect(deleted.body).toMatchObject([{ id, deleted_at: expect.any(String) }]);
    expect((await caller.post(CONTRACTS, bodyOf(fields))).status).toBe(201);
  });

  it('are not deleted while approved, nor while an invoice hangs on them', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    const path = `${CONTRACTS}/${contract.id}`;
    expect((await caller.delete(`${path}?${SCOPE}`)).status).toBe(422);
    await bill(caller, contract, ['5']);
    await caller.patch(path, bodyOf({ status: 'Draft' }));
    expect((await caller.delete(`${path}?${SCOPE}`)).status).toBe(422);
  });
});

describe('commitment contracts of v2.0', () => {
  it('are the same records with string ids, wrapped in data', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { id } = await makeContract(caller, ['10'], 'Draft', { origin_id: 'po:1' });
    const { body } = await caller.get(`${V2}/${id}`);
    expect(body.data).toMatchObject({ id: String(id), vendor_id: String(seeded(sandbox).vendor) });
    expect(body.data).not.toHaveProperty('origin_id');
    expect((await caller.get(V2)).headers.get('Per-Page')).toBe('10');
  });

  it('switch invoices and payments on', async () => {
    const caller = await openSandbox({}, { allowInvoicing: false, allowPayments: false });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    expect(await bill(caller, contract, ['5'])).toMatchObject({
      status: 422,
      body: { errors: { commitment_id: ['does not allow invoices'] } },
    });
    await caller.patch(`${V2}/${contract.id}`, { allow_payment_applications: true, allow_payments: true });
    expect((await bill(caller, contract, ['5'], { status: 'approved' })).status).toBe(201);
    const summary = await caller.get(`${V2}/${contract.id}/summary`);
    expect(summary.body.data).toMatchObject({ total_invoices_amount: '5.00', total_payments_amount: '0.00' });
  });
});
