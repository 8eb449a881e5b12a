import type * as z from 'zod/mini';
import { ProcoreRefused } from '../core/errors.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { Commitment, CommitmentHeader } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { MANY } from './reference.ts';
import type { Update } from './sync.ts';
import { syncEachByOrigin, syncedWire } from './sync.ts';
import { anything, commitmentWire, idNumber } from './wire.ts';

type Commitments =
  | 'commitments'
  | 'commitment'
  | 'syncCommitments'
  | 'allowInvoicing'
  | 'setCommitmentStatuses'
  | 'deleteCommitment';

const CONTRACTS = '/rest/v1.0/purchase_order_contracts';

export function commitments(api: ProcoreApi): Pick<ProjectTool, Commitments> {
  return {
    commitments: async (projectId) => {
      // Deleted ones are left out unless asked for; only this view is sure to show the origin.
      const query = { project_id: projectId, view: 'extended', ...MANY };
      const all = await api.list({ path: CONTRACTS, query, what: 'commitments' }, commitmentWire);
      return all.map(toCommitment);
    },
    commitment: async (projectId, commitmentId) => {
      const query = { project_id: projectId };
      const call = { path: `${CONTRACTS}/${commitmentId}`, query, what: 'commitment' };
      const wire = await api.one(call, commitmentWire);
      return wire && !wire.deleted_at ? toCommitment(wire) : undefined;
    },
    syncCommitments: async (projectId, headers) => {
      const outcomes = await syncEachByOrigin(
        api,
        syncOf(projectId, 'commitment'),
        headers.map(toUpdate),
        syncedWire,
      );
      return new Map(
        [...outcomes].map(([originId, outcome]) => [
          originId,
          outcome instanceof ProcoreRefused ? outcome : outcome.id,
        ]),
      );
    },
    allowInvoicing: async (projectId, commitmentId) => {
      // v1 shows these switches but does not take them.
      const path = `/rest/v2.0/companies/${api.companyId}/projects/${projectId}/commitment_contracts/${commitmentId}`;
      const body = { allow_payment_applications: true, allow_payments: true, enable_ssov: false };
      await api.patch({ path, body, what: 'invoicing on the commitment' }, anything);
    },
    setCommitmentStatuses: async (projectId, wanted) => {
      // By its id as well: one that somebody has deleted must not come back as an empty one.
      const updates = wanted.map(({ commitmentId, originId, status }) => ({
        id: idNumber(commitmentId),
        origin_id: originId,
        status,
      }));
      const outcomes = await syncEachByOrigin(
        api,
        syncOf(projectId, 'status of the commitment'),
        updates,
        syncedWire,
      );
      return new Map(
        wanted.flatMap(({ commitmentId, originId }) => {
          const outcome = outcomes.get(originId);
          return outcome instanceof ProcoreRefused ? [[commitmentId, outcome] as const] : [];
        }),
      );
    },
    deleteCommitment: (projectId, commitmentId) => {
      const query = { project_id: projectId };
      return api.remove({ path: `${CONTRACTS}/${commitmentId}`, query, what: 'deletion of the commitment' });
    },
  };
}

function syncOf(projectId: string, what: string) {
  return { path: `${CONTRACTS}/sync`, body: { project_id: idNumber(projectId) }, what };
}

function toCommitment(wire: z.infer<typeof commitmentWire>): Commitment {
  const { id, number = '', title = '', status, vendor, origin_id, grand_total } = wire;
  return present({ id, number, title, status, vendorId: vendor, originId: origin_id, total: grand_total });
}

/**
 * The status is not sent: new contracts are Draft by themselves, and an update must not set an approved one back.
 * The accounting method is, because it cannot change once there are lines; retainage would make less payable than billed.
 */
function toUpdate(header: CommitmentHeader): Update {
  return present({
    origin_id: header.originId,
    origin_code: header.originCode,
    number: header.number,
    title: header.title,
    description: header.description,
    vendor_id: idNumber(header.vendorId),
    accounting_method: 'amount',
    retainage_percent: '0',
    contract_date: header.contractDate,
    delivery_date: header.deliveryDate,
    ship_to_address: header.shipTo,
  });
}
