import { expect } from '@jest/globals';
import { money } from '../../lib/core/money.ts';
import type { ProjectTool } from '../../lib/core/ports.ts';
import type { CommitmentHeader, NewVendor, SovLine } from '../../lib/core/procore-records.ts';
import type { ProcoreOptions } from '../../lib/procore/api.ts';
import { procoreClientCredentials } from '../../lib/procore/oauth.ts';
import { createProjectTool } from '../../lib/procore/project-tool.ts';
import type { ProjectSettings } from '../../lib/sandbox/procore/company.ts';
import type { ProcoreSandboxOptions } from '../../lib/sandbox/procore/server.ts';
import { startProcoreSandbox } from '../../lib/sandbox/procore/server.ts';
import { testClock } from '../support/clock.ts';

export const START = '2026-11-22T08:00:00.000Z';
export const COMPANY = 7_000_000_001;
export const PROJECT = '7000000101';
const CLIENT = { clientId: 'app', clientSecret: 'secret' };

interface Options extends ProcoreSandboxOptions {
  settings?: ProjectSettings;
}

/** A Procore with one company, and a connector that may call it. Time stands still but for sleeping and `advance`. */
export async function openCompany({ settings, ...options }: Options = {}) {
  const clock = testClock(START);
  const sandbox = await startProcoreSandbox({ clock, limits: { hourly: 10_000, spike: 10_000 }, ...options });
  const company = sandbox.addCompany({
    id: COMPANY,
    name: 'Lone Star Builders',
    costTypes: [
      { code: 'L', name: 'Labor' },
      { code: 'M', name: 'Materials' },
    ],
    taxCodes: [{ code: 'GST', rate: '10' }],
    units: ['ls'],
    vendors: [{ name: 'Hudson Concrete' }, { name: 'North Steel', originId: 'erp:7' }],
    projects: [
      {
        id: Number(PROJECT),
        name: 'Riverside',
        number: '2026-01',
        costCodes: [
          { code: '03', name: 'Concrete' },
          { code: '03-300', name: 'Cast in place', parent: '03' },
        ],
        wbsCodes: [
          { costCode: '03-300', costType: 'M' },
          { costCode: '03-300', costType: 'L', active: false },
        ],
        billingPeriods: [
          { start: '2026-10-01', end: '2026-10-31', due: '2026-11-05', status: 'closed' },
          { start: '2026-11-01', end: '2026-11-30', due: '2026-12-05', status: 'open' },
        ],
        ...(settings && { settings }),
      },
    ],
  });
  sandbox.registerServiceAccount({ ...CLIENT, companyId: COMPANY, permittedProjectIds: 'all' });
  const client = { loginUrl: sandbox.url, ...CLIENT, clock };
  let accessToken = '';
  let refreshes = 0;
  const refreshed = async () => {
    refreshes += 1;
    ({ accessToken } = await procoreClientCredentials(client));
    return accessToken;
  };
  await refreshed();
  const connector = (changes: Partial<ProcoreOptions> = {}) =>
    createProjectTool({
      apiUrl: sandbox.url,
      companyId: String(COMPANY),
      accessToken: async () => accessToken,
      refreshed,
      clock,
      ...changes,
    });

  return {
    clock,
    sandbox,
    company,
    client,
    connector,
    tool: connector(),
    project: company.projects.get(Number(PROJECT))!,
    people: sandbox.people(COMPANY),
    refreshes: () => refreshes - 1,
    /** The sandbox's count of calls to one endpoint. */
    calls: (endpoint: string) => sandbox.calls.get(endpoint) ?? 0,
  };
}

export type Company = Awaited<ReturnType<typeof openCompany>>;

/** Closes the company, sure that Procore understood every field and parameter that a test sent. */
export async function closeCompany({ sandbox }: Company): Promise<void> {
  await sandbox.close();
  expect([...sandbox.unread]).toEqual([]);
}

/** Makes one vendor. Throws ProcoreRefused. */
export async function syncVendor(
  { syncVendors }: Pick<ProjectTool, 'syncVendors'>,
  vendor: NewVendor,
): Promise<string> {
  const outcome = (await syncVendors([vendor])).get(vendor.originId)!;
  if (outcome instanceof Error) throw outcome;
  return outcome.id;
}

/** A vendor of ours that is in the project's directory. */
export async function vendorInProject({ tool }: Company): Promise<string> {
  const vendorId = await syncVendor(tool, { originId: 'xero:contact:1', name: 'Acme Supply' });
  await tool.addVendorToProject(PROJECT, vendorId);
  return vendorId;
}

export function header(vendorId: string, fields: object = {}) {
  return {
    originId: 'xero:po:1:7000000101',
    originCode: 'PO-0107',
    number: 'PO-0107',
    title: 'Hudson Concrete PO-0107',
    vendorId,
    contractDate: '2026-11-02',
    shipTo: '12 Quarry Rd\nAustin',
    ...fields,
  };
}

export async function line(company: Company, name: string, amount: string): Promise<SovLine> {
  const { tool } = company;
  const [code, type] = [await tool.costCodes(PROJECT), await tool.costTypes()];
  const costCodeId = code.find((candidate) => candidate.code === '03-300')!.id;
  const costTypeId = type.find((candidate) => candidate.code === 'M')!.id;
  return {
    originId: `xero:line:${name}`,
    lineId: name,
    description: name,
    amount: money(amount),
    target: { costCodeId, costTypeId },
  };
}

/** Writes one commitment and gives its id. */
export async function syncOne(
  { tool }: Pick<Company, 'tool'>,
  commitment: CommitmentHeader,
): Promise<string> {
  const outcome = (await tool.syncCommitments(PROJECT, [commitment])).get(commitment.originId)!;
  if (typeof outcome !== 'string') throw outcome;
  return outcome;
}

/** A commitment with lines of these amounts, approved and open for invoices. */
export async function commit(company: Company, amounts: string[]) {
  const { tool } = company;
  const vendorId = await vendorInProject(company);
  const id = await syncOne(company, header(vendorId));
  await tool.allowInvoicing(PROJECT, id);
  const lines = await Promise.all(amounts.map((amount, index) => line(company, `l-${index}`, amount)));
  const lineIds = await tool.syncSovLines(PROJECT, id, lines);
  const { originId } = header(vendorId);
  await tool.setCommitmentStatuses(PROJECT, [{ commitmentId: id, originId, status: 'Approved' }]);
  return { id, vendorId, lines, lineIds: lines.map(({ originId }) => lineIds.get(originId)!) };
}

/** A requisition that bills these amounts on the lines of a commitment. */
export async function requisitionOf(
  company: Company,
  commitment: { id: string; lineIds: string[] },
  amounts: string[],
) {
  const period = (await company.tool.billingPeriods(PROJECT)).find(({ status }) => status === 'open')!;
  return {
    commitmentId: commitment.id,
    periodId: period.id,
    start: period.start,
    end: period.end,
    billingDate: '2026-11-02',
    invoiceNumber: 'PO-0107',
    originData: '{"order":"1"}',
    items: amounts.map((amount, index) => ({ sovLineId: commitment.lineIds[index]!, amount: money(amount) })),
  };
}
