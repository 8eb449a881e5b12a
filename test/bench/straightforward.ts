import { formatMoney, money } from '../../lib/core/money.ts';
import type { BenchVendors } from './carrying/vendors.ts';
import { COMPANY_ID, PROJECT_ID } from './carrying/vendors.ts';
import type { Calls, Json } from './straightforward-calls.ts';
import { signIn } from './straightforward-calls.ts';
import { budgetCodeOf } from './straightforward-codes.ts';

interface XeroLine {
  Description: string;
  ItemCode?: string;
  AccountCode: string;
  LineAmount: number;
}

interface XeroDocument {
  Contact: { Name: string; ContactID: string };
  DateString?: string;
  Date: string;
  LineItems: XeroLine[];
}

interface XeroOrder extends XeroDocument {
  PurchaseOrderID: string;
  PurchaseOrderNumber: string;
}

interface XeroBill extends XeroDocument {
  InvoiceID: string;
  InvoiceNumber: string;
  DueDate: string;
}

interface Row {
  id: number;
}

/** What it remembers of an order between its event and the bill's, as such connectors keep it in a table of theirs. */
interface Carried {
  commitmentId: number;
  requisitionId: number;
  lines: { id: number; key: string }[];
}

/**
 * The connector that the vendors' own sample flows lead to: each event is read by itself, each object and each line is
 * written by a call of its own, and whatever might be there already is looked for first. It does the same work as ours
 * in the usual case, reads reference data once, and knows nothing of limits, doubts and failures.
 */
export interface Straightforward {
  order(orderId: string): Promise<void>;
  /** A bill of this order, or of none. */
  bill(billId: string, orderId: string | undefined): Promise<void>;
}

const V1 = '/rest/v1.0';
const CONTRACTS = `${V1}/purchase_order_contracts`;
const REQUISITIONS = '/rest/v1.1/requisitions';
const V2 = `/rest/v2.0/companies/${COMPANY_ID}/projects/${PROJECT_ID}`;
const IN_PROJECT = `project_id=${PROJECT_ID}`;

