import { formatMoney, money } from '../../core/money.ts';
import type { DirectCostFields, DirectCostLineFields } from './direct-cost-fields.ts';
import { invalid } from './errors.ts';
import { resolveCoding } from './line-coding.ts';
import { checkOriginId, claimOriginId } from './origin-ids.ts';
import type { DirectCost, DirectCostLine } from './records.ts';
import type { ProjectCall } from './route.ts';
import { stamps } from './world.ts';

/** Creates a direct cost with its lines. Throws a 422 by the rules, and then leaves nothing behind. */
export function createDirectCost(call: ProjectCall<unknown>, sent: DirectCostFields): DirectCost {
  const { world, company, project } = call;
  const { line_items, direct_cost_type, status, ...fields } = sent;
  if (!direct_cost_type) throw invalid({ direct_cost_type: ["can't be blank"] });
  if (direct_cost_type === 'invoice' && !fields.vendor_id) throw invalid({ vendor_id: ["can't be blank"] });
  if (direct_cost_type === 'invoice' && !fields.invoice_number)
    throw invalid({ invoice_number: ["can't be blank"] });
  checkVendor(call, fields.vendor_id);
  if (fields.origin_id) checkOriginId(world, company, 'direct-cost', undefined, fields.origin_id);
  const cost: DirectCost = {
    ...fields,
    id: world.nextId(),
    direct_cost_type,
    status: status ?? 'draft',
    lines: (line_items ?? []).map((line) => newLine(call, line)),
    ...stamps(world),
  };
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
  const { line_items, direct_cost_type, status, ...fields } = sent;
  if (cost.origin_id && fields.origin_id !== null) {
    throw invalid({ base: ['Direct cost is synced with another system and cannot be changed'] });
  }
  checkVendor(call, fields.vendor_id);
  const lines = line_items?.map((line) => newLine(call, line));
  claimOriginId(world, company, 'direct-cost', cost.id, fields.origin_id, cost.origin_id);
  return Object.assign(cost, fields, {
    direct_cost_type: direct_cost_type ?? cost.direct_cost_type,
    status: status ?? cost.status,
    lines: lines ?? cost.lines,
    updated_at: world.now(),
  });
}

function newLine(call: ProjectCall<unknown>, fields: DirectCostLineFields): DirectCostLine {
  const code = resolveCoding(call, { wbs_code_id: fields.wbs_code_id });
  if (code === undefined) throw invalid({ wbs_code_id: ["can't be blank"] });
  const product = money(fields.quantity ?? '0').times(fields.unit_cost ?? '0');
  const amount = formatMoney(fields.manual_amount ? money(fields.manual_amount) : product);
  return { ...fields, id: call.world.nextId(), amount, wbs_code_id: code.id, ...stamps(call.world) };
}

function checkVendor({ company }: ProjectCall<unknown>, vendorId?: number | null): void {
  if (vendorId && !company.vendors.has(vendorId)) throw invalid({ vendor_id: ['is invalid'] });
}
