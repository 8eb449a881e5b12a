import type { Money } from '../../core/money.ts';
import { formatMoney, money } from '../../core/money.ts';
import { checkSovOpen } from './contract-rules.ts';
import { invalid } from './errors.ts';
import { resolveCoding } from './line-coding.ts';
import type { LineFields } from './line-fields.ts';
import { checkOriginId, claimOriginId, releaseOriginId } from './origin-ids.ts';
import type { Contract, Line, Requisition } from './records.ts';
import { billedOnLine, chainOf } from './requisition-figures.ts';
import { newItem } from './requisition-items.ts';
import type { ProjectCall } from './route.ts';
import { stamps } from './world.ts';

export function createLine(call: ProjectCall<unknown>, contract: Contract, fields: LineFields): Line {
  const { world, company } = call;
  checkSovOpen(call, contract);
  if (fields.origin_id) checkOriginId(world, company, 'line', undefined, fields.origin_id);
  const code = resolveCoding(call, fields);
  if (code === undefined) throw invalid({ wbs_code_id: ["can't be blank"] });
  const amount = amountOf(contract, fields);
  const line: Line = { ...fields, id: world.nextId(), amount, wbs_code_id: code.id, ...stamps(world) };
  claimOriginId(world, company, 'line', line.id, fields.origin_id);
  contract.lines.push(line);
  if (world.rules.newLinesJoinDrafts) joinDrafts(call, contract, line);
  touch(call, contract);
  return line;
}

export function updateLine(
  call: ProjectCall<unknown>,
  contract: Contract,
  line: Line,
  fields: LineFields,
): Line {
  const { world, company } = call;
  checkSovOpen(call, contract);
  const code = resolveCoding(call, fields);
  const amount = amountOf(contract, { ...line, ...fields });
  checkStillCovers(billed(call, contract, line), money(line.amount), money(amount));
  claimOriginId(world, company, 'line', line.id, fields.origin_id, line.origin_id);
  Object.assign(line, fields, { id: line.id, amount, wbs_code_id: code?.id ?? line.wbs_code_id });
  line.updated_at = world.now();
  touch(call, contract);
  return line;
}

/** Deletes a line; draft requisitions lose their item on it. Throws a 422 once it is billed. */
export function deleteLine(call: ProjectCall<unknown>, contract: Contract, line: Line): void {
  const { world, company, project } = call;
  checkSovOpen(call, contract);
  const holders = chainOf(project, contract.id).filter((one) => holds(call, one, line));
  if (holders.length > 0) throw invalid({ base: ['Line item has been invoiced and cannot be deleted'] });
  for (const requisition of chainOf(project, contract.id)) {
    requisition.items = requisition.items.filter((item) => item.line_item_id !== line.id);
  }
  contract.lines.splice(contract.lines.indexOf(line), 1);
  releaseOriginId(world, company, 'line', line.origin_id);
  touch(call, contract);
}

function holds({ world }: ProjectCall<unknown>, requisition: Requisition, line: Line): boolean {
  if (requisition.status === 'draft' && !world.rules.draftsHoldLines) return false;
  const items = requisition.items.filter((item) => item.line_item_id === line.id);
  return items.some(
    (item) => !money(item.work_completed_this_period).eq(0) || !money(item.materials_presently_stored).eq(0),
  );
}

function billed({ world, project }: ProjectCall<unknown>, contract: Contract, line: Line): Money {
  return billedOnLine(project, contract, line.id, world.rules.draftsHoldLines);
}

/** A line that takes something off, with an amount below nothing, is used up from the other side. */
function checkStillCovers(done: Money, before: Money, amount: Money): void {
  const short = before.lt(0) ? done.lt(0) && amount.gt(done) : done.gt(0) && amount.lt(done);
  if (short) throw invalid({ amount: [`cannot go below the ${formatMoney(done)} already invoiced`] });
}

/** Unit contracts multiply, unless the line overrides its subtotal; amount contracts take the amount. */
function amountOf(contract: Contract, fields: LineFields): string {
  const byDefault = contract.accounting_method === 'unit' ? 'calculated' : 'manual';
  if ((fields.extended_type ?? byDefault) === 'manual') return formatMoney(money(fields.amount ?? '0'));
  return formatMoney(money(fields.quantity ?? '0').times(fields.unit_cost ?? '0'));
}

function joinDrafts({ world, project }: ProjectCall<unknown>, contract: Contract, line: Line): void {
  for (const requisition of chainOf(project, contract.id)) {
    if (requisition.status === 'draft') requisition.items.push(newItem(world, line));
  }
}

function touch({ world }: ProjectCall<unknown>, contract: Contract): void {
  contract.updated_at = world.now();
}
