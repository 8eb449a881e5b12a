import type { Caller } from '../sandbox/procore/open-sandbox.ts';
import { seeded } from '../sandbox/procore/open-sandbox.ts';
import { COMPANY, PROJECT } from '../sandbox/procore/sample-company.ts';

const IN_PROJECT = `project_id=${PROJECT}`;
const CONTRACTS = '/rest/v1.0/purchase_order_contracts';
const V2 = `/rest/v2.0/companies/${COMPANY}/projects/${PROJECT}`;

/** Calls every endpoint at least once, the way a caller who knows the rules would. */
export async function callEverything(caller: Caller): Promise<void> {
  await readReferences(caller);
  await writeVendors(caller);
  const contract = await writeContract(caller);
  await writeInvoices(caller, contract);
  await readBudget(caller);
  await writeDirectCost(caller);
  await manageHooks(caller);
  await manageHooksV2(caller);
}

async function readReferences({ get, post, sandbox }: Caller): Promise<void> {
  await get(`/rest/v1.1/projects?company_id=${COMPANY}&filters[by_status]=Active`);
  await get(`/rest/v1.0/cost_codes?${IN_PROJECT}`);
  await get(`/rest/v1.0/line_item_types?company_id=${COMPANY}&${IN_PROJECT}`);
  await get(`/rest/v1.0/tax_codes?company_id=${COMPANY}`);
  const wbs = `/rest/v1.0/projects/${PROJECT}/work_breakdown_structure`;
  await get(`${wbs}/wbs_codes?filters[status][]=active&query=03`);
  const segments = (await get(`${wbs}/segments`)).body as { id: number }[];
  const chosen = [];
  for (const segment of segments) {
    const items = await get(`${wbs}/segments/${segment.id}/segment_items`);
    chosen.push({ segment_id: segment.id, segment_item_id: items.body.at(-1).id });
  }
  await post(`${wbs}/wbs_codes`, { description: 'Steel', segment_items: chosen });
  await get(`/rest/v1.1/projects/${PROJECT}/vendors?filters[id][]=${seeded(sandbox).vendor}`);
}

async function writeVendors({ get, post, patch, sandbox }: Caller): Promise<void> {
  const company_id = COMPANY;
  const vendor = {
    name: 'Delta Pumps',
    city: 'Austin',
    state_code: 'TX',
    country_code: 'US',
    origin_id: 'c:1',
  };
  const made = await post('/rest/v1.0/vendors', { company_id, vendor });
  await patch(`/rest/v1.0/vendors/${made.body.id}`, {
    company_id,
    vendor: { name: 'Delta Pumps', zip: '78701' },
  });
  await patch('/rest/v1.0/vendors/sync', { company_id, updates: [{ name: 'Echo Glass', origin_id: 'c:2' }] });
  await get(`/rest/v1.0/vendors?company_id=${COMPANY}&filters[origin_id]=c:2`);
  await post(`/rest/v1.1/projects/${PROJECT}/vendors/${seeded(sandbox).outsider}/actions/add`);
}

async function writeContract(caller: Caller): Promise<{ id: number; lines: { id: number }[] }> {
  const { get, post, patch } = caller;
  const { vendor, concrete, materials, wbsCode } = seeded(caller.sandbox);
  const header = {
    number: 'PO-1',
    title: 'Slab',
    description: 'Ground floor',
    vendor_id: vendor,
    status: 'Draft',
    accounting_method: 'amount',
    contract_date: '2026-01-05',
    delivery_date: '2026-01-20',
    issued_on_date: '2026-01-06',
    execution_date: '2026-01-06',
    approval_letter_date: '2026-01-06',
    letter_of_intent_date: '2026-01-06',
    returned_date: '2026-01-06',
    payment_terms: '30 days',
    ship_to_address: '1 Oak Street',
    bill_to_address: '2 Oak Street',
    ship_via: 'Truck',
    private: false,
    executed: true,
    assignee_id: 1,
    retainage_percent: '0',
    origin_id: 'po:1',
    origin_code: 'PO-1',
    origin_data: '{}',
  };
  const made = await post(CONTRACTS, { project_id: PROJECT, purchase_order_contract: header });
  const id = made.body.id as number;
  await patch(`${CONTRACTS}/sync`, {
    project_id: PROJECT,
    updates: [{ origin_id: 'po:1', title: 'Slab, phase 1' }],
  });
  const switches = {
    allow_payment_applications: true,
    allow_payments: true,
    enable_ssov: false,
    display_work_retainage: true,
  };
  await patch(`${V2}/commitment_contracts/${id}`, switches);
  await get(`${V2}/commitment_contracts/${id}`);
  await get(`${V2}/commitment_contracts`);
  await post(`${V2}/commitment_contracts`, {
    type: 'PurchaseOrderContract',
    title: 'Other',
    vendor_id: String(vendor),
  });
  const lines = `${CONTRACTS}/${id}/line_items`;
  const coding = { cost_code_id: concrete, line_item_type_id: materials };
  const line = {
    description: 'Concrete',
    amount: '600.00',
    extended_type: 'manual',
    origin_id: 'l:1',
    ...coding,
  };
  const first = await post(lines, { project_id: PROJECT, line_item: line });
  await patch(`${lines}/${first.body.id}`, { project_id: PROJECT, line_item: { amount: '650.00' } });
  const updates = [{ description: 'Rebar', amount: '150.00', wbs_code_id: wbsCode, origin_id: 'l:2' }];
  await patch(`${lines}/sync?${IN_PROJECT}`, { updates });
  const written = await get(`${lines}?${IN_PROJECT}`);
  const ssov = `${CONTRACTS}/${id}/subcontractor_schedule_of_values_status`;
  await patch(ssov, { project_id: PROJECT, status: 'approved' });
  await patch(`${CONTRACTS}/${id}`, { project_id: PROJECT, purchase_order_contract: { status: 'Approved' } });
  await get(`${CONTRACTS}?${IN_PROJECT}&filters[origin_id]=po:1`);
  return { id, lines: written.body };
}

