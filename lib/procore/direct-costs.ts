import type * as z from 'zod/mini';
import { ProcoreRefused, RetryLater } from '../core/errors.ts';
import type { ProjectTool } from '../core/ports.ts';
import type { DirectCost, NewDirectCost } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import { exactNumber } from '../http/json.ts';
import type { ProcoreApi } from './api.ts';
import { ifThere } from './api.ts';
import { MANY } from './reference.ts';
import { syncByOrigin } from './sync.ts';
import { anything, decimalText, directCostLineWire, directCostWire, idNumber, idWire } from './wire.ts';

type DirectCosts =
  | 'directCosts'
  | 'directCostOf'
  | 'createDirectCost'
  | 'changeDirectCost'
  | 'deleteDirectCost';

/**
 * An origin_id locks a direct cost and its lines; only without it they take changes (reference/procore.md §5). So new ones
 * are posted with their lines, one to a call: a sync takes no lines, and those of what it has just locked come too late.
 */
export function directCosts(api: ProcoreApi): Pick<ProjectTool, DirectCosts> {
  const list = async (projectId: string, filter: Record<string, string> = {}) => {
    const call = { path: pathOf(projectId), query: { ...filter, ...MANY }, what: 'direct costs' };
    const costs = await api.list(call, directCostWire);
    return costs.filter(({ deleted_at }) => !deleted_at);
  };
  const unlock = (projectId: string, id: string, what: string) => {
    const body = { direct_cost: { origin_id: null } };
    return api.patch({ path: `${pathOf(projectId)}/${id}`, body, what }, anything);
  };

  return {
    directCosts: async (projectId) => (await list(projectId)).map(read),
    directCostOf: async (projectId, originId) => {
      const sought = await list(projectId, { 'filters[origin_id]': originId });
      return sought.find(({ origin_id }) => origin_id === originId)?.id;
    },
    createDirectCost: async (projectId, cost) => {
      const call = { path: pathOf(projectId), body: { direct_cost: toDirectCost(cost) }, what: nameOf(cost) };
      return (await api.post(call, idWire)).id;
    },
    changeDirectCost: (projectId, id, cost) =>
      inTurn(async () => {
        const what = nameOf(cost);
        await unlock(projectId, id, what);
        await changeLines(api, projectId, id, cost);
        // A payment that was removed takes its date along.
        const update = { id: idNumber(id), ...toHeader(cost), payment_date: cost.paymentDate ?? null };
        await syncByOrigin(api, { path: `${v1PathOf(projectId)}/sync`, what }, [update]);
      }),
    deleteDirectCost: (projectId, id) =>
      inTurn(async () => {
        const what = 'deletion of the direct cost';
        await ifThere(() => unlock(projectId, id, what));
        await api.remove({ path: `${pathOf(projectId)}/${id}`, what });
      }),
  };
}

const pathOf = (projectId: string) => `/rest/v1.1/projects/${projectId}/direct_costs`;
const v1PathOf = (projectId: string) => `/rest/v1.0/projects/${projectId}/direct_costs`;
const nameOf = (cost: NewDirectCost) => `direct cost ${cost.invoiceNumber}`;

/** Brings the lines of an unlocked direct cost to what they should be, by their origin, and takes the others away. */
async function changeLines(
  api: ProcoreApi,
  projectId: string,
  id: string,
  { lines, ...cost }: NewDirectCost,
): Promise<void> {
  const path = `${v1PathOf(projectId)}/line_items`;
  const what = `lines of direct cost ${cost.invoiceNumber}`;
  const updates = lines.map((line) => ({
    direct_cost_id: idNumber(id),
    origin_id: line.originId,
    description: line.description,
    amount: exactNumber(decimalText(line.amount)),
    extended_type: 'manual',
    wbs_code_id: idNumber(line.wbsCodeId),
  }));
  const wanted = new Set((await syncByOrigin(api, { path: `${path}/sync`, what }, updates)).values());
  const query = { 'filters[direct_cost_id]': id, ...MANY };
  for (const line of await api.list({ path, query, what }, directCostLineWire)) {
    if (wanted.has(line.id)) continue;
    await api.remove({ path: `${v1PathOf(projectId)}/${id}/line_items/${line.id}`, what });
  }
}

/** Seconds after which another change of the same direct cost should be done. */
const CONFLICT_SECONDS = 15;

/** Procore refuses a change while another one of the same direct cost is under way. */
async function inTurn(attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof ProcoreRefused && error.status === 409)) throw error;
    throw new RetryLater('lease-held', CONFLICT_SECONDS, { cause: error });
  }
}

function read(wire: z.infer<typeof directCostWire>): DirectCost {
  return present({
    id: wire.id,
    originId: wire.origin_id,
    invoiceNumber: wire.invoice_number,
    status: wire.status ?? '',
    vendorId: wire.vendor_id,
    date: wire.direct_cost_date,
    paymentDate: wire.payment_date,
    total: wire.grand_total,
  });
}

function toHeader(cost: NewDirectCost) {
  return present({
    origin_id: cost.originId,
    vendor_id: cost.vendorId === undefined ? undefined : idNumber(cost.vendorId),
    invoice_number: cost.invoiceNumber,
    direct_cost_date: cost.date,
    received_date: cost.receivedDate,
    payment_date: cost.paymentDate,
    status: cost.status,
    description: cost.description,
  });
}

function toDirectCost(cost: NewDirectCost) {
  return {
    direct_cost_type: cost.type,
    ...toHeader(cost),
    line_items: cost.lines.map((line) => ({
      origin_id: line.originId,
      description: line.description,
      manual_amount: decimalText(line.amount),
      wbs_code_id: idNumber(line.wbsCodeId),
    })),
  };
}
