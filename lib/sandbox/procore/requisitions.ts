import * as z from 'zod';
import { contractOf } from './contract-writes.ts';
import { invalid } from './errors.ts';
import { date, id } from './fields.ts';
import { checkUnlocked } from './origin-lock.ts';
import type { Requisition } from './records.ts';
import {
  bulkItemFields,
  changedRequisitionFields,
  newRequisitionFields,
  REQUISITION_STATUSES,
} from './requisition-fields.ts';
import { chainOf } from './requisition-figures.ts';
import { detailView } from './requisition-item-view.ts';
import { itemViews, requisitionView } from './requisition-view.ts';
import {
  changeItems,
  createRequisition,
  deleteRequisition,
  requisitionIn,
  updateRequisition,
  WHAT,
} from './requisition-writes.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';

const LIST = '/rest/v1.1/requisitions';
const ITEMS = '/rest/v1.0/requisitions/{requisition_id}';

const scope = { project_id: id, commitment_id: id };

export const requisitionRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: LIST,
    project: 'query',
    query: [
      'view',
      'filters[id]',
      'filters[commitment_id]',
      'filters[period_id]',
      'filters[status]',
      'filters[created_at]',
      'filters[updated_at]',
      'filters[origin_id]',
      'filters[is_last]',
    ],
    pages: { default: 30, max: 2000 },
    handle: (call) => listed(call).map((requisition) => requisitionView(call, requisition)),
  }),
  projectRoute({
    method: 'GET',
    path: `${LIST}/{id}`,
    project: 'query',
    query: ['view'],
    handle: (call) => requisitionView(call, requisitionIn(call)),
  }),
  projectRoute({
    method: 'POST',
    path: LIST,
    project: 'body',
    query: ['view'],
    body: z.object({ ...scope, requisition: newRequisitionFields.default({}) }),
    handle: (call) => {
      const contract = contractOf(call, call.body.commitment_id);
      return requisitionView(call, createRequisition(call, contract, call.body.requisition));
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: `${LIST}/{id}`,
    project: 'body',
    query: ['view'],
    body: z.object({ ...scope, requisition: changedRequisitionFields.default({}) }),
    handle: (call) => {
      const requisition = requisitionIn(call);
      if (requisition.commitment_id !== call.body.commitment_id)
        throw invalid({ commitment_id: ['is invalid'] });
      return requisitionView(call, updateRequisition(call, requisition, call.body.requisition));
    },
  }),
  ...['/rest/v1.0/requisitions/{id}', `${LIST}/{id}`].map((path) =>
    projectRoute({
      method: 'DELETE',
      path,
      project: 'query',
      handle: (call) => deleteRequisition(call, requisitionIn(call)),
    }),
  ),
  projectRoute({
    method: 'GET',
    path: `${ITEMS}/contract_items`,
    project: 'query',
    pages: 'v1',
    handle: (call) => itemViews(call, requisitionIn(call, 'requisition_id')),
  }),
  projectRoute({
    method: 'GET',
    path: `${ITEMS}/contract_detail_items`,
    project: 'query',
    pages: 'v1',
    handle: (call) => requisitionIn(call, 'requisition_id') && [],
  }),
  projectRoute({
    method: 'GET',
    path: `${ITEMS}/detail`,
    project: 'query',
    handle: (call) => itemViews(call, requisitionIn(call, 'requisition_id')).map(detailView),
  }),
  projectRoute({
    method: 'PATCH',
    path: `${ITEMS}/bulk_item_update`,
    project: 'query',
    body: z.object({ requisition_items: z.array(bulkItemFields) }),
    handle: (call) => {
      const requisition = requisitionIn(call, 'requisition_id');
      checkUnlocked(WHAT, requisition);
      changeItems(call, requisition, call.body.requisition_items);
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: '/rest/v2.0/companies/{company_id}/projects/{project_id}/requisitions/{id}/payment_details',
    company: 'path',
    project: 'path',
    body: z.object({ due_date: date }),
    wrapped: true,
    handle: (call) => {
      const requisition = requisitionIn(call);
      if (!call.world.rules.lockedTakeDueDate) checkUnlocked(WHAT, requisition);
      requisition.due_date = call.body.due_date;
      return { due_date: requisition.due_date };
    },
  }),
];

function listed({ project, query }: ProjectCall): Requisition[] {
  const ids = query.ids('id');
  const commitments = query.ids('commitment_id');
  const periods = query.ids('period_id');
  const status = query.word('status', REQUISITION_STATUSES);
  const originId = query.filter('origin_id');
  const isLast = query.word('is_last', ['true', 'false']);
  return [...project.requisitions.values()].filter(
    (one) =>
      (ids?.has(one.id) ?? true) &&
      (commitments?.has(one.commitment_id) ?? true) &&
      (periods?.has(one.period_id) ?? true) &&
      (status === undefined || one.status === status) &&
      (originId === undefined || one.origin_id === originId) &&
      (isLast === undefined ||
        (chainOf(project, one.commitment_id).at(-1) === one) === (isLast === 'true')) &&
      query.inRange('created_at', one.created_at) &&
      query.inRange('updated_at', one.updated_at),
  );
}