async function writeInvoices(
  caller: Caller,
  contract: { id: number; lines: { id: number }[] },
): Promise<void> {
  const { get, post, patch, delete: remove, sandbox } = caller;
  const periods = `/rest/v1.0/projects/${PROJECT}/billing_periods`;
  await get(`${periods}?filters[status]=open`);
  const dates = { start_date: '2026-02-01', end_date: '2026-02-28', due_date: '2026-03-05' };
  await post(periods, { billing_period: { ...dates, status: 'closed' } });
  const scope = { project_id: PROJECT, commitment_id: contract.id };
  const [line] = contract.lines;
  const items = [
    { item_type: 'contract_item', line_item_id: line!.id, work_completed_this_period: '100.00' },
  ];
  const instructions = await post(`/rest/v1.1/projects/${PROJECT}/uploads`, {
    response_filename: 'INV-1.pdf',
    response_content_type: 'application/pdf',
  });
  const upload_ids = [await fileInto(instructions.body)];
  const made = await post('/rest/v1.1/requisitions?view=items', {
    ...scope,
    requisition: {
      period_id: seeded(sandbox).period,
      requisition_start: '2026-01-01',
      requisition_end: '2026-01-31',
      billing_date: '2026-01-31',
      invoice_number: 'INV-1',
      status: 'draft',
      final: false,
      payment_date: '2026-02-20',
      submitted_at: '2026-01-31',
      origin_data: '{}',
      upload_ids,
      items,
    },
  });
  const id = made.body.id as number;
  const requisition = `/rest/v1.0/requisitions/${id}`;
  const rows = await get(`${requisition}/contract_items?${IN_PROJECT}`);
  await get(`${requisition}/contract_detail_items?${IN_PROJECT}`);
  await get(`${requisition}/detail?${IN_PROJECT}`);
  const changed = { id: rows.body[1].id, item_type: 'contract_item', work_completed_this_period: '50.00' };
  await patch(`${requisition}/bulk_item_update?${IN_PROJECT}`, { requisition_items: [changed] });
  await patch(`/rest/v1.1/requisitions/${id}?view=items`, {
    ...scope,
    requisition: { status: 'approved', origin_id: 'bill:1', items: [changed] },
  });
  await get(`/rest/v1.1/requisitions/${id}?${IN_PROJECT}&view=extended`);
  await get(`/rest/v1.1/requisitions?${IN_PROJECT}&filters[commitment_id]=${contract.id}&view=items`);
  await patch(`${V2}/requisitions/${id}/payment_details`, { due_date: '2026-02-20' });
  await pay(caller, contract.id, id);
  await get(`${CONTRACTS}/${contract.id}?${IN_PROJECT}`);
  await get(`${V2}/commitment_contracts/${contract.id}/summary`);
  await patch(`/rest/v1.1/requisitions/${id}`, { ...scope, requisition: { origin_id: null } });
  await remove(`/rest/v1.1/requisitions/${id}?${IN_PROJECT}`);
}

async function fileInto({ uuid, url, fields }: { uuid: string; url: string; fields: object }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob(['%PDF']), 'INV-1.pdf');
  await fetch(url, { method: 'POST', body: form });
  return uuid;
}

async function pay(caller: Caller, contractId: number, requisitionId: number): Promise<void> {
  const { get, post, patch, delete: remove } = caller;
  const scope = { project_id: PROJECT, contract_id: contractId };
  const payment = {
    amount: '150.00',
    date: '2026-02-20',
    payment_method: 'electronic',
    requisition_id: requisitionId,
    invoice_number: 'INV-1',
    notes: 'Cheque run',
    origin_id: 'payment:1',
  };
  const payments = '/rest/v1.0/contract_payments';
  const { id } = (await post(payments, { ...scope, contract_payment: payment })).body;
  await get(`${payments}?${IN_PROJECT}&contract_id=${contractId}`);
  await patch(`${payments}/${id}`, { ...scope, contract_payment: { origin_id: null } });
  await remove(`${payments}/${id}?${IN_PROJECT}&contract_id=${contractId}`);
}

