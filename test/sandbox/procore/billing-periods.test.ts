import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { bill, makeContract, openSandbox, seeded } from './open-sandbox.ts';
import { PROJECT } from './sample-company.ts';

let sandbox: ProcoreSandbox;
afterEach(() => sandbox.close());

const PERIODS = `/rest/v1.0/projects/${PROJECT}/billing_periods`;
const FEBRUARY = { start_date: '2026-02-01', end_date: '2026-02-28', due_date: '2026-03-05', status: 'open' };

describe('billing periods', () => {
  it('are one open at a time: opening the next closes the last', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const { period } = seeded(sandbox);
    const made = await caller.post(PERIODS, { billing_period: FEBRUARY });
    expect(made).toMatchObject({ status: 201, body: { status: 'open', position: 2, project_id: PROJECT } });
    expect((await caller.get(`${PERIODS}?filters[status]=open`)).body).toMatchObject([{ id: made.body.id }]);
    expect((await caller.get(`${PERIODS}/${period}`)).body.status).toBe('closed');
  });

  it('may refuse a second open one', async () => {
    const caller = await openSandbox({ unverified: { secondOpenPeriod: 'refused' } });
    ({ sandbox } = caller);
    expect((await caller.post(PERIODS, { billing_period: FEBRUARY })).status).toBe(422);
    const closed = { ...FEBRUARY, status: 'closed' };
    expect((await caller.post(PERIODS, { billing_period: closed })).status).toBe(201);
  });

  it('do not overlap and do not end before they start, and need all four fields', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const overlapping = { ...FEBRUARY, start_date: '2026-01-31' };
    expect((await caller.post(PERIODS, { billing_period: overlapping })).status).toBe(422);
    const backwards = { ...FEBRUARY, end_date: '2026-01-01' };
    expect((await caller.post(PERIODS, { billing_period: backwards })).status).toBe(422);
    const { due_date: _, ...incomplete } = FEBRUARY;
    const answer = await caller.post(PERIODS, { billing_period: incomplete });
    expect(answer).toMatchObject({ status: 400, body: { errors: { due_date: ['is not a date'] } } });
  });

  it('stay while they hold an invoice', async () => {
    const caller = await openSandbox();
    ({ sandbox } = caller);
    const path = `${PERIODS}/${seeded(sandbox).period}`;
    const { id } = (await bill(caller, await makeContract(caller, ['10'], 'Approved'), ['1'])).body;
    expect((await caller.delete(path)).status).toBe(422);
    await caller.delete(`/rest/v1.1/requisitions/${id}?project_id=${PROJECT}`);
    expect((await caller.delete(path)).status).toBe(200);
  });

  it('may refuse invoices once closed', async () => {
    const caller = await openSandbox({ unverified: { closedPeriodsTakeInvoices: false } });
    ({ sandbox } = caller);
    const contract = await makeContract(caller, ['10'], 'Approved');
    await caller.post(PERIODS, { billing_period: FEBRUARY });
    expect((await bill(caller, contract, ['1'])).status).toBe(422);
  });
});
