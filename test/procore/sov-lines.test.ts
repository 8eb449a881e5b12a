import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import type { Company } from './company.ts';
import {
  closeCompany,
  commit,
  header,
  line,
  openCompany,
  PROJECT,
  syncOne,
  vendorInProject,
} from './company.ts';

const CONTRACTS = '/rest/v1.0/purchase_order_contracts';
let company: Company;

beforeEach(async () => {
  company = await openCompany();
});

afterEach(() => closeCompany(company));

describe('the lines of a commitment', () => {
  it('are created, updated and removed by their origin', async () => {
    const { tool } = company;
    const id = await syncOne(company, header(await vendorInProject(company)));
    const lines = [await line(company, 'a', '10.1'), await line(company, 'b', '-0.05')];
    const ids = await tool.syncSovLines(PROJECT, id, lines);
    const again = await tool.syncSovLines(PROJECT, id, [{ ...lines[0]!, amount: money('12') }]);
    expect(again.get('xero:line:a')).toBe(ids.get('xero:line:a'));
    const written = await tool.sovLines(PROJECT, id);
    expect(written.map(({ originId, amount }) => [originId, amount.toFixed(2)])).toEqual([
      ['xero:line:a', '12.00'],
      ['xero:line:b', '-0.05'],
    ]);
    expect(written[0]).toEqual({
      id: ids.get('xero:line:a'),
      originId: 'xero:line:a',
      description: 'a',
      amount: money('12'),
      costCode: { id: expect.stringMatching(/^\d+$/), code: '03-300' },
      costType: { id: expect.stringMatching(/^\d+$/), code: 'M' },
      wbsCode: { id: expect.stringMatching(/^\d+$/), code: '03-300.M' },
    });
    await tool.deleteSovLine(PROJECT, id, ids.get('xero:line:b')!);
    await tool.deleteSovLine(PROJECT, id, ids.get('xero:line:b')!);
    expect(await tool.sovLines(PROJECT, id)).toHaveLength(1);
  });

  it('may be booked on a WBS code', async () => {
    const { tool } = company;
    const id = await syncOne(company, header(await vendorInProject(company)));
    const [code] = await tool.wbsCodes(PROJECT);
    await tool.syncSovLines(PROJECT, id, [
      { ...(await line(company, 'a', '5')), target: { wbsCodeId: code!.id } },
    ]);
    expect(company.project.contracts.get(Number(id))?.lines[0]?.wbs_code_id).toBe(Number(code!.id));
  });

  it('go in batches of a thousand', async () => {
    const { tool } = company;
    const id = await syncOne(company, header(await vendorInProject(company)));
    const one = await line(company, 'a', '1');
    const lines = Array.from({ length: 1001 }, (_, number) => ({ ...one, originId: `xero:line:${number}` }));
    expect((await tool.syncSovLines(PROJECT, id, lines)).size).toBe(1001);
    expect(company.calls(`PATCH ${CONTRACTS}/{purchase_order_contract_id}/line_items/sync`)).toBe(2);
  });

  it('that Procore refuses are named by their origin', async () => {
    const { tool } = company;
    const id = await syncOne(company, header(await vendorInProject(company)));
    const good = await line(company, 'good', '1');
    const bad = { ...good, originId: 'xero:line:bad', target: { wbsCodeId: '999' } };
    await expect(tool.syncSovLines(PROJECT, id, [good, bad])).rejects.toMatchObject({
      name: 'ProcoreRefused',
      status: 200,
      message: expect.stringContaining('xero:line:bad'),
    });
  });

  it('are locked while the commitment is approved', async () => {
    const { id, lines } = await commit(company, ['100']);
    await expect(company.tool.syncSovLines(PROJECT, id, lines)).rejects.toMatchObject({
      name: 'ProcoreRefused',
      fields: { base: [expect.stringContaining('locked')] },
    });
  });
});
