import type { KnownLine } from '../../core/charges/known-order.ts';
import type { ApplicationLink } from '../../core/charges/links.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import type { Money } from '../../core/money.ts';
import { money, sum } from '../../core/money.ts';
import type { Workspace } from '../sync/workspace.ts';

/** An order that can be billed: its commitments and the lines that stand on them. */
export interface BillableOrder {
  id: string;
  commitments: CommitmentLink[];
  lines: BillableLine[];
}

/** A line of an order as it stands in Procore; `net` and `billed` in the currency of the books. */
export interface BillableLine extends KnownLine {
  projectId: string;
  /** Of the SOV line. */
  originId: string;
  /** By other charges. */
  billed: Money;
}

/** Which version of an order is billed: as Xero and Procore agree on it, or as it stands in Procore whatever Xero says. */
export type AsOf = 'agreed' | 'standing';

/**
 * The orders of these that stand in Procore. Those that are kept out of it on purpose are left away: what is billed of
 * them is a cost without an order. Throws NeedsPerson('order-not-posted') for one that is still to come, or to change.
 */
export async function billableOrders(
  orderIds: string[],
  others: ApplicationLink[],
  workspace: Workspace,
  asOf: AsOf,
): Promise<BillableOrder[]> {
  const orders: BillableOrder[] = [];
  for (const orderId of orderIds) {
    const order = await billableOrder(orderId, others, workspace, asOf);
    if (order) orders.push(order);
  }
  return orders;
}

async function billableOrder(
  orderId: string,
  others: ApplicationLink[],
  { deployment, connection }: Workspace,
  asOf: AsOf,
): Promise<BillableOrder | undefined> {
  const commitments = await deployment.links.commitments(connection.id, orderId);
  const [record, known] = await Promise.all([
    deployment.documents.get(connection.id, orderId),
    deployment.suppliers.order(connection.id, orderId),
  ]);
  // Of an order that changed since, or waits for a person, the very lines that are billed may be about to change.
  const isLevel = record !== undefined && known !== undefined && record.version >= known.version;
  if (isLevel && commitments.length === 0 && record.state === 'left-out') return undefined;
  const isApproved = commitments.every(({ status }) => status === 'Approved');
  const carried =
    asOf === 'standing' ? await deployment.suppliers.carried(connection.id, orderId) : undefined;
  const stands = carried !== undefined && commitments.length > 0 && record?.code !== 'commitment-gone';
  if (!isApproved || !(stands || (isLevel && record.state === 'posted'))) {
    const state = isLevel ? (record.code ?? record.state) : 'not carried yet';
    throw new NeedsPerson('order-not-posted', {
      facts: { order: known?.number ?? orderId, orderId, state },
    });
  }
  const billedOn = others.filter((link) => link.orderId === orderId);
  const lines = commitments.flatMap(({ projectId, lines }) =>
    Object.entries(lines).flatMap(([originId, standing]): BillableLine[] => {
      const line = (carried ?? known)?.lines.find(({ id }) => id === standing.lineId);
      if (!line) return [];
      const billed = sum(billedOn.flatMap(({ items }) => (items[originId] ? [money(items[originId])] : [])));
      return [{ ...line, net: money(standing.amount), projectId, originId, billed }];
    }),
  );
  return { id: orderId, commitments, lines };
}
