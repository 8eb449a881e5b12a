import type { ProjectTool } from '../core/ports.ts';
import type { RequisitionItem } from '../core/procore-records.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import {
  changedItems,
  changedRequisition,
  newRequisition,
  toItems,
  toRequisition,
} from './requisition-wire.ts';
import { anything, idNumber, requisitionItemWire, requisitionWire } from './wire.ts';

type Requisitions =
  | 'requisitions'
  | 'requisitionsOfProject'
  | 'createRequisition'
  | 'requisitionItems'
  | 'setRequisitionItems'
  | 'updateRequisition'
  | 'setDueDate'
  | 'deleteRequisition';

const REQUISITIONS = '/rest/v1.1/requisitions';
const ITEMS = '/rest/v1.0/requisitions';

export function requisitions(api: ProcoreApi): Pick<ProjectTool, Requisitions> {
  const list = (projectId: string, filter: Record<string, string>) => {
    const query = { project_id: projectId, ...filter, per_page: '100' };
    return api.list({ path: REQUISITIONS, query, what: 'requisitions' }, requisitionWire);
  };
  const itemsOf = async (projectId: string, requisitionId: string): Promise<RequisitionItem[]> => {
    const path = `${ITEMS}/${requisitionId}/contract_items`;
    const query = { project_id: projectId, ...MANY };
    return toItems(await api.list({ path, query, what: 'items of the requisition' }, requisitionItemWire));
  };

  return {
    requisitions: async (projectId, commitmentId) => {
      const found = await list(projectId, { 'filters[commitment_id]': commitmentId, view: 'extended' });
      return found.map(toRequisition);
    },
    requisitionsOfProject: async (projectId) => {
      const all = [];
      for (const wire of await list(projectId, { view: 'items' })) {
        const items = wire.items ? toItems(wire.items) : await itemsOf(projectId, wire.id);
        all.push({ ...toRequisition(wire), items });
      }
      return all;
    },
    createRequisition: async (projectId, requisition) => {
      const body = {
        project_id: idNumber(projectId),
        commitment_id: idNumber(requisition.commitmentId),
        requisition: newRequisition(requisition),
      };
      const what = `requisition ${requisition.invoiceNumber}`;
      const call = { path: REQUISITIONS, query: { view: 'items' }, body, what };
      const wire = await api.post(call, requisitionWire);
      return { ...toRequisition(wire), ...(wire.items && { items: toItems(wire.items) }) };
    },
    requisitionItems: itemsOf,
    setRequisitionItems: async (projectId, requisitionId, items) => {
      const path = `${ITEMS}/${requisitionId}/bulk_item_update`;
      const body = { requisition_items: changedItems(items) };
      const query = { project_id: projectId };
      await api.patch({ path, query, body, what: 'items of the requisition' }, anything);
    },
    updateRequisition: async (projectId, commitmentId, requisitionId, change) => {
      const body = {
        project_id: idNumber(projectId),
        commitment_id: idNumber(commitmentId),
        requisition: changedRequisition(change),
      };
      await api.patch({ path: `${REQUISITIONS}/${requisitionId}`, body, what: 'the requisition' }, anything);
    },
    setDueDate: async (projectId, requisitionId, dueDate) => {
      const project = `/rest/v2.0/companies/${api.companyId}/projects/${projectId}`;
      const path = `${project}/requisitions/${requisitionId}/payment_details`;
      await api.patch({ path, body: { due_date: dueDate }, what: 'due date of the requisition' }, anything);
    },
    deleteRequisition: (projectId, requisitionId) => {
      const query = { project_id: projectId };
      return api.remove({
        path: `${REQUISITIONS}/${requisitionId}`,
        query,
        what: 'deletion of the requisition',
      });
    },
  };
}
