import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from './manual-clock.ts';
import type { Caller } from './open-sandbox.ts';
import { openSandbox, seeded } from './open-sandbox.ts';
import { COMPANY, PROJECT } from './sample-company.ts';

const clock = manualClock();
let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox({ clock });
});
afterEach(() => caller.sandbox.close());

const path = '/rest/v1.0/purchase_order_contracts';
const body = { project_id: PROJECT, purchase_order_contract: { title: 'Slab' } };
const contracts = () => seeded(caller.sandbox).project.contracts.size;

describe('faults', () => {
  it('fail a call before the work is done, as often as told, and nothing else', async () => {
    caller.sandbox.faults.add({ method: 'POST', path, effect: { status: 503 }, times: 2 });
    expect((await caller.get(`${path}?project_id=${PROJECT}`)).status).toBe(200);
    const failed = await caller.post(path, body);
    expect(failed).toMatchObject({ status: 503, body: expect.stringMatching('html') });
    expect((await caller.post(path, body)).status).toBe(503);
    expect(contracts()).toBe(0);
    expect((await caller.post(path, body)).status).toBe(201);
  });

  it('fail a call after the work is done', async () => {
    caller.sandbox.faults.add({ path, effect: { status: 500, after: true }, times: 1 });
    expect((await caller.post(path, body)).status).toBe(500);
    expect(contracts()).toBe(1);
  });

  it('cut the connection before or after the work is done', async () => {
    caller.sandbox.faults.add({ path, effect: { drop: 'before' }, times: 1 });
    await expect(caller.post(path, body)).rejects.toThrow('fetch failed');
    expect(contracts()).toBe(0);
    caller.sandbox.faults.add({ path, effect: { drop: 'after' }, times: 1 });
    await expect(caller.post(path, body)).rejects.toThrow('fetch failed');
    expect(contracts()).toBe(1);
    expect(caller.sandbox.calls.get(`POST ${path}`)).toBe(2);
  });

  it('answer 429 with the headers given, and delay on the injected clock', async () => {
    const headers = { 'Retry-After': '7' };
    caller.sandbox.faults.add({ path: /vendors/, effect: { status: 429, headers }, times: 1 });
    const refused = await caller.get(`/rest/v1.0/vendors?company_id=${COMPANY}`);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '7']);
    caller.sandbox.faults.add({ path: '/rest/v1.0/me', effect: { delay: 30_000 }, times: 1 });
    const before = clock.now().getTime();
    expect((await caller.get('/rest/v1.0/me')).status).toBe(200);
    expect(clock.now().getTime() - before).toBe(30_000);
  });

  it('spare the first calls where told, and end when switched off', async () => {
    const off = caller.sandbox.faults.add({ path, effect: { status: 500 }, skip: 1 });
    expect((await caller.post(path, body)).status).toBe(201);
    expect((await caller.post(path, body)).status).toBe(500);
    off();
    expect((await caller.post(path, body)).status).toBe(201);
  });
});
