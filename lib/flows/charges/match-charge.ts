import { matchBill } from '../../core/bill-match/match-bill.ts';
import { indexOrders } from '../../core/bill-match/order-book.ts';
import { canonical } from '../../core/canonical.ts';
import type { Charge } from '../../core/charges/charge.ts';
import type { KnownOrder } from '../../core/charges/known-order.ts';
import type { ChargeMatch } from '../../core/charges/links.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { money, sum } from '../../core/money.ts';
import type { Revised } from '../../store/table.ts';
import type { Workspace } from '../sync/workspace.ts';
import { applicationsOn } from './charge-links.ts';

type Decision = Pick<ChargeMatch, 'orders' | 'by' | 'why'>;

/**
 * Which orders a charge is for. What a person said stands; so does what the rules found, as long as those orders are
 * still the supplier's: somebody who edits a reference later does not undo it. Throws NeedsPerson('bill-match-uncertain').
 */
export async function matchCharge(
  charge: Charge,
  before: Revised<ChargeMatch> | undefined,
  workspace: Workspace,
): Promise<Decision> {
  if (charge.kind === 'journal') return { orders: 'none', by: RULES, why: ['it is a journal'] };
  const { deployment, connection } = workspace;
  const orders = charge.contact ? await deployment.suppliers.orders(connection.id, charge.contact.id) : [];
  if (before && (before.by !== RULES || stillHolds(before, charge, orders))) return before;
  const decided = (await asCredited(charge, workspace)) ?? (await byRules(charge, orders, workspace));
  if (!('ask' in decided)) return decided;
  // That its orders were deleted since leaves no question open.
  if (before && areDeleted(before, orders))
    return { orders: 'none', by: RULES, why: ['its order was deleted'] };
  await keepInView(charge, workspace);
  throw decided.ask;
}

const RULES = 'rules';

function stillHolds({ orders }: ChargeMatch, charge: Charge, known: KnownOrder[]): boolean {
  if (!Array.isArray(orders)) return false;
  return orders.every((id) =>
    known.some(
      (order) => order.id === id && order.status !== 'DELETED' && order.currency === charge.currency,
    ),
  );
}

function areDeleted({ touched }: ChargeMatch, known: KnownOrder[]): boolean {
  if (touched.length === 0) return false;
  return touched.every((id) => known.some((order) => order.id === id && order.status === 'DELETED'));
}

/** A credit note that was set off against bills is for what those are for. */
async function asCredited(
  { creditedBills }: Charge,
  { deployment, connection }: Workspace,
): Promise<Decision | undefined> {
  const matches = await Promise.all(
    creditedBills.map((billId) => deployment.charges.match(connection.id, billId)),
  );
  const orders = matches.flatMap((match) => (Array.isArray(match?.orders) ? match.orders : []));
  const why = ['it was set off against bills that are for the same'];
  if (orders.length > 0) return { orders: [...new Set(orders)], by: RULES, why };
  return matches.some((match) => match?.orders === 'none') ? { orders: 'none', by: RULES, why } : undefined;
}

async function byRules(
  charge: Charge,
  known: KnownOrder[],
  workspace: Workspace,
): Promise<Decision | { ask: NeedsPerson }> {
  const found = matchBill(charge, indexOrders(known), await billedOn(known, charge, workspace));
  if ('orders' in found) return { orders: found.orders, by: RULES, why: found.why };
  if ('none' in found) return { orders: 'none', by: RULES, why: found.none };
  const numberOf = new Map(known.map(({ id, number }) => [id, number]));
  const candidates = found.ask.map(
    ({ orders, reasons }) =>
      `${orders.map((id) => numberOf.get(id) ?? id).join(' + ')}: ${reasons.join(', ')}`,
  );
  const facts = { supplier: charge.contact?.name ?? '', bill: charge.number, why: found.why, candidates };
  return { ask: new NeedsPerson('bill-match-uncertain', { facts }) };
}

/** What other charges billed on each order, net. */
async function billedOn(
  known: KnownOrder[],
  charge: Charge,
  { deployment, connection }: Workspace,
): Promise<Map<string, Money>> {
  const ids = known.map(({ id }) => id);
  const links = await applicationsOn(connection.id, ids, deployment);
  const byOrder = Map.groupBy(
    links.filter(({ documentId }) => documentId !== charge.id),
    ({ orderId }) => orderId,
  );
  return new Map(
    ids.map((id) => [
      id,
      sum((byOrder.get(id) ?? []).flatMap(({ items }) => Object.values(items).map(money))),
    ]),
  );
}

/** Stores the decision, and keeps the charge in view as long as it is no order's by the rules' word alone. */
export async function rememberMatch(
  charge: Charge,
  { orders, by, why, touched }: Omit<ChargeMatch, 'documentId'>,
  before: Revised<ChargeMatch> | undefined,
  workspace: Workspace,
): Promise<void> {
  const { deployment, connection } = workspace;
  const decision = { documentId: charge.id, orders, by, why, touched };
  if (!before || canonical({ ...decision, revision: before.revision }) !== canonical(before)) {
    const revision = before ? { revision: before.revision } : {};
    await deployment.charges.putMatch(connection.id, { ...decision, ...revision });
  }
  if (orders === 'none' && by === RULES) await keepInView(charge, workspace);
  else if (charge.contact) {
    await deployment.suppliers.forgetUndecided(connection.id, charge.contact.id, charge.id);
  }
}

/** It is looked at again whenever an order of its supplier comes up or changes. */
export async function keepInView(
  { contact, kind, id }: Charge,
  { deployment, connection }: Workspace,
): Promise<void> {
  if (contact && kind !== 'journal')
    await deployment.suppliers.noteUndecided(connection.id, contact.id, { kind, id });
}
