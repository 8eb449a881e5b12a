import { accountOf, ITEMS, PROJECT_OPTIONS } from '../../../lib/sandbox/seed/chart.ts';
import { guid } from '../../../lib/sandbox/seed/identity.ts';
import { categoryId, optionId } from '../../../lib/sandbox/seed/xero-lines.ts';
import { contactId } from '../../../lib/sandbox/seed/xero-reference.ts';
import type { InvoiceDraft, PurchaseOrderDraft } from '../../../lib/sandbox/xero/documents.ts';
import type { LineItemDraft } from '../../../lib/sandbox/xero/lines.ts';
import { seededBelow } from './random.ts';

/** What a bill bills: its order in full, some lines of it, or nothing that was ordered. */
export type BillKind = 'in-full' | 'in-part' | 'without-order';

export interface OrderPaper extends PurchaseOrderDraft {
  PurchaseOrderID: string;
  PurchaseOrderNumber: string;
}

export interface BillPaper extends InvoiceDraft {
  InvoiceID: string;
  kind: BillKind;
  /** The order that it bills. */
  orderId?: string;
}

export interface Workload {
  suppliers: string[];
  orders: OrderPaper[];
  bills: BillPaper[];
}

const SEED = 20_261_122;
const LINES = [1, 6] as const;
/** Of a hundred bills; the rest bills its order in full. */
const MIX = { inPart: 12, withoutOrder: 8 };
/** About what a contractor has open with one supplier in a year. */
const ORDERS_PER_SUPPLIER = 25;
const WITHOUT_ORDERS = 2;

/**
 * So many orders and so many bills of one project, dated today: one bill for each order, but for those that come without
 * an order. The same at every run. `name` keeps the documents of two workloads apart; `only` makes all bills of a kind.
 */
export function workload(
  count: number,
  today: string,
  { name = 'BL', only }: { name?: string; only?: BillKind } = {},
): Workload {
  const below = seededBelow(SEED);
  const suppliers = supplierNames(count);
  // The last ones never get an order: authorities, utilities.
  const ordering = suppliers.slice(0, -WITHOUT_ORDERS);
  const orders = Array.from({ length: count }, (_, at): OrderPaper => {
    const number = `${name}-${String(at + 1).padStart(5, '0')}`;
    const lines = LINES[0] + below(LINES[1] - LINES[0] + 1);
    return {
      PurchaseOrderID: guid('bench order', number),
      PurchaseOrderNumber: number,
      Contact: { ContactID: contactId(ordering[below(ordering.length)]!) },
      Date: today,
      Status: 'AUTHORISED',
      LineItems: Array.from({ length: lines }, (_, line) => goods(`${number}/${line}`, below)),
    };
  });
  const authorities = suppliers.slice(-WITHOUT_ORDERS);
  return { suppliers, orders, bills: orders.map((order) => billOf(order, authorities, below, today, only)) };
}

function billOf(
  order: OrderPaper,
  authorities: string[],
  below: (limit: number) => number,
  today: string,
  only: BillKind | undefined,
): BillPaper {
  const kind = only ?? kindOf(below(100), order.LineItems!.length);
  const number = order.PurchaseOrderNumber;
  const facts = {
    InvoiceID: guid('bench bill', number),
    Type: 'ACCPAY' as const,
    Contact: order.Contact,
    Date: today,
    DueDate: today,
    Status: 'AUTHORISED' as const,
  };
  const copied = order.LineItems!.map((line, at) => ({
    ...line,
    LineItemID: guid('bench bill line', `${number}/${at}`),
  }));
  if (kind === 'in-full')
    return { ...facts, kind, orderId: order.PurchaseOrderID, InvoiceNumber: number, LineItems: copied };
  if (kind === 'in-part') {
    const some = copied.slice(0, Math.ceil(copied.length / 2));
    return { ...facts, kind, orderId: order.PurchaseOrderID, InvoiceNumber: number, LineItems: some };
  }
  // Nothing on it leads to any order.
  const fee = { ...goods(`${number}/fee`, below), ...FEE, UnitAmount: 10 + below(90_000) / 100 };
  const { ItemCode: _, ...line } = fee;
  const reference = `Permit ${inLetters(guid('bench permit', number))}`;
  const Contact = { ContactID: contactId(authorities[below(authorities.length)]!) };
  return { ...facts, kind, Contact, InvoiceNumber: reference, LineItems: [line] };
}

const FEE = { Description: 'Inspection fee of the city', AccountCode: '5300', TaxType: 'NONE', Quantity: 1 };

function kindOf(percent: number, lines: number): BillKind {
  if (percent < MIX.withoutOrder) return 'without-order';
  return percent < MIX.withoutOrder + MIX.inPart && lines > 1 ? 'in-part' : 'in-full';
}

/** In words how many are of each kind. */
export function mixOf(bills: BillPaper[]): string {
  const kinds = Map.groupBy(bills, ({ kind }) => kind);
  return [...kinds].map(([kind, of]) => `${of.length} ${kind}`).join(', ');
}

/** Wares that the seed's rules know a cost code for in this project. */
const WARES = ITEMS.filter(({ code, account }) => account === '5000' && code !== 'STL-DISC');

function goods(key: string, below: (limit: number) => number): LineItemDraft {
  const { code, name, account } = WARES[below(WARES.length)]!;
  return {
    LineItemID: guid('bench line', key),
    Description: name,
    ItemCode: code,
    AccountCode: account,
    TaxType: accountOf(account).tax,
    Quantity: 1 + below(40),
    UnitAmount: (100 + below(20_000)) / 100,
    Tracking: [
      {
        TrackingCategoryID: categoryId('Project'),
        TrackingOptionID: optionId('Project', PROJECT_OPTIONS.riverside),
      },
    ],
  };
}

const TRADES = ['Concrete', 'Electric', 'Plumbing', 'Roofing', 'Steel', 'Lumber', 'Drywall', 'Painting'];
const PLACES = ['Amber', 'Birch', 'Cedar', 'Dover', 'Elgin', 'Fargo', 'Galena', 'Hinton', 'Ivory', 'Juno'];

/** Names too far apart for a near match; Xero and Procore spell them alike. */
function supplierNames(orders: number): string[] {
  const count = WITHOUT_ORDERS + Math.max(3, Math.ceil(orders / ORDERS_PER_SUPPLIER));
  return Array.from({ length: count }, (_, at) => {
    const place = PLACES[at % PLACES.length];
    const trade = TRADES[Math.floor(at / PLACES.length) % TRADES.length];
    const own = inLetters(guid('bench supplier', String(at)));
    return `${own[0]!.toUpperCase()}${own.slice(1)} ${place} ${trade} LLC`;
  });
}

/** Eight letters of it: digits would look like an order's number. */
function inLetters(id: string): string {
  return id.slice(0, 8).replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!);
}