async function readBudget({ get }: Caller): Promise<void> {
  const [view] = (await get(`/rest/v1.0/budget_views?${IN_PROJECT}`)).body as { id: number }[];
  await get(`/rest/v1.0/budget_views/${view!.id}/detail_rows?${IN_PROJECT}&budget_row_type=all`);
  await get(`/rest/v1.0/budget_views/${view!.id}/summary_rows?${IN_PROJECT}&group_by=project`);
  await get(`/rest/v1.0/budget_views/${view!.id}/budget_detail_columns?${IN_PROJECT}`);
}

async function writeDirectCost({ get, post, patch, delete: remove, sandbox }: Caller): Promise<void> {
  const { vendor, wbsCode, concrete, materials } = seeded(sandbox);
  const [costs, older] = ['v1.1', 'v1.0'].map(
    (version) => `/rest/${version}/projects/${PROJECT}/direct_costs`,
  );
  const header = {
    direct_cost_type: 'invoice',
    vendor_id: vendor,
    invoice_number: 'D-1',
    direct_cost_date: '2026-01-31',
    received_date: '2026-02-01',
    payment_date: '2026-02-20',
    status: 'approved',
    terms: '30 days',
    description: 'Crane',
  };
  const line_items = [
    { wbs_code_id: wbsCode, description: 'Crane hire', manual_amount: '75.50', origin_id: 'd:1', ref: '1' },
  ];
  const { id } = (await post(costs!, { direct_cost: { ...header, origin_id: 'bill:2', line_items } })).body;
  await get(`${costs}?filters[origin_id]=bill:2&filters[invoice_number]=D-1`);
  await patch(`${costs}/${id}`, { direct_cost: { origin_id: null } });
  const coding = { cost_code_id: concrete, line_item_type_id: materials };
  const line = { direct_cost_id: id, origin_id: 'd:2', amount: 12.5, extended_type: 'manual', ...coding };
  const synced = await patch(`${older}/line_items/sync`, { updates: [line] });
  await get(`${older}/line_items?filters[direct_cost_id]=${id}`);
  await remove(`${older}/${id}/line_items/${synced.body.entities[0].id}`);
  const { direct_cost_type: _, ...changed } = header;
  await patch(`${older}/sync`, { updates: [{ ...changed, id, invoice_number: 'D-2' }] });
  await get(`${costs}/${id}`);
  await remove(`${costs}/${id}`);
}

const HOOK = { namespace: 'ml-connector', destination_headers: { Authorization: 'Bearer a-secret' } };

async function manageHooks({ get, post, patch, delete: remove, sandbox }: Caller): Promise<void> {
  const hooks = '/rest/v1.0/webhooks/hooks';
  const destination_url = `${sandbox.url}/no-such-endpoint`;
  for (const scope of [{ company_id: COMPANY }, { project_id: PROJECT }]) {
    const query = Object.entries(scope).map(([name, id]) => `${name}=${id}`)[0]!;
    const resource_name = 'company_id' in scope ? 'Company Vendors' : 'Cost Codes';
    const { id } = (await post(hooks, { ...scope, hook: { ...HOOK, destination_url, api_version: 'v2' } }))
      .body;
    const trigger = { resource_name, event_type: 'create' };
    const made = await post(`${hooks}/${id}/triggers`, { ...scope, api_version: 'v2', trigger });
    await patch(`${hooks}/${id}`, { ...scope, hook: { namespace: 'ml-connector-2' } });
    await get(`${hooks}?${query}&namespace=ml-connector-2&api_version=v2`);
    await get(`${hooks}/${id}?${query}`);
    await get(`${hooks}/${id}/triggers?${query}`);
    sandbox.people(COMPANY).addVendor({ name: 'Juniper Roofing' });
    sandbox.people(COMPANY).addCostCode(PROJECT, { code: '07-500', name: 'Roofing' });
    await sandbox.webhooks.settle();
    await get(`${hooks}/${id}/deliveries?${query}&filters[status]=any&page_size=10&page_start=9000000000`);
    await get(`/rest/v1.0/webhooks/resources?${query}`);
    await remove(`${hooks}/${id}/triggers/${made.body.id}?${query}`);
    await remove(`${hooks}/${id}?${query}`);
  }
}

async function manageHooksV2({ get, post, delete: remove }: Caller): Promise<void> {
  const company = `/rest/v2.0/companies/${COMPANY}/webhooks`;
  const destination_url = 'https://hooks.example/procore';
  for (const path of [company, `${V2}/webhooks`]) {
    const { data } = (await post(`${path}/hooks`, { ...HOOK, destination_url, payload_version: 'v4.0' }))
      .body;
    const hook = `${path}/hooks/${data.id}`;
    const resource_name = path === company ? 'Projects' : 'Budget Changes';
    await post(`${hook}/triggers`, { resource_name, event_type: 'create' });
    const bulk = await post(`${hook}/triggers/bulk`, [{ resource_name, event_type: 'update' }]);
    await get(`${path}/hooks`);
    await get(hook);
    await get(`${hook}/triggers`);
    await get(`${hook}/deliveries?filters[status]=successful`);
    await get(`${path}/resources?payload_version=v4.0&per_page=100`);
    await remove(`${hook}/triggers/${bulk.body.data[0].id}`);
    await remove(hook);
  }
}
