import type * as z from 'zod';
import { checkBillable } from './contract-rules.ts';
import { contractOf } from './contract-writes.ts';
import { invalid, notFound } from './errors.ts';
import { checkOriginId, claimOriginId, releaseOriginId } from './origin-ids.ts';
import { checkLock, checkUnlocked, frozen } from './origin-lock.ts';
import type { Contract, Requisition } from './records.ts';
import type {
  changedRequisitionFields,
  newItemFields,
  newRequisitionFields,
  WorkFields,
} from './requisition-fields.ts';
import { chainOf } from './requisition-figures.ts';
import { checkOverBilling, newItem, writeWork } from './requisition-items.ts';
import type { ProjectCall } from './route.ts';
import { takenUp } from './uploads.ts';
import { stamps } from './world.ts';

/** What people see a requisition called. */
export const WHAT = 'Invoice';

type NewFields = z.output<typeof newRequisitionFields>;
type ChangedFields = z.output<typeof changedRequisitionFields>;

/** Creates a requisition with one item for each SOV line. Throws a 422 by the rules, and then leaves nothing behind. */
export function createRequisition(
  call: ProjectCall<unknown>,
  contract: Contract,
  sent: NewFields,
): Requisition {
  const { world, company, project } = call;
  const { items = [], period_id, status, upload_ids, ...fields } = sent;
  checkNew(call, contract, period_id);
  if (fields.origin_id) checkOriginId(world, company, 'requisition', undefined, fields.origin_id);
  const requisition: Requisition = {
    ...fields,
    id: world.nextId(),
    commitment_id: contract.id,
    period_id: period_id!,
    number: (chainOf(project, contract.id).at(-1)?.number ?? 0) + 1,
    status: status ?? 'draft',
    due_date: null,
    items: contract.lines.map((line) => newItem(world, line)),
    attachments: takenUp(call, upload_ids),
    ...stamps(world),
  };
  project.requisitions.set(requisition.id, requisition);
  try {
    fillItems(call, contract, requisition, items ?? []);
    checkOverBilling(project, contract, requisition);
  } catch (error) {
    project.requisitions.delete(requisition.id);
    throw error;
  }
  claimOriginId(world, company, 'requisition', requisition.id, fields.origin_id);
  return requisition;
}

function checkNew(
  { world, project }: ProjectCall<unknown>,
  contract: Contract,
  periodId?: number | null,
): void {
  const { rules } = world;
  if (!contract.allow_payment_applications) {
    throw invalid({ commitment_id: ['does not allow invoices'] });
  }
  checkBillable(world, contract);
  if (contract.lines.length === 0) throw invalid({ commitment_id: ['has no line items'] });
  if (!periodId) throw invalid({ period_id: ["can't be blank"] });
  const period = project.periods.get(periodId);
  if (period === undefined) throw invalid({ period_id: ['must belong to the project'] });
  if (period.status === 'closed' && !rules.closedPeriodsTakeInvoices)
    throw invalid({ period_id: ['is closed'] });
  const chain = chainOf(project, contract.id);
  if (!rules.severalRequisitionsPerPeriod && chain.some((one) => one.period_id === periodId)) {
    throw invalid({ period_id: ['already has an invoice for this commitment'] });
  }
  if (!rules.requisitionAfterDraft && chain.at(-1)?.status === 'draft') {
    throw invalid({ base: ['The previous invoice is still a draft'] });
  }
}

function fillItems(
  call: ProjectCall<unknown>,
  contract: Contract,
  requisition: Requisition,
  items: z.output<typeof newItemFields>[],
): void {
  if (items.length > 0 && items.length < contract.lines.length && !call.world.rules.partialItems) {
    throw invalid({ items: ['must cover every line item of the commitment'] });
  }
  for (const sent of items) {
    const item = requisition.items.find((one) => one.line_item_id === sent.line_item_id);
    if (item === undefined || sent.item_type !== 'contract_item')
      throw invalid({ line_item_id: ['is invalid'] });
    writeWork(call, contract, item, sent);
  }
}

/** Throws a 422 where the origin_id freezes the requisition; sending it as null may unlock it, as the rules say. */
export function updateRequisition(
  call: ProjectCall<unknown>,
  requisition: Requisition,
  sent: ChangedFields,
): Requisition {
  const { world, company, project } = call;
  const { items, period_id, status, upload_ids, ...fields } = sent;
  const { requisitionsUnlock, unlocksTakeChanges, requisitionStamp } = world.rules;
  checkLock(WHAT, requisition, sent, { unlocks: requisitionsUnlock, withChanges: unlocksTakeChanges });
  const alone = Object.keys(sent).every((name) => ['origin_id', 'origin_data'].includes(name));
  if (fields.origin_id && !alone && requisitionStamp === 'origin-first-locks') throw frozen(WHAT);
  if (period_id && !project.periods.has(period_id))
    throw invalid({ period_id: ['must belong to the project'] });
  if (fields.origin_id) checkOriginId(world, company, 'requisition', requisition.id, fields.origin_id);
  const files = takenUp(call, upload_ids);
  changeItems(call, requisition, items ?? []);
  requisition.attachments.push(...files);
  claimOriginId(world, company, 'requisition', requisition.id, fields.origin_id, requisition.origin_id);
  Object.assign(requisition, fields, {
    period_id: period_id ?? requisition.period_id,
    status: status ?? requisition.status,
    updated_at: world.now(),
  });
  return requisition;
}

type Item = WorkFields & { id?: number | null | undefined };

/** Writes into items by their own id. Throws a 422 and changes nothing where one is unknown or a rule forbids it. */
export function changeItems(call: ProjectCall<unknown>, requisition: Requisition, items: Item[]): void {
  const contract = contractOf(call, requisition.commitment_id);
  const before = structuredClone(requisition.items);
  try {
    for (const sent of items) {
      const item = requisition.items.find((one) => one.id === sent.id);
      if (item === undefined) throw invalid({ id: ['is not an item of this invoice'] });
      writeWork(call, contract, item, sent);
    }
    checkOverBilling(call.project, contract, requisition);
  } catch (error) {
    requisition.items = before;
    throw error;
  }
  requisition.updated_at = call.world.now();
}

/** Throws a 422 where the requisition is not the last of its contract, or is frozen. */
export function deleteRequisition(call: ProjectCall<unknown>, requisition: Requisition): void {
  const { world, company, project } = call;
  checkUnlocked(WHAT, requisition);
  if (chainOf(project, requisition.commitment_id).at(-1) !== requisition) {
    throw invalid({ base: ['Only the latest invoice can be deleted'] });
  }
  project.requisitions.delete(requisition.id);
  releaseOriginId(world, company, 'requisition', requisition.origin_id);
}

export function requisitionIn(call: ProjectCall<unknown>, name = 'id'): Requisition {
  const requisition = call.project.requisitions.get(call.id(name));
  if (requisition === undefined) throw notFound('Requisition');
  return requisition;
}
