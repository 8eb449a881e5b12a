import * as z from 'zod';
import { CONTRACT_STATUSES, contractFields } from './contract-fields.ts';
import { checkDeletable, standing } from './contract-rules.ts';
import { contractView, fullContractView } from './contract-view.ts';
import { contractOf, createContract, deleteContract, updateContract } from './contract-writes.ts';
import { id, oneOf } from './fields.ts';
import type { Contract } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { sync, updatesBody } from './sync.ts';

const PATH = '/rest/v1.0/purchase_order_contracts';
const SSOV_STATUSES = ['draft', 'revise_and_resubmit', 'under_review', 'approved'] as const;

const body = z.object({ project_id: id, purchase_order_contract: contractFields });
const syncFields = contractFields.omit({ upload_ids: true }).extend({ id: id.nullish() });

export const contractRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: PATH,
    project: 'query',
    query: [
      'view',
      'filters[id]',
      'filters[status]',
      'filters[origin_id]',
      'filters[created_at]',
      'filters[updated_at]',
      'filters[include_deleted]',
    ],
    pages: 'v1',
    handle: (call) => listed(call).map((contract) => contractView(call, contract)),
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/{id}`,
    project: 'query',
    handle: (call) => fullContractView(call, contractOf(call, call.id('id'))),
  }),
  projectRoute({
    method: 'POST',
    path: PATH,
    project: 'body',
    body,
    handle: (call) => fullContractView(call, createContract(call, call.body.purchase_order_contract)),
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/sync`,
    project: 'body',
    body: updatesBody.extend({ project_id: id }),
    documented: z.object({ project_id: id, updates: z.array(syncFields) }),
    handle: (call) =>
      sync(call, call.body.updates, {
        fields: syncFields,
        find: (wanted) => standing(call.project).find((contract) => contract.id === wanted),
        findByOrigin: (originId) =>
          standing(call.project).find((contract) => contract.origin_id === originId),
        create: (fields) => createContract(call, fields),
        update: (contract, fields) => updateContract(call, contract, fields),
        view: (contract) => contractView(call, contract),
      }),
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/{id}`,
    project: 'body',
    body,
    handle: (call) => {
      const contract = contractOf(call, call.id('id'));
      return fullContractView(call, updateContract(call, contract, call.body.purchase_order_contract));
    },
  }),
  projectRoute({
    method: 'DELETE',
    path: `${PATH}/{id}`,
    project: 'query',
    handle: (call) => {
      const contract = contractOf(call, call.id('id'));
      checkDeletable(call, contract);
      deleteContract(call.world, call.company, contract);
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/{purchase_order_contract_id}/subcontractor_schedule_of_values_status`,
    project: 'body',
    body: z.object({ project_id: id, status: oneOf(SSOV_STATUSES) }),
    handle: (call) => {
      const contract = contractOf(call, call.id('purchase_order_contract_id'));
      contract.ssov_status = call.body.status;
      return { status: contract.ssov_status };
    },
  }),
];

function listed(call: ProjectCall): Contract[] {
  const { project, query } = call;
  const deleted = query.word('include_deleted', ['only', 'with']);
  const status = query.word('status', CONTRACT_STATUSES);
  const ids = query.ids('id');
  const originId = query.filter('origin_id');
  return [...project.contracts.values()].filter(
    (contract) =>
      (deleted === 'with' || (contract.deleted_at !== null) === (deleted === 'only')) &&
      (status === undefined || contract.status === status) &&
      (ids?.has(contract.id) ?? true) &&
      (originId === undefined || contract.origin_id === originId) &&
      query.inRange('created_at', contract.created_at) &&
      query.inRange('updated_at', contract.updated_at),
  );
}
