import type { StandingCommitment } from '../../bin/local/procore-content.ts';
import type { Verdict } from '../../lib/flows/settle.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import type { CostArea, ProjectKey } from '../../lib/sandbox/seed/chart.ts';
import { accountOf, itemOf, PROJECT_OPTIONS } from '../../lib/sandbox/seed/chart.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { SupplierKey } from '../../lib/sandbox/seed/suppliers.ts';
import { supplierOf } from '../../lib/sandbox/seed/suppliers.ts';
import { categoryId, optionId } from '../../lib/sandbox/seed/xero-lines.ts';
import { contactId } from '../../lib/sandbox/seed/xero-reference.ts';
import type { PurchaseOrder, PurchaseOrderDraft } from '../../lib/sandbox/xero/documents.ts';
import type { LineItemDraft } from '../../lib/sandbox/xero/lines.ts';
import type { Scene } from './scene.ts';
import { messageAbout, standing } from './scene.ts';

interface Where {
  project?: ProjectKey | undefined;
  area?: CostArea;
}

/** A line of the price list, taxed as its account is. */
export function goods(code: string, quantity: number, price: number, where: Where = {}): LineItemDraft {
  const { name, account } = itemOf(code);
  return { ...lump(account, name, price, where), ItemCode: code, Quantity: quantity };
}

/** A line in words. */
export function lump(account: string, description: string, price: number, where: Where = {}): LineItemDraft {
  const { project = 'riverside', area } = where;
  return {
    Description: description,
    Quantity: 1,
    UnitAmount: price,
    AccountCode: account,
    TaxType: accountOf(account).tax,
    Tracking: [
      ...('project' in where && where.project === undefined
        ? []
        : [choice('Project', PROJECT_OPTIONS[project])]),
      ...(area ? [choice('Cost Area', area)] : []),
    ],
  };
}

export function choice(category: string, option: string) {
  return { TrackingCategoryID: categoryId(category), TrackingOptionID: optionId(category, option) };
}

export function supplier(key: SupplierKey) {
  return { ContactID: contactId(supplierOf(key).name) };
}

/** Fence (650.00, 01-540.E) and freight (120.00, 01-650.M) from a supplier that Procore does not know. */
export const FENCE: PurchaseOrderDraft = {
  Contact: supplier('capitol'),
  Status: 'AUTHORISED',
  LineItems: [goods('RNT-FNC', 200, 3.25), goods('FRT', 1, 120)],
};

/** Somebody enters an order in Xero; what is not said is as on the fence order. */
export function enterOrder({ demo }: Scene, draft: Partial<PurchaseOrderDraft> = {}): PurchaseOrder {
  return demo.xero.savePurchaseOrder(CONTRACTOR.tenantId, { ...FENCE, ...draft });
}

/** Somebody changes an order in Xero, a minute later. */
export function editOrder(
  { clock, demo }: Scene,
  { PurchaseOrderID }: PurchaseOrder,
  changes: Partial<PurchaseOrderDraft>,
): PurchaseOrder {
  clock.advance(60_000);
  return demo.xero.savePurchaseOrder(CONTRACTOR.tenantId, { PurchaseOrderID, ...changes });
}

/** Works off one message about each order, in one batch. */
export async function sync(scene: Scene, ...orders: PurchaseOrder[]): Promise<Verdict[]> {
  const messages = orders.map(({ PurchaseOrderID }) => messageAbout(scene, PurchaseOrderID));
  return [...(await syncDocuments(messages, scene.deployment)).values()];
}

/** The commitments of one order, by number. */
export function standingOf(scene: Scene, { PurchaseOrderNumber }: PurchaseOrder): StandingCommitment[] {
  return standing(scene).filter(({ number }) => number.startsWith(PurchaseOrderNumber));
}

export function documentOf({ deployment, connectionId }: Scene, { PurchaseOrderID }: PurchaseOrder) {
  return deployment.documents.get(connectionId, PurchaseOrderID);
}

export async function trailOf({ deployment, connectionId }: Scene, { PurchaseOrderID }: PurchaseOrder) {
  return deployment.audit.list(connectionId, PurchaseOrderID);
}
