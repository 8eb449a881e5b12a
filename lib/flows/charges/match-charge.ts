import { matchBill } from '../../core/bill-match/match-bill.ts';
import { bookOf } from '../../core/bill-match/order-book.ts';
import { worthComparing } from '../../core/bill-match/order-index.ts';
import { canonical } from '../../core/canonical.ts';
import type { Charge } from '../../core/charges/charge.ts';
import type { KnownOrder } from '../../core/charges/known-order.ts';
import type { ChargeMatch } from '../../core/charges/links.ts';
import { billedBy } from '../../core/charges/links.ts';
import { NeedsPerson, RetryLater } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { sum } from '../../core/money.ts';
import type { Revised } from '../../store/table.ts';
import type { Trail } from '../sync/trail.ts';
import type { Workspace } from '../sync/workspace.ts';
import { applicationsOn } from './charge-links.ts';

type Decision = Pick<ChargeMatch, 'orders' | 'by' | 'why' | 'named'>;

/**
 * Which orders a charge is for. What a person said stands. What the rules found is asked again each time, since orders
 * that came up meanwhile may be the ones that were meant; but where something `stands` in Procore on orders that are
 * still the supplier's, only other orders undo it, no doubt: somebody who edits a reference later does not either.
 * Throws NeedsPerson('bill-match-uncertain'), RetryLater where not even the first look at the orders is through.
 */
export async function matchCharge(
  charge: Charge,
  before: Revised<ChargeMatch> | undefined,
  workspace: Workspace,
): Promise<Decision> {
  if (charge.kind === 'journal') return { orders: 'none', by: RULES, why: ['it is a journal'] };
  if (before && before.by !== RULES) return before;
  if (!(await workspace.ordersAreRead())) throw new RetryLater('orders-not-read', FIRST_LOOK_SECONDS);
  const orders = charge.contact ? await workspace.ordersOf(charge.contact.id) : [];
  const decided = (await asCredited(charge, workspace)) ?? (await byRules(charge, orders, workspace));
  if (!('ask' in decided) && decided.orders !== 'none') return decided;
  if (before && stillHolds(before, charge, orders) && (await stands(before, workspace))) return before;
  if (!('ask' in decided)) return decided;
  // That its orders were deleted since leaves no question open.
  if (before && areDeleted(before, orders))
    return { orders: 'none', by: RULES, why: ['its order was deleted'] };
  await keepInView(charge, workspace);
  throw decided.ask;
}

const RULES = 'rules';

/** Orders are looked for every minute. */
const FIRST_LOOK_SECONDS = 60;

function stillHolds({ orders }: ChargeMatch, charge: Charge, known: KnownOrder[]): boolean {
  if (!Array.isArray(orders)) return false;
  return orders.every((id) =>
    known.some(
      (order) => order.id === id && order.status !== 'DELETED' && order.currency === charge.currency,
    ),
  );
}

async function stands(
  { documentId, touched }: ChargeMatch,
  { deployment, connection }: Workspace,
): Promise<boolean> {
  const links = await applicationsOn(connection.id, touched, deployment);
  return links.some((link) => link.documentId === documentId);
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
  own: KnownOrder[],
  workspace: Workspace,
): Promise<Decision | { ask: NeedsPerson }> {
  const index = await workspace.orderIndex(own);
  const known = [...own, ...(await ordersOfOthers(worthComparing(charge, index), own, workspace))];
  const found = matchBill(charge, bookOf(index, known), await billedOn(known, charge, workspace));
  if ('orders' in found) return { orders: found.orders, by: RULES, why: found.why, named: found.named };
  if ('none' in found) return { orders: 'none', by: RULES, why: found.none };
  const numberOf = new Map(known.map(({ id, number }) => [id, number]));
  const candidates = found.ask.map(
    ({ orders, reasons }) =>
      `${orders.map((id) => numberOf.get(id) ?? id).join(' + ')}: ${reasons.join(', ')}`,
  );
  const facts = { supplier: charge.contact?.name ?? '', bill: charge.number, why: found.why, candidates };
  return { ask: new NeedsPerson('bill-match-uncertain', { facts }) };
}

/** A sister company may send the bill, or somebody choose the wrong contact. */
async function ordersOfOthers(
  ids: Set<string>,
  own: KnownOrder[],
  { deployment, connection }: Workspace,
): Promise<KnownOrder[]> {
  const others = [...ids].filter((id) => own.every((order) => order.id !== id));
  const read = await Promise.all(others.map((id) => deployment.suppliers.order(connection.id, id)));
  return read.filter((order) => order !== undefined);
}

/** What other charges billed on each order, net. */
async function billedOn(
  known: KnownOrder[],
  charge: Charge,
  workspace: Workspace,
): Promise<Map<string, Money>> {
  const ids = known.map(({ id }) => id);
  const links = (await Promise.all(ids.map((id) => workspace.applicationsOn(id)))).flat();
  const byOrder = Map.groupBy(
    links.filter(({ documentId }) => documentId !== charge.id),
    ({ orderId }) => orderId,
  );
  return new Map(ids.map((id) => [id, sum((byOrder.get(id) ?? []).map(({ items }) => billedBy(items)))]));
}

/** A decision in the words of people: the numbers of the orders, and what speaks for them. */
export interface MatchInWords {
  orders: string[] | 'none';
  by: string;
  why: string[];
}

export async function matchInWords(
  { orders, by, why }: Decision,
  { deployment, connection }: Workspace,
): Promise<MatchInWords> {
  if (!Array.isArray(orders)) return { orders: 'none', by, why };
  const entries = await Promise.all(orders.map((id) => deployment.suppliers.entry(connection.id, id)));
  return { orders: orders.map((id, at) => entries[at]?.number || id), by, why };
}

/**
 * Stores the decision, tells the trail where it is a new one, and keeps the charge in view as long as another order may
 * turn out to be meant.
 */
export async function rememberMatch(
  charge: Charge,
  { orders, by, why, named, touched }: Omit<ChargeMatch, 'documentId'>,
  before: Revised<ChargeMatch> | undefined,
  workspace: Workspace,
  trail: Trail,
): Promise<void> {
  const { deployment, connection } = workspace;
  const decision = { documentId: charge.id, orders, by, why, ...(named !== undefined && { named }), touched };
  if (!before || canonical({ ...decision, revision: before.revision }) !== canonical(before)) {
    const revision = before ? { revision: before.revision } : {};
    await deployment.charges.putMatch(connection.id, { ...decision, ...revision });
    const isNews = canonical([orders]) !== canonical([before?.orders]);
    if (isNews && charge.kind !== 'journal') {
      await trail('matched', { ...(await matchInWords({ orders, by, why }, workspace)) });
    }
  }
  if (by === RULES && !named) await keepInView(charge, workspace);
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
