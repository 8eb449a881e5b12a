import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from './open-sandbox.ts';
import { openSandbox, seeded } from './open-sandbox.ts';
import { COMPANY, PROJECT, SEGMENTED_PROJECT } from './sample-company.ts';

let caller: Caller;
beforeEach(async () => {
  caller = await openSandbox();
});
afterEach(() => caller.sandbox.close());

const wbs = (project: number) => `/rest/v1.0/projects/${project}/work_breakdown_structure`;

async function chooseLast(project: number) {
  const { body: segments } = await caller.get(`${wbs(project)}/segments`);
  return Promise.all(
    segments.map(async ({ id }: { id: number }) => {
      const items = await caller.get(`${wbs(project)}/segments/${id}/segment_items`);
      return { segment_id: id, segment_item_id: items.body.at(-1).id };
    }),
  );
}

describe('reference data', () => {
  it('lists projects with number and company, and those of one status on demand', async () => {
    const path = `/rest/v1.1/projects?company_id=${COMPANY}`;
    expect((await caller.get(path)).body).toHaveLength(2);
    const { body } = await caller.get(`${path}&filters[by_status]=Active`);
    expect(body).toMatchObject([{ id: PROJECT, project_number: '2026-01', company: { id: COMPANY } }]);
  });

  it('lists cost codes with their headings, cost types and tax codes', async () => {
    const { heading } = seeded(caller.sandbox);
    const { body } = await caller.get(`/rest/v1.0/cost_codes?project_id=${PROJECT}`);
    expect(body).toMatchObject([
      { full_code: '03', parent: { id: null } },
      { full_code: '03-300', parent: { id: heading }, budgeted: true },
      { full_code: '05-100', budgeted: false },
    ]);
    const types = await caller.get(`/rest/v1.0/line_item_types?company_id=${COMPANY}`);
    expect(types.body).toMatchObject([{ code: 'L' }, { code: 'M', base_type: 'materials' }]);
    const taxes = await caller.get(`/rest/v1.0/tax_codes?company_id=${COMPANY}`);
    expect(taxes.body).toMatchObject([{ code: 'GST', rate1: 10 }]);
  });
});

describe('units of measure', () => {
  const UNITS = `/rest/v1.0/companies/${COMPANY}/uoms`;

  it('are the company’s list', async () => {
    const { status, body } = await caller.get(UNITS);
    expect([status, body.map(({ name }: { name: string }) => name)]).toEqual([200, ['ls', 'sf']]);
    expect((await caller.get('/rest/v1.0/companies/1/uoms')).status).toBe(403);
  });

  it.each([
    ['forbidden', 403],
    ['not-found', 404],
  ] as const)('may not be for service accounts (%s)', async (unitsOfMeasure, status) => {
    await caller.sandbox.close();
    caller = await openSandbox({ unverified: { unitsOfMeasure } });
    expect((await caller.get(UNITS)).status).toBe(status);
  });
});

describe('WBS codes', () => {
  it('are found by text and status', async () => {
    const { wbsCode } = seeded(caller.sandbox);
    const found = await caller.get(`${wbs(PROJECT)}/wbs_codes?query=03-3&filters[status][]=active`);
    expect(found.body).toMatchObject([{ id: wbsCode, flat_code: '03-300.M', status: 'active' }]);
    expect((await caller.get(`${wbs(PROJECT)}/wbs_codes?filters[status][]=inactive`)).body).toEqual([]);
  });

  it('come to be from segment items, whose ids are not those of cost codes; once more only updates', async () => {
    const { steel } = seeded(caller.sandbox);
    const segment_items = await chooseLast(PROJECT);
    expect(segment_items.map((item) => item.segment_item_id)).not.toContain(steel);
    const made = await caller.post(`${wbs(PROJECT)}/wbs_codes`, { segment_items });
    expect(made).toMatchObject({ status: 201, body: { flat_code: '05-100.M' } });
    const again = await caller.post(`${wbs(PROJECT)}/wbs_codes`, { segment_items, description: 'Steel' });
    expect(again.body).toMatchObject({ id: made.body.id, description: 'Steel' });
  });

  it('need every required segment', async () => {
    const segment_items = await chooseLast(SEGMENTED_PROJECT);
    const path = `${wbs(SEGMENTED_PROJECT)}/wbs_codes`;
    expect((await caller.post(path, { segment_items: segment_items.slice(0, 2) })).status).toBe(422);
    expect((await caller.post(path, { segment_items })).body.flat_code).toBe('01-100.M.A');
  });

  it('find the segment item of a cost code', async () => {
    const { steel, project } = seeded(caller.sandbox);
    const [segment] = project.segments;
    const path = `${wbs(PROJECT)}/segments/${segment!.id}/segment_items?legacy_cost_code_id=${steel}`;
    expect((await caller.get(path)).body).toMatchObject([{ code: '05-100' }]);
  });
});
