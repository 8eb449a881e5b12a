import type { ProjectSettings } from '../../../lib/sandbox/procore/company.ts';
import type { ProcoreSandbox, ProcoreSandboxOptions } from '../../../lib/sandbox/procore/server.ts';
import { startProcoreSandbox } from '../../../lib/sandbox/procore/server.ts';
import { COMPANY, PROJECT, sampleCompany } from './sample-company.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are whatever the server says; the tests look into them freely
type Json = any;

export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

export interface Caller {
  sandbox: ProcoreSandbox;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  patch(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export const CLIENT = { clientId: 'app', clientSecret: 'secret' };

/** A sandbox with the sample company and somebody who may call it. */
export async function openSandbox(
  options: ProcoreSandboxOptions = {},
  settings: ProjectSettings = {},
): Promise<Caller> {
  const sandbox = await startProcoreSandbox({ limits: { hourly: 10_000, spike: 10_000 }, ...options });
  sandbox.addCompany(sampleCompany(settings));
  sandbox.registerServiceAccount({ ...CLIENT, companyId: COMPANY, permittedProjectIds: 'all' });
  const token = (await logIn(sandbox)).body.access_token as string;
  const call = (method: string) => (path: string, body?: unknown) => send(sandbox, method, path, body, token);
  return { sandbox, get: call('GET'), post: call('POST'), patch: call('PATCH'), delete: call('DELETE') };
}

export async function logIn(sandbox: ProcoreSandbox, client = CLIENT): Promise<Answer> {
  const { clientId: client_id, clientSecret: client_secret } = client;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  return read(await fetch(`${sandbox.url}/oauth/token`, { method: 'POST', body: form }));
}

export async function send(
  sandbox: ProcoreSandbox,
  method: string,
  path: string,
  body: unknown,
  token: string,
  company: string | undefined = String(COMPANY),
): Promise<Answer> {
  const headers = new Headers({ Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' });
  if (company !== '') headers.set('Procore-Company-Id', company);
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  return read(await fetch(sandbox.url + path, init));
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = response.headers.get('Content-Type')?.includes('json') && text !== '';
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

/** Ids of what the sample company was seeded with. */
export function seeded(sandbox: ProcoreSandbox) {
  const company = sandbox.companies.get(COMPANY)!;
  const project = company.projects.get(PROJECT)!;
  const idOf = <T extends { id: number }>(records: Iterable<T>, wanted: (record: T) => boolean) =>
    [...records].find(wanted)!.id;
  return {
    company,
    project,
    vendor: idOf(company.vendors.values(), (one) => one.name === 'ABC Concrete'),
    outsider: idOf(company.vendors.values(), (one) => one.name === 'North Steel'),
    heading: idOf(project.costCodes.values(), (one) => one.full_code === '03'),
    concrete: idOf(project.costCodes.values(), (one) => one.full_code === '03-300'),
    steel: idOf(project.costCodes.values(), (one) => one.full_code === '05-100'),
    materials: idOf(company.costTypes.values(), (one) => one.code === 'M'),
    wbsCode: project.budgetLines[0]!.wbsCodeId,
    period: idOf(project.periods.values(), () => true),
  };
}

/** A contract with one line of each amount, booked on concrete materials, in the status asked for. */
export async function makeContract(caller: Caller, amounts: string[], status = 'Draft', fields: object = {}) {
  const { vendor, concrete, materials } = seeded(caller.sandbox);
  const contracts = '/rest/v1.0/purchase_order_contracts';
  const contract = { vendor_id: vendor, title: 'Concrete', ...fields };
  const made = await caller.post(contracts, { project_id: PROJECT, purchase_order_contract: contract });
  const id = made.body.id as number;
  const updates = amounts.map((amount) => ({ amount, cost_code_id: concrete, line_item_type_id: materials }));
  const lines = await caller.patch(`${contracts}/${id}/line_items/sync?project_id=${PROJECT}`, { updates });
  if (status !== 'Draft') {
    await caller.patch(`${contracts}/${id}`, { project_id: PROJECT, purchase_order_contract: { status } });
  }
  return { id, lines: lines.body.entities.map((line: { id: number }) => line.id) as number[] };
}

/** Bills amounts on the lines of a contract, in their order. */
export function bill(
  caller: Caller,
  contract: { id: number; lines: number[] },
  amounts: string[],
  fields: object = {},
) {
  const items = amounts.map((amount, index) => ({
    item_type: 'contract_item',
    line_item_id: contract.lines[index],
    work_completed_this_period: amount,
  }));
  return caller.post('/rest/v1.1/requisitions?view=items', {
    project_id: PROJECT,
    commitment_id: contract.id,
    requisition: { period_id: seeded(caller.sandbox).period, items, ...fields },
  });
}
