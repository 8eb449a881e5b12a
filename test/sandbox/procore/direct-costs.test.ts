import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from './open-sandbox.ts';
import { openSandbox, seeded } from './open-sandbox.ts';
import { PROJECT } from './sample-company.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox();
});
afterEach(() => caller.sandbox.close());

const DIRECT_COSTS = `/rest/v1.1/projects/${PROJECT}/direct_costs`;
const LINES = `/rest/v1.0/projects/${PROJECT}/direct_costs/line_items`;

/** A direct cost with a line of each amount. */
async function make(amounts: string[], fields: object = {}) {
  const { vendor, wbsCode } = seeded(caller.sandbox);
  const line_items = amounts.map((manual_amount) => ({ wbs_code_id: wbsCode, manual_amount }));
  const direct_cost = { direct_cost_type: 'invoice', vendor_id: vendor, invoice_number: '1', line_items };
  return caller.post(DIRECT_COSTS, { direct_cost: { ...direct_cost, ...fields } });
}

describe('direct costs', () => {
  it('need vendor and number for invoices, and WBS codes of the project', async () => {
    const { vendor, wbsCode } = seeded(caller.sandbox);
    const whole = { direct_cost_type: 'invoice', vendor_id: vendor, invoice_number: '1' };
    for (const [missing, field] of [
      [{ vendor_id: null }, 'vendor_id'],
      [{ invoice_number: null }, 'invoice_number'],
      [{ line_items: [{ wbs_code_id: 1, manual_amount: '1' }] }, 'wbs_code_id'],
    ] as const) {
      const { status, body } = await caller.post(DIRECT_COSTS, { direct_cost: { ...whole, ...missing } });
      expect([status, Object.keys(body.errors)]).toEqual([422, [field]]);
    }
    const line_items = [{ wbs_code_id: wbsCode, quantity: '2', unit_cost: '2.5' }];
    const { body } = await caller.post(DIRECT_COSTS, { direct_cost: { ...whole, line_items } });
    expect(body).toMatchObject({ grand_total: '5.00', status: 'draft', vendor_name: 'ABC Concrete' });
  });

  it('are frozen by their origin_id, in a sync too', async () => {
    const { vendor } = seeded(caller.sandbox);
    const item = { direct_cost_type: 'invoice', vendor_id: vendor, invoice_number: '1', origin_id: 'bill:1' };
    const sync = `/rest/v1.0/projects/${PROJECT}/direct_costs/sync`;
    expect((await caller.patch(sync, { updates: [item] })).body.entities).toHaveLength(1);
    const again = await caller.patch(sync, { updates: [{ ...item, invoice_number: '2' }] });
    expect(again.body).toMatchObject({ entities: [], errors: [{ invoice_number: '2' }] });
  });

  it('are listed without their lines, by origin and number; the lines have a list of their own', async () => {
    const { id } = (await make(['2', '3'], { origin_id: 'bill:1' })).body;
    await make(['4'], { invoice_number: '2' });
    for (const filter of ['filters[origin_id]=bill:1', 'filters[invoice_number]=1', `filters[id][]=${id}`]) {
      const { body } = await caller.get(`${DIRECT_COSTS}?${filter}`);
      expect(body).toMatchObject([{ id, vendor: 'ABC Concrete', grand_total: '5.00' }]);
      expect(body[0]).not.toHaveProperty('line_items');
    }
    const { body } = await caller.get(`${LINES}?filters[direct_cost_id]=${id}`);
    expect(body).toMatchObject([
      { amount: '2.00', holder: { id } },
      { amount: '3.00', holder: { id } },
    ]);
    expect((await caller.get(LINES)).body).toHaveLength(3);
    expect((await caller.get(`${DIRECT_COSTS}/${id}`)).body.line_items).toHaveLength(2);
  });

  it('take lines by a sync, by WBS code or by cost code with cost type, but no lines in their own sync', async () => {
    const { concrete, materials, wbsCode } = seeded(caller.sandbox);
    const { id } = (await make([])).body;
    const updates = [
      { direct_cost_id: id, origin_id: 'l:1', amount: 5.5, wbs_code_id: wbsCode },
      {
        direct_cost_id: id,
        origin_id: 'l:2',
        amount: 6,
        cost_code_id: concrete,
        line_item_type_id: materials,
      },
      { direct_cost_id: 12, origin_id: 'l:3', amount: 6, wbs_code_id: wbsCode },
    ];
    const { body } = await caller.patch(`${LINES}/sync`, { updates });
    expect(body).toMatchObject({ entities: [{ amount: '5.50' }, {}], errors: [{ origin_id: 'l:3' }] });
    await caller.patch(`${LINES}/sync`, { updates: [{ origin_id: 'l:1', amount: 7 }] });
    expect((await caller.get(`${DIRECT_COSTS}/${id}`)).body.grand_total).toBe('13.00');
    const sync = `/rest/v1.0/projects/${PROJECT}/direct_costs/sync`;
    await caller.patch(sync, {
      updates: [{ id, line_items: [{ wbs_code_id: wbsCode, manual_amount: '1' }] }],
    });
    expect([...caller.sandbox.unread]).toEqual([
      'PATCH /rest/v1.0/projects/{project_id}/direct_costs/sync: updates[].line_items',
    ]);
  });

  it('keep their lines and stay, as long as they carry an origin_id', async () => {
    const { body } = await make(['2'], { origin_id: 'bill:1' });
    const [line] = body.line_items;
    const [cost, row] = [
      `${DIRECT_COSTS}/${body.id}`,
      `/rest/v1.0/projects/${PROJECT}/direct_costs/${body.id}`,
    ];
    const added = { direct_cost_id: body.id, amount: 1, wbs_code_id: line.wbs_code.id };
    const refused = await caller.patch(`${LINES}/sync`, { updates: [added, { id: line.id, amount: 3 }] });
    expect([refused.body.entities.length, refused.body.errors.length]).toEqual([0, 2]);
    expect((await caller.delete(`${row}/line_items/${line.id}`)).status).toBe(422);
    expect((await caller.delete(cost)).status).toBe(422);
    expect((await caller.patch(cost, { direct_cost: { origin_id: null } })).status).toBe(200);
    expect((await caller.delete(`${row}/line_items/${line.id}`)).status).toBe(200);
    expect((await caller.delete(cost)).body).toEqual({ id: body.id });
    expect((await caller.get(cost)).status).toBe(404);
  });

  it('may have lines of less than nothing, unless Procore turns out not to take them', async () => {
    expect((await make(['5', '-2'])).body.grand_total).toBe('3.00');
    await caller.sandbox.close();
    caller = await openSandbox({ unverified: { negativeAmounts: false } });
    expect((await make(['5', '-2'])).status).toBe(422);
    expect((await caller.get(DIRECT_COSTS)).body).toEqual([]);
  });

  it('keep the type that they were made with', async () => {
    const { id } = (await make(['5'])).body;
    const sync = `/rest/v1.0/projects/${PROJECT}/direct_costs/sync`;
    const { body } = await caller.patch(sync, { updates: [{ id, direct_cost_type: 'expense' }] });
    expect(body.errors).toMatchObject([{ errors: { direct_cost_type: ['cannot be changed'] } }]);
  });
});