export async function startStraightforward(
  vendors: Pick<BenchVendors, 'xero' | 'procore'>,
): Promise<Straightforward> {
  const calls = await signIn(vendors);
  const codes = await budgetCodes(calls);
  const carried = new Map<string, Carried>();
  const { xero, procore } = calls;
  const codeOf = (line: XeroLine) => codes.get(budgetCodeOf(line))!;

  async function vendorOf({ Contact }: XeroDocument): Promise<number> {
    const search = encodeURIComponent(Contact.Name);
    const found = await procore<(Row & { name: string })[]>(
      'GET',
      `${V1}/vendors?company_id=${COMPANY_ID}&view=compact&filters[search]=${search}`,
    );
    const vendor = found.find(({ name }) => name === Contact.Name);
    if (!vendor) throw new Error(`Procore knows no ${Contact.Name}`);
    return vendor.id;
  }

  async function openPeriod(): Promise<{ id: number; start_date: string; end_date: string }> {
    const [period] = await procore<{ id: number; start_date: string; end_date: string }[]>(
      'GET',
      `${V1}/projects/${PROJECT_ID}/billing_periods?filters[status]=open`,
    );
    return period!;
  }

  async function commitment(order: XeroOrder): Promise<number> {
    const origin = `xero:po:${order.PurchaseOrderID}`;
    const vendorId = await vendorOf(order);
    const [known] = await procore<Row[]>('GET', `${CONTRACTS}?${IN_PROJECT}&filters[origin_id]=${origin}`);
    const contract = {
      number: order.PurchaseOrderNumber,
      vendor_id: vendorId,
      accounting_method: 'amount',
      retainage_percent: '0',
      contract_date: dateOf(order.Date),
      origin_id: origin,
    };
    const body = { project_id: PROJECT_ID, purchase_order_contract: contract };
    const { id } = known
      ? await procore<Row>('PATCH', `${CONTRACTS}/${known.id}`, body)
      : await procore<Row>('POST', CONTRACTS, body);
    await procore('PATCH', `${V2}/commitment_contracts/${id}`, {
      ...{ allow_payment_applications: true, allow_payments: true, enable_ssov: false },
    });
    return id;
  }

  return {
    async order(orderId) {
      const answer = await xero<{ PurchaseOrders: XeroOrder[] }>(`/PurchaseOrders/${orderId}`);
      const order = answer.PurchaseOrders[0]!;
      const commitmentId = await commitment(order);
      const lines: Carried['lines'] = [];
      for (const line of order.LineItems) {
        const { id } = await procore<Row>('POST', `${CONTRACTS}/${commitmentId}/line_items`, {
          project_id: PROJECT_ID,
          line_item: {
            ...{ description: line.Description, amount: amountOf(line), extended_type: 'manual' },
            wbs_code_id: codeOf(line),
          },
        });
        lines.push({ id, key: keyOf(line) });
      }
      await procore('PATCH', `${CONTRACTS}/${commitmentId}`, {
        project_id: PROJECT_ID,
        purchase_order_contract: { status: 'Approved' },
      });
      const period = await openPeriod();
      const draft = await procore<Row>('POST', REQUISITIONS, {
        project_id: PROJECT_ID,
        commitment_id: commitmentId,
        requisition: {
          ...{ period_id: period.id, requisition_start: period.start_date, requisition_end: period.end_date },
          ...{ billing_date: dateOf(order.Date), invoice_number: order.PurchaseOrderNumber, status: 'draft' },
          items: order.LineItems.map((line, at) => ({
            ...{ item_type: 'contract_item', line_item_id: lines[at]!.id },
            work_completed_this_period: amountOf(line),
          })),
        },
      });
      carried.set(orderId, { commitmentId, requisitionId: draft.id, lines });
    },

    async bill(billId, orderId) {
      const answer = await xero<{ Invoices: XeroBill[] }>(`/Invoices/${billId}?unitdp=4`);
      const bill = answer.Invoices[0]!;
      if (orderId === undefined) await directCost(bill);
      else await application(bill, carried.get(orderId)!);
    },
  };

  async function application(bill: XeroBill, { commitmentId, requisitionId, lines }: Carried): Promise<void> {
    const all = await procore<Row[]>(
      'GET',
      `${REQUISITIONS}?${IN_PROJECT}&filters[commitment_id]=${commitmentId}`,
    );
    if (!all.some(({ id }) => id === requisitionId)) throw new Error('the draft requisition is gone');
    const path = `${V1}/requisitions/${requisitionId}`;
    const items = await procore<(Row & { line_item_id: number })[]>(
      'GET',
      `${path}/contract_items?${IN_PROJECT}`,
    );
    const left = bill.LineItems.map((line) => ({ key: keyOf(line), amount: amountOf(line) }));
    const requisition_items = items.map(({ id, line_item_id }) => {
      const key = lines.find((line) => line.id === line_item_id)!.key;
      const at = left.findIndex((line) => line.key === key);
      const amount = at < 0 ? '0.00' : left.splice(at, 1)[0]!.amount;
      return { id, item_type: 'contract_item', work_completed_this_period: amount };
    });
    const change = (requisition: Json) =>
      procore('PATCH', `${REQUISITIONS}/${requisitionId}`, {
        ...{ project_id: PROJECT_ID, commitment_id: commitmentId },
        requisition,
      });
    await change({ invoice_number: bill.InvoiceNumber, billing_date: dateOf(bill.Date) });
    await procore('PATCH', `${path}/bulk_item_update?${IN_PROJECT}`, { requisition_items });
    await change({ status: 'approved' });
    await procore('PATCH', `${V2}/requisitions/${requisitionId}/payment_details`, {
      due_date: dateOf(bill.DueDate),
    });
    await change({ origin_id: `xero:bill:${bill.InvoiceID}` });
  }

  async function directCost(bill: XeroBill): Promise<void> {
    const path = `/rest/v1.1/projects/${PROJECT_ID}/direct_costs`;
    const origin = `xero:bill:${bill.InvoiceID}`;
    const vendorId = await vendorOf(bill);
    const known = await procore<Row[]>('GET', `${path}?filters[origin_id]=${origin}`);
    if (known.length > 0) return;
    await procore('POST', path, {
      direct_cost: {
        ...{ direct_cost_type: 'invoice', vendor_id: vendorId, invoice_number: bill.InvoiceNumber },
        ...{ direct_cost_date: dateOf(bill.Date), status: 'approved', origin_id: origin },
        line_items: bill.LineItems.map((line) => ({
          ...{ wbs_code_id: codeOf(line), description: line.Description, manual_amount: amountOf(line) },
        })),
      },
    });
  }
}

/** Ids of the project's budget codes, `06-100.M`. */
async function budgetCodes({ procore }: Calls): Promise<Map<string, number>> {
  const path = `${V1}/projects/${PROJECT_ID}/work_breakdown_structure/wbs_codes?per_page=1000`;
  const rows = await procore<(Row & { flat_code: string })[]>('GET', path);
  return new Map(rows.map(({ id, flat_code }) => [flat_code, id]));
}

/** Xero writes `/Date(1700000000000+0000)/`. */
function dateOf(date: string): string {
  return new Date(Number(/\d+/.exec(date)![0])).toISOString().slice(0, 10);
}

function amountOf({ LineAmount }: XeroLine): string {
  return formatMoney(money(String(LineAmount)));
}

function keyOf(line: XeroLine): string {
  return `${line.ItemCode}|${line.Description}|${amountOf(line)}`;
}
