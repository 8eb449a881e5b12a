import { pollDueConnections } from '../../../lib/flows/poll/poll-xero.ts';
import { receiveXeroWebhook } from '../../../lib/flows/webhook/receive-xero-webhook.ts';
import { cacheDirectory } from '../../../lib/flows/webhook/webhook-directory.ts';
import { DEMO_CREDENTIALS } from '../../../lib/sandbox/seed/contractor.ts';
import { signature, webhookBody } from '../../../lib/sandbox/xero/webhook-body.ts';
import type { Rig } from './rig.ts';
import { TENANT } from './vendors.ts';
import type { BillPaper, OrderPaper } from './workload.ts';

/** Somebody enters the orders in Xero. */
export function enterOrders({ vendors }: Pick<Rig, 'vendors'>, orders: OrderPaper[]): void {
  for (const order of orders) vendors.xero.savePurchaseOrder(TENANT, order);
}

/** Somebody enters the bills in Xero. */
export function enterBills({ vendors }: Pick<Rig, 'vendors'>, bills: BillPaper[]): void {
  for (const { kind: _kind, orderId: _order, ...bill } of bills) vendors.xero.saveInvoice(TENANT, bill);
}

/** The minute's run of poll-xero, whose look for orders is due. */
export async function poll({ deployment, connectionId }: Rig): Promise<void> {
  await deployment.cursors.put(connectionId, { nextPollAt: deployment.clock.now().toISOString() });
  await pollDueConnections(deployment);
}

/** How many events Xero puts into one delivery is not documented; as many as anybody has seen. */
const EVENTS_PER_DELIVERY = 50;

/** Xero tells of the bills; returns how many deliveries it took. */
export async function tellOf(rig: Rig, bills: BillPaper[]): Promise<number> {
  const { deployment } = rig;
  const door = {
    directory: cacheDirectory(deployment, deployment.clock),
    queue: deployment.queue,
    clock: deployment.clock,
  };
  let deliveries = 0;
  for (let start = 0; start < bills.length; start += EVENTS_PER_DELIVERY) {
    const events = bills.slice(start, start + EVENTS_PER_DELIVERY).map(({ InvoiceID }) => ({
      tenantId: TENANT,
      eventCategory: 'INVOICE' as const,
      eventType: 'CREATE' as const,
      resourceId: InvoiceID,
      at: deployment.clock.now(),
    }));
    const body = webhookBody(events, start + 1, start + events.length);
    const signed = signature(body, DEMO_CREDENTIALS.xero.webhookKey);
    const { status } = await receiveXeroWebhook(Buffer.from(body), signed, door);
    if (status !== 200) throw new Error(`xero-webhook answered ${status}`);
    deliveries++;
  }
  return deliveries;
}
