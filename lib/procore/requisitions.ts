import type * as z from 'zod/mini';
import { ZERO } from '../core/money.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { NewRequisition, Requisition } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import { anything, decimalText, idNumber, requisitionItemWire, requisitionWire } from './wire.ts';

type Requisitions =
  | 'requisitions'
  | 'createRequisition'
  | 'requisitionItems'
  | 'setRequisitionItems'
  | 'deleteRequisition';

export function requisitions(api: ProcoreApi): Pick<ProjectTool, Requisitions> {
  return {
    requisitions: async (projectId, commitmentId) => {
      const filter = { 'filters[commitment_id]': commitmentId, view: 'extended' };
      const query = { project_id: projectId, ...filter, per_page: '100' };
      const found = await api.list(
        { path: '/rest/v1.1/requisitions', query, what: 'requisitions' },
        requisitionWire,
      );
      return found.map(toRequisition);
    },
    createRequisition: async (projectId, requisition) => {
      const body = toBody(projectId, requisition);
      const what = `requisition ${requisition.invoiceNumber}`;
      const call = { path: '/rest/v1.1/requisitions', query: { view: 'items' }, body, what };
      return toRequisition(await api.post(call, requisitionWire));
    },
    requisitionItems: async (projectId, requisitionId) => {
      const path = `/rest/v1.0/requisitions/${requisitionId}/contract_items`;
      const query = { project_id: projectId, ...MANY };
      const items = await api.list({ path, query, what: 'items of the requisition' }, requisitionItemWire);
      return items.map(({ id, line_item_id, work_completed_this_period }) => ({
        id,
        sovLineId: line_item_id,
        amount: work_completed_this_period ?? ZERO,
      }));
    },
    setRequisitionItems: async (projectId, requisitionId, items) => {
      const path = `/rest/v1.0/requisitions/${requisitionId}/bulk_item_update`;
      const requisition_items = items.map((item) => ({
        id: idNumber(item.id),
        item_type: 'contract_item',
        work_completed_this_period: decimalText(item.amount),
      }));
      const query = { project_id: projectId };
      await api.patch(
        { path, query, body: { requisition_items }, what: 'items of the requisition' },
        anything,
      );
    },
    deleteRequisition: (projectId, requisitionId) => {
      const path = `/rest/v1.1/requisitions/${requisitionId}`;
      return api.remove({ path, query: { project_id: projectId }, what: 'deletion of the requisition' });
    },
  };
}

function toBody(projectId: string, requisition: NewRequisition) {
  return {
    project_id: idNumber(projectId),
    commitment_id: idNumber(requisition.commitmentId),
    requisition: {
      period_id: idNumber(requisition.periodId),
      requisition_start: requisition.start,
      requisition_end: requisition.end,
      billing_date: requisition.billingDate,
      invoice_number: requisition.invoiceNumber,
      status: 'draft',
      origin_data: requisition.originData,
      items: requisition.items.map((item) => ({
        item_type: 'contract_item',
        line_item_id: idNumber(item.sovLineId),
        work_completed_this_period: decimalText(item.amount),
      })),
    },
  };
}

function toRequisition(wire: z.infer<typeof requisitionWire>): Requisition {
  return present({
    id: wire.id,
    commitmentId: wire.commitment_id,
    invoiceNumber: wire.invoice_number,
    status: wire.status,
    originId: wire.origin_id,
    originData: wire.origin_data,
  });
}
