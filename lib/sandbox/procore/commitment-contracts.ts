import { CONTRACT_STATUSES, commitmentContractFields } from './contract-fields.ts';
import { standing } from './contract-rules.ts';
import { contractFigures } from './contract-view.ts';
import { contractOf, createContract, updateContract } from './contract-writes.ts';
import { oneOf } from './fields.ts';
import type { Contract } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';

const PATH = '/rest/v2.0/companies/{company_id}/projects/{project_id}/commitment_contracts';
const TYPES = ['WorkOrderContract', 'PurchaseOrderContract'] as const;

/** The v2.0 side of contracts: string ids, answers in `data`, switches for invoices and payments, no origin fields. */
export const commitmentContractRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: PATH,
    company: 'path',
    project: 'path',
    query: ['filters[type]', 'filters[status]', 'filters[id]', 'filters[vendor_id]', 'view'],
    pages: 'v2',
    wrapped: true,
    handle: (call) => listed(call).map(view),
  }),
  projectRoute({
    method: 'POST',
    path: PATH,
    company: 'path',
    project: 'path',
    body: commitmentContractFields.extend({ type: oneOf(TYPES) }),
    wrapped: true,
    handle: (call) => {
      const { type: _, ...fields } = call.body;
      return view(createContract(call, fields));
    },
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/{commitment_contract_id}`,
    company: 'path',
    project: 'path',
    query: ['view'],
    wrapped: true,
    handle: (call) => view(contractOf(call, call.id('commitment_contract_id'))),
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/{commitment_contract_id}`,
    company: 'path',
    project: 'path',
    body: commitmentContractFields,
    wrapped: true,
    handle: (call) =>
      view(updateContract(call, contractOf(call, call.id('commitment_contract_id')), call.body)),
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/{contract_id}/summary`,
    company: 'path',
    project: 'path',
    wrapped: true,
    handle: (call) => {
      const figures = contractFigures(call.project, contractOf(call, call.id('contract_id')));
      return {
        approved_change_total: '0.00',
        pending_revised_change_total: '0.00',
        draft_change_total: '0.00',
        total_invoices_amount: figures.invoiced,
        total_payments_amount: figures.paid,
        currency_configuration: { currency_iso_code: 'USD' },
      };
    },
  }),
];

function listed({ project, query }: ProjectCall): Contract[] {
  if (query.word('type', TYPES) === 'WorkOrderContract') return [];
  const ids = query.ids('id');
  const status = query.word('status', CONTRACT_STATUSES);
  const vendorId = query.filter('vendor_id');
  return standing(project).filter(
    (contract) =>
      (ids?.has(contract.id) ?? true) &&
      (status === undefined || contract.status === status) &&
      (vendorId === undefined || contract.vendor_id === Number(vendorId)),
  );
}

function view(contract: Contract) {
  const { lines, ssov_status, origin_id, origin_code, origin_data, ...fields } = contract;
  return {
    ...fields,
    type: 'PurchaseOrderContract',
    id: String(contract.id),
    vendor_id: contract.vendor_id ? String(contract.vendor_id) : null,
    assignee_id: contract.assignee_id ? String(contract.assignee_id) : null,
  };
}
