import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProjectData } from '../../lib/sandbox/procore/company.ts';
import type { Company } from './company.ts';
import { closeCompany, openCompany, PROJECT } from './company.ts';

const POST = 'POST /rest/v1.0/projects/{project_id}/work_breakdown_structure/wbs_codes';
let company: Company;

afterEach(() => closeCompany(company));

async function pair(costCode: string, costType: string, projectId = PROJECT) {
  const codes = await company.tool.costCodes(projectId);
  const types = await company.tool.costTypes();
  return {
    costCodeId: codes.find(({ code }) => code === costCode)!.id,
    costTypeId: types.find(({ code }) => code === costType)!.id,
  };
}

describe('the WBS code of a cost code with a cost type', () => {
  it('is the one that the project has, which is left as it is', async () => {
    company = await openCompany();
    const [known] = await company.tool.wbsCodes(PROJECT);
    expect(await company.tool.ensureWbsCode(PROJECT, await pair('03-300', 'M'))).toBe(known!.id);
    expect(company.calls(POST)).toBe(0);
  });

  it('is made where the project has none, once', async () => {
    company = await openCompany();
    const { tool, people } = company;
    people.addCostCode(Number(PROJECT), { code: '05-100', name: 'Steel' });
    const target = await pair('05-100', 'L');
    const id = await tool.ensureWbsCode(PROJECT, target);
    expect(await tool.ensureWbsCode(PROJECT, target)).toBe(id);
    expect((await tool.wbsCodes(PROJECT)).find((code) => code.id === id)?.code).toBe('05-100.L');
    expect(company.calls(POST)).toBe(1);
  });

  it('is for a person to name where codes have a further part, or a part is unknown', async () => {
    company = await openCompany();
    const { tool, people } = company;
    const lofts: ProjectData = {
      id: 7_000_000_109,
      name: 'Lofts',
      costCodes: [{ code: '01-100', name: 'General' }],
      segments: [{ name: 'Building', required: true, items: [{ code: 'A', name: 'Building A' }] }],
    };
    people.addProject(lofts);
    const inLofts = await pair('01-100', 'M', String(lofts.id));
    await expect(tool.ensureWbsCode(String(lofts.id), inLofts)).rejects.toMatchObject({
      name: 'NeedsPerson',
      code: 'segment-missing',
      facts: { segments: ['Building'] },
    });
    const target = await pair('03-300', 'M');
    await expect(tool.ensureWbsCode(PROJECT, { ...target, costCodeId: '12' })).rejects.toMatchObject({
      code: 'cost-code-not-in-project',
    });
    await expect(tool.ensureWbsCode(PROJECT, { ...target, costTypeId: '12' })).rejects.toMatchObject({
      code: 'cost-type-unknown',
    });
  });
});
