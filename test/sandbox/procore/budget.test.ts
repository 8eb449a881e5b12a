import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from './open-sandbox.ts';
import { bill, makeContract, openSandbox, seeded } from './open-sandbox.ts';
import { PROJECT } from './sample-company.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox();
});
afterEach(() => caller.sandbox.close());

const SCOPE = `project_id=${PROJECT}`;
const DIRECT_COSTS = `/rest/v1.1/projects/${PROJECT}/direct_costs`;

async function rows(kind: string, query = '') {
  const [view] = (await caller.get(`/rest/v1.0/budget_views?${SCOPE}`)).body;
  return (await caller.get(`/rest/v1.0/budget_views/${view.id}/${kind}?${SCOPE}${query}`)).body;
}

describe('the standard budget view', () => {
  it('counts approved orders as committed, submitted ones as pending, drafts and closed ones not at all', async () => {
    await makeContract(caller, ['300'], 'Approved');
    await makeContract(caller, ['40'], 'Partially Received');
    await makeContract(caller, ['100'], 'Submitted');
    await makeContract(caller, ['5'], 'Received');
    await makeContract(caller, ['7'], 'Closed');
    await makeContract(caller, ['9'], 'Draft');
    expect(await rows('detail_rows')).toMatchObject([
      {
        cost_code: '03-300 - Cast in place',
        'Revised Budget': '1050.00',
        'Committed Costs': '340.00',
        'Pending Cost Changes': '105.00',
        'Projected Costs': '445.00',
        budget_forecast: { amount: '605.00' },
        'Estimated Cost at Completion': '1050.00',
        'Projected Over/Under': '0.00',
      },
    ]);
  });

  it('shows approved work and direct costs as job to date, and overruns as negative', async () => {
    const { vendor, wbsCode } = seeded(caller.sandbox);
    const contract = await makeContract(caller, ['1000'], 'Approved');
    await bill(caller, contract, ['200'], { status: 'approved' });
    await bill(caller, contract, ['300'], { status: 'under_review' });
    const line_items = [{ wbs_code_id: wbsCode, manual_amount: '75.00' }];
    const direct_cost = { direct_cost_type: 'invoice', vendor_id: vendor, invoice_number: '1', line_items };
    await caller.post(DIRECT_COSTS, { direct_cost: { ...direct_cost, status: 'approved' } });
    await caller.post(DIRECT_COSTS, { direct_cost: { ...direct_cost, status: 'pending' } });
    const [row] = await rows('summary_rows', '&group_by=project');
    expect(row).toMatchObject({
      id: String(PROJECT),
      'Committed Costs': '1000.00',
      'Direct Costs': '75.00',
      'Job to Date Costs': '275.00',
      'Projected Over/Under': '-25.00',
    });
  });

  it('hides codes without a budget line unless asked for all', async () => {
    const { steel, materials } = seeded(caller.sandbox);
    const { id } = await makeContract(caller, []);
    const line_item = { amount: '80', cost_code_id: steel, line_item_type_id: materials };
    await caller.post(`/rest/v1.0/purchase_order_contracts/${id}/line_items`, {
      project_id: PROJECT,
      line_item,
    });
    expect(await rows('detail_rows')).toHaveLength(1);
    expect(await rows('detail_rows', '&budget_row_type=all')).toHaveLength(2);
    expect(await rows('detail_rows', '&budget_row_type=unbudgeted')).toMatchObject([
      { id: null, cost_code_id: steel },
    ]);
    expect(await rows('detail_rows', `&budget_row_type=all&cost_code_id[]=${steel}`)).toHaveLength(1);
    const groups = await rows('summary_rows', '&group_by=cost_code&budget_row_type=all');
    expect(groups.map((group: { name: string }) => group.name)).toEqual([
      '03-300 - Cast in place',
      '05-100 - Structural steel',
    ]);
  });

  it('names its columns', async () => {
    const columns = await rows('budget_detail_columns');
    expect(columns.map((column: { name: string }) => column.name)).toContain('Committed Costs');
  });
});
