import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import type { NewDirectCost } from '../../lib/core/procore-records.ts';
import type { Company } from './company.ts';
import { closeCompany, openCompany, PROJECT, vendorInProject } from './company.ts';

const COSTS = '/rest/v1.1/projects/{project_id}/direct_costs';
let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

/** A bill without an order, with a line of each amount. */
async function crane(amounts: string[], fields: Partial<NewDirectCost> = {}): Promise<NewDirectCost> {
  const [code] = await company.tool.wbsCodes(PROJECT);
  return {
    type: 'invoice',
    originId: 'xero:bill:1',
    vendorId: await vendorInProject(company),
    invoiceNumber: 'C-77',
    date: '2026-11-10',
    status: 'approved',
    lines: amounts.map((amount, index) => ({
      originId: `xero:bill-line:${index}`,
      description: 'Crane hire',
      amount: money(amount),
      wbsCodeId: code!.id,
    })),
    ...fields,
  };
}

const only = (cost: NewDirectCost) => company.tool.createDirectCost(PROJECT, cost);

const stored = (id: string) => company.project.directCosts.get(Number(id))!;

describe('a direct cost', () => {
  it('is made whole in one call, and listed', async () => {
    const cost = await crane(['75.5', '-10'], {
      receivedDate: '2026-11-12',
      paymentDate: '2026-11-20',
      description: 'Tower crane',
    });
    const id = await only(cost);
    const [read] = await company.tool.directCosts(PROJECT);
    expect({ ...read, total: read!.total!.toFixed(2) }).toEqual({
      id,
      originId: 'xero:bill:1',
      invoiceNumber: 'C-77',
      status: 'approved',
      vendorId: cost.vendorId,
      date: '2026-11-10',
      paymentDate: '2026-11-20',
      total: '65.50',
    });
    expect(stored(id)).toMatchObject({
      direct_cost_type: 'invoice',
      received_date: '2026-11-12',
      description: 'Tower crane',
      lines: [
        { amount: '75.50', origin_id: 'xero:bill-line:0', description: 'Crane hire' },
        { amount: '-10.00', origin_id: 'xero:bill-line:1' },
      ],
    });
  });

  it('is made once, also where the first answer was lost', async () => {
    const cost = await crane(['75.50']);
    company.sandbox.faults.add({ method: 'POST', path: COSTS, effect: { drop: 'after' }, times: 1 });
    await expect(only(cost)).rejects.toMatchObject({ name: 'RetryLater' });
    const id = await company.tool.directCostOf(PROJECT, cost.originId);
    expect(await company.tool.directCosts(PROJECT)).toMatchObject([{ id }]);
  });

  it('is refused a twin, and found by its origin', async () => {
    const cost = await crane(['75.50']);
    const id = await only(cost);
    await expect(only(await crane(['80'], { invoiceNumber: 'C-78' }))).rejects.toMatchObject({
      name: 'ProcoreRefused',
    });
    expect(await company.tool.directCostOf(PROJECT, cost.originId)).toBe(id);
    expect(await company.tool.directCostOf(PROJECT, 'xero:bill:none')).toBeUndefined();
  });

  it('changes with its lines, and is locked again', async () => {
    const id = await only(await crane(['75.50', '20']));
    const [first] = stored(id).lines;
    const changed = await crane(['80', '0', '5'], { invoiceNumber: 'C-78', status: 'pending' });
    const lines = [changed.lines[0]!, changed.lines[2]!];
    await company.tool.changeDirectCost(PROJECT, id, { ...changed, lines });
    expect(stored(id)).toMatchObject({
      origin_id: 'xero:bill:1',
      invoice_number: 'C-78',
      status: 'pending',
      lines: [
        { id: first!.id, amount: '80.00' },
        { origin_id: 'xero:bill-line:2', amount: '5.00' },
      ],
    });
    expect(stored(id).lines).toHaveLength(2);
  });

  it.each([
    '/rest/v1.1/projects/{project_id}/direct_costs/{id}',
    '/rest/v1.0/projects/{project_id}/direct_costs/line_items/sync',
    '/rest/v1.0/projects/{project_id}/direct_costs/line_items',
    '/rest/v1.0/projects/{project_id}/direct_costs/sync',
  ])('is mended by the same change where that stopped at %s', async (path) => {
    const id = await only(await crane(['75.50', '20']));
    const changed = await crane(['80']);
    company.sandbox.faults.add({ path, effect: { status: 500 }, times: 3 });
    await expect(company.tool.changeDirectCost(PROJECT, id, changed)).rejects.toMatchObject({
      name: 'RetryLater',
    });
    await company.tool.changeDirectCost(PROJECT, id, changed);
    expect(stored(id)).toMatchObject({ origin_id: 'xero:bill:1', lines: [{ amount: '80.00' }] });
    expect(stored(id).lines).toHaveLength(1);
  });

  it('waits its turn where somebody else is changing it', async () => {
    const id = await only(await crane(['75.50']));
    const path = '/rest/v1.0/projects/{project_id}/direct_costs/line_items/sync';
    company.sandbox.faults.add({ path, effect: { status: 409 }, times: 1 });
    await expect(company.tool.changeDirectCost(PROJECT, id, await crane(['80']))).rejects.toMatchObject({
      name: 'RetryLater',
      code: 'lease-held',
    });
  });

  it('is unlocked to be removed, and may be gone already', async () => {
    const id = await only(await crane(['75.50']));
    await company.tool.deleteDirectCost(PROJECT, id);
    await company.tool.deleteDirectCost(PROJECT, id);
    expect(await company.tool.directCosts(PROJECT)).toEqual([]);
    expect(await only(await crane(['75.50']))).not.toBe(id);
  });

  it('is refused with the field that Procore names, and leaves nothing behind', async () => {
    const cost = await crane(['75.50', '20']);
    const lines = [cost.lines[0]!, { ...cost.lines[1]!, wbsCodeId: '12' }];
    await expect(only({ ...cost, lines })).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { wbs_code_id: ['must belong to the project'] },
    });
    expect(await company.tool.directCosts(PROJECT)).toEqual([]);
    await only(cost);
  });
});

describe('a direct cost that Procore never unlocks', () => {
  it('is neither changed nor removed', async () => {
    await closeCompany(company);
    company = await openCompany({ unverified: { directCostsUnlock: false } });
    const id = await only(await crane(['75.50']));
    const frozen = { name: 'ProcoreRefused', fields: { base: [expect.stringContaining('synced')] } };
    await expect(company.tool.changeDirectCost(PROJECT, id, await crane(['80']))).rejects.toMatchObject(
      frozen,
    );
    await expect(company.tool.deleteDirectCost(PROJECT, id)).rejects.toMatchObject(frozen);
    expect(stored(id)).toMatchObject({ origin_id: 'xero:bill:1', lines: [{ amount: '75.50' }] });
  });
});
