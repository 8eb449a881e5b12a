import type { DirectCostFields, NewDirectCostFields } from './direct-cost-fields.ts';
import { addLine, WHAT } from './direct-cost-lines.ts';
import { invalid, notFound } from './errors.ts';
import { checkOriginId, claimOriginId, releaseOriginId } from './origin-ids.ts';
import { checkLock, checkUnlocked } from './origin-lock.ts';
import type { DirectCost } from './records.ts';
import type { ProjectCall } from './route.ts';
import { stamps } from './world.ts';

/** Creates a direct cost with its lines. Throws a 422 by the rules, and then leaves nothing behind. */
export function createDirectCost(call: ProjectCall<unknown>, sent: NewDirectCostFields): DirectCost {
  const { world, company, project } = call;
  const { line_items, direct_cost_type, status, ...fields } = sent;
  if (!direct_cost_type) throw invalid({ direct_cost_type: ["can't be blank"] });
  checkInvoice({ ...fields, direct_cost_type });
  checkVendor(call, fields.vendor_id);
  if (fields.origin_id) checkOriginId(world, company, 'direct-cost', undefined, fields.origin_id);
  const cost: DirectCost = {
    ...fields,
    id: world.nextId(),
    direct_cost_type,
    status: status ?? 'draft',
    lines: [],
    ...stamps(world),
  };
  try {
    for (const { manual_amount, ref: _, ...line } of line_items ?? []) {
      if (!line.wbs_code_id) throw invalid({ wbs_code_id: ["can't be blank"] });
      addLine(call, cost, { ...line, amount: manual_amount });
    }
  } catch (error) {
    for (const line of cost.lines) releaseOriginId(world, company, 'direct-cost-line', line.origin_id);
    throw error;
  }
  claimOriginId(world, company, 'direct-cost', cost.id, fields.origin_id);
  project.directCosts.set(cost.id, cost);
  return cost;
}

/** A direct cost with an origin_id takes no change but the release of that origin_id. */
export function updateDirectCost(
  call: ProjectCall<unknown>,
  cost: DirectCost,
  sent: DirectCostFields,
): DirectCost {
  const { world, company } = call;
  const { direct_cost_type, status, ...fields } = sent;
  const { directCostsUnlock, unlocksTakeChanges } = world.rules;
  checkLock(WHAT, cost, sent, { unlocks: directCostsUnlock, withChanges: unlocksTakeChanges });
  if (direct_cost_type && direct_cost_type !== cost.direct_cost_type)
    throw invalid({ direct_cost_type: ['cannot be changed'] });
  checkInvoice({ ...cost, ...fields });
  checkVendor(call, fields.vendor_id);
  claimOriginId(world, company, 'direct-cost', cost.id, fields.origin_id, cost.origin_id);
  return Object.assign(cost, fields, { status: status ?? cost.status, updated_at: world.now() });
}

/** Throws a 422 where an origin_id freezes it. */
export function deleteDirectCost(call: ProjectCall<unknown>, cost: DirectCost): void {
  const { world, company, project } = call;
  checkUnlocked(WHAT, cost);
  project.directCosts.delete(cost.id);
  for (const line of cost.lines) releaseOriginId(world, company, 'direct-cost-line', line.origin_id);
}

export function directCostIn(call: ProjectCall<unknown>, name = 'id'): DirectCost {
  const cost = call.project.directCosts.get(call.id(name));
  if (cost === undefined) throw notFound('Direct cost');
  return cost;
}

function checkInvoice(cost: Pick<DirectCost, 'direct_cost_type' | 'vendor_id' | 'invoice_number'>): void {
  if (cost.direct_cost_type !== 'invoice') return;
  if (!cost.vendor_id) throw invalid({ vendor_id: ["can't be blank"] });
  if (!cost.invoice_number) throw invalid({ invoice_number: ["can't be blank"] });
}

function checkVendor({ company }: ProjectCall<unknown>, vendorId?: number | null): void {
  if (vendorId && !company.vendors.has(vendorId)) throw invalid({ vendor_id: ['is invalid'] });
}
