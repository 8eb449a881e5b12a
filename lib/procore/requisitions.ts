import type * as z from 'zod/mini';
import { ProcoreRefused } from '../core/errors.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { RequisitionChange, RequisitionItem, RequisitionWithItems } from '../core/procore-records.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import { changedRequisition, newRequisition, toItems, toRequisition } from './requisition-wire.ts';
import { anything, idNumber, requisitionItemWire, requisitionWire } from './wire.ts';

type Requisitions =
  | 'requisitions'
  | 'createRequisition'
  | 'updateRequisition'
  | 'approveRequisition'
  | 'setDueDate'
  | 'deleteRequisition';

const REQUISITIONS = '/rest/v1.1/requisitions';

/**
 * Of so many commitments the requisitions are asked for one by one; of more the whole project is read, a hundred to a
 * call. The filter may take several ids, but its contract says one.
 */
const FEW = 4;

const WITH_ITEMS = { view: 'items' };

export function requisitions(api: ProcoreApi): Pick<ProjectTool, Requisitions> {
  const whole = async (
    projectId: string,
    wire: z.output<typeof requisitionWire>,
  ): Promise<RequisitionWithItems> => ({
    ...toRequisition(wire),
    items: wire.items ? toItems(wire.items) : await itemsOf(projectId, wire.id),
  });
  const itemsOf = async (projectId: string, requisitionId: string): Promise<RequisitionItem[]> => {
    const path = `/rest/v1.0/requisitions/${requisitionId}/contract_items`;
    const query = { project_id: projectId, ...MANY };
    return toItems(await api.list({ path, query, what: 'items of the requisition' }, requisitionItemWire));
  };
  const list = async (projectId: string, filter: Record<string, string> = {}) => {
    const query = { project_id: projectId, ...filter, ...WITH_ITEMS, per_page: '100' };
    const all = await api.list({ path: REQUISITIONS, query, what: 'requisitions' }, requisitionWire);
    return Promise.all(all.map((wire) => whole(projectId, wire)));
  };
  const update = async (
    projectId: string,
    commitmentId: string,
    requisitionId: string,
    change: RequisitionChange,
  ) => {
    const body = {
      project_id: idNumber(projectId),
      commitment_id: idNumber(commitmentId),
      requisition: changedRequisition(change),
    };
    const call = {
      path: `${REQUISITIONS}/${requisitionId}`,
      query: WITH_ITEMS,
      body,
      what: 'the requisition',
    };
    return whole(projectId, await api.patch(call, requisitionWire));
  };
  /** Whether the stamp may come with the approval; not documented (reference/procore.md §5). */
  let isStampedAlong = true;

  return {
    requisitions: async (projectId, commitmentIds) => {
      if (commitmentIds.length > FEW) return list(projectId);
      const each = commitmentIds.map((id) => list(projectId, { 'filters[commitment_id]': id }));
      return (await Promise.all(each)).flat();
    },
    createRequisition: async (projectId, requisition) => {
      const body = {
        project_id: idNumber(projectId),
        commitment_id: idNumber(requisition.commitmentId),
        requisition: newRequisition(requisition),
      };
      const what = `requisition ${requisition.invoiceNumber}`;
      return whole(
        projectId,
        await api.post({ path: REQUISITIONS, query: WITH_ITEMS, body, what }, requisitionWire),
      );
    },
    updateRequisition: update,
    approveRequisition: async (projectId, commitmentId, requisitionId, { originId, ...change }) => {
      const approval = { ...change, status: 'approved' as const };
      const send = (what: RequisitionChange) => update(projectId, commitmentId, requisitionId, what);
      if (isStampedAlong) {
        try {
          const made = await send({ ...approval, originId });
          if (made.status === 'approved') return;
          await send({ originId: null });
        } catch (error) {
          if (!(error instanceof ProcoreRefused)) throw error;
          // An earlier attempt may have got through without an answer.
          const all = await list(projectId, { 'filters[commitment_id]': commitmentId });
          const now = all.find(({ id }) => id === requisitionId);
          if (now?.status === 'approved' && now.originId === originId) return;
        }
      }
      await send(approval);
      await send({ originId });
      isStampedAlong = false;
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
