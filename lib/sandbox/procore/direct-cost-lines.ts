import { formatMoney, money } from '../../core/money.ts';
import type { DirectCostLineFields } from './direct-cost-fields.ts';
import { invalid, notFound } from './errors.ts';
import { resolveCoding } from './line-coding.ts';
import { claimOriginId, releaseOriginId } from './origin-ids.ts';
import { checkUnlocked } from './origin-lock.ts';
import type { DirectCost, DirectCostLine } from './records.ts';
import type { ProjectCall } from './route.ts';
import { stamps } from './world.ts';

/** What people see it called. */
export const WHAT = 'Direct cost';

/** Adds a line to a direct cost, which is not looked at. Throws a 422 by the rules, and then adds nothing. */
export function addLine(call: ProjectCall<unknown>, cost: DirectCost, fields: DirectCostLineFields): void {
  const { world, company } = call;
  const code = resolveCoding(call, fields);
  if (code === undefined) throw invalid({ wbs_code_id: ["can't be blank"] });
  const amount = amountOf(call, fields);
  const line = { ...fields, id: world.nextId(), amount, wbs_code_id: code.id, ...stamps(world) };
  claimOriginId(world, company, 'direct-cost-line', line.id, fields.origin_id);
  cost.lines.push(line);
}

/** Creates a line in the direct cost that it names. Throws a 422 where an origin_id freezes that. */
export function createLine(call: ProjectCall<unknown>, fields: DirectCostLineFields): DirectCostLine {
  const cost = call.project.directCosts.get(fields.direct_cost_id ?? 0);
  if (cost === undefined) throw invalid({ direct_cost_id: ['is invalid'] });
  checkUnlocked(WHAT, cost);
  addLine(call, cost, fields);
  return cost.lines.at(-1)!;
}

/** Throws a 422 where the origin_id of its direct cost freezes the line. */
export function updateLine(
  call: ProjectCall<unknown>,
  line: DirectCostLine,
  { id: _, ...fields }: DirectCostLineFields,
): DirectCostLine {
  const { world, company } = call;
  checkUnlocked(WHAT, holderOf(call, line));
  const code = resolveCoding(call, fields);
  const amount = amountOf(call, { ...line, ...fields });
  claimOriginId(world, company, 'direct-cost-line', line.id, fields.origin_id, line.origin_id);
  return Object.assign(line, fields, {
    amount,
    wbs_code_id: code?.id ?? line.wbs_code_id,
    updated_at: world.now(),
  });
}

export function deleteLine(call: ProjectCall<unknown>, cost: DirectCost, lineId: number): void {
  checkUnlocked(WHAT, cost);
  const line = cost.lines.find((one) => one.id === lineId);
  if (line === undefined) throw notFound('Line item');
  cost.lines.splice(cost.lines.indexOf(line), 1);
  releaseOriginId(call.world, call.company, 'direct-cost-line', line.origin_id);
}

export function holderOf({ project }: ProjectCall<unknown>, line: DirectCostLine): DirectCost {
  return [...project.directCosts.values()].find((cost) => cost.lines.includes(line))!;
}

function amountOf({ world }: ProjectCall<unknown>, fields: DirectCostLineFields): string {
  const product = money(fields.quantity ?? '0').times(fields.unit_cost ?? '0');
  const amount = fields.amount ? money(fields.amount) : product;
  if (amount.lt(0) && !world.rules.negativeAmounts)
    throw invalid({ amount: ['must be greater than or equal to 0'] });
  return formatMoney(amount);
}
