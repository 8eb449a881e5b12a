import { afterEach, describe, expect, it } from '@jest/globals';
import type { Company } from './company.ts';
import { openCompany, PROJECT, START, syncVendor } from './company.ts';

let company: Company;

const open = async (options?: Parameters<typeof openCompany>[0]) => {
  company = await openCompany(options);
  return company;
};

afterEach(() => company.sandbox.close());

const elapsed = () => (company.clock.now().getTime() - Date.parse(START)) / 1000;

describe('the limits of Procore', () => {
  it('do not hold anything back while there is room', async () => {
    const { tool } = await open({ limits: { hourly: 1000, spike: 4 } });
    for (let call = 0; call < 3; call += 1) await tool.costTypes();
    expect(elapsed()).toBe(0);
  });

  it('put work off when the hour is used up', async () => {
    const { tool } = await open({ limits: { hourly: 2, spike: 100 } });
    await tool.costTypes();
    await tool.costTypes();
    const error = await tool.costTypes().catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'RetryLater', code: 'procore-rate-limited', afterSeconds: 3600 });
  });

  it.each([true, false])('that others used up are waited for (Retry-After: %s)', async (retryAfterOn429) => {
    const { connector } = await open({ limits: { hourly: 1000, spike: 2 }, unverified: { retryAfterOn429 } });
    await connector().costTypes();
    await connector().costTypes();
    // A client of its own knows nothing of the calls before.
    expect(await connector().costTypes()).toHaveLength(2);
    expect(elapsed()).toBe(10);
  });

  it('that say nothing of themselves are waited for as for the short window', async () => {
    const { tool, sandbox } = await open();
    sandbox.faults.add({ path: '/rest/v1.0/line_item_types', effect: { status: 429 }, times: 1 });
    expect(await tool.costTypes()).toHaveLength(2);
    expect(elapsed()).toBe(10);
  });

  it('are told by whichever header says the longest', async () => {
    const { tool, sandbox } = await open();
    const headers = { 'Retry-After': '4', 'X-Rate-Limit-Reset': String(Date.parse(START) / 1000 + 7) };
    sandbox.faults.add({ path: '/rest/v1.0/line_item_types', effect: { status: 429, headers }, times: 1 });
    await tool.costTypes();
    expect(elapsed()).toBe(7);
  });

  it('let even a creation through in the end, once', async () => {
    const { tool, sandbox, project } = await open();
    const path = '/rest/v1.1/projects/{project_id}/vendors/{id}/actions/add';
    sandbox.faults.add({
      method: 'POST',
      path,
      effect: { status: 429, headers: { 'Retry-After': '2' } },
      times: 1,
    });
    const vendorId = await syncVendor(tool, { originId: 'xero:contact:1', name: 'Acme' });
    await tool.addVendorToProject(PROJECT, vendorId);
    expect([...project.vendorIds]).toEqual([Number(vendorId)]);
  });
});
