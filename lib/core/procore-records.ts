import type { Money } from './money.ts';

/** Procore's records as the rules see them. Ids are strings: they outgrow 32 bits (reference/procore.md §1). */

export interface Project {
  id: string;
  name: string;
  number?: string;
}

export interface Vendor {
  id: string;
  name: string;
  originId?: string;
}

/** A vendor with what the connector writes of it, as Procore shows it. */
export interface VendorCard extends Omit<NewVendor, 'originId'> {
  id: string;
  originId?: string;
}

/** What a vendor is created with. Country is ISO 3166 alpha-2, region the state code where Procore has one. */
export interface NewVendor {
  originId: string;
  name: string;
  address?: string;
  city?: string;
  region?: string;
  postalCode?: string;
  country?: string;
  phone?: string;
  email?: string;
  /** The whole name where `name` had to be cut. */
  notes?: string;
}

export interface CostCode {
  id: string;
  /** The full code, `03-300`. */
  code: string;
  name: string;
  /** Only leaves can be booked on. */
  leaf: boolean;
}

/** Procore's line item type: Labor, Materials, Commitment, … */
export interface CostType {
  id: string;
  code: string;
  name: string;
}

export interface WbsCode {
  id: string;
  /** The flat code, `03-300.M`. */
  code: string;
}

/** A part of which a project's WBS codes are made: `cost_code`, `line_item_type`, `sub_job` or `custom`. */
export interface Segment {
  id: string;
  name: string;
  type: string;
  required: boolean;
}

/** `sf`, `ls`: one of the company's list, without which Procore takes no unit on a line. */
export interface UnitOfMeasure {
  id: string;
  name: string;
}

export interface TaxCode {
  id: string;
  code: string;
  archived: boolean;
}

/** A way of looking at a project's budget: which columns it shows, people choose. */
export interface BudgetView {
  id: string;
  name: string;
}

/** Dates are inclusive calendar dates `YYYY-MM-DD`. */
export interface BillingPeriod {
  id: string;
  start: string;
  end: string;
  /** After it only administrators may bill for the period. */
  dueDate?: string;
  status: 'open' | 'closed';
}

/** Procore asks for all of it. */
export type NewBillingPeriod = Required<Omit<BillingPeriod, 'id'>>;

export type CommitmentStatus = 'Draft' | 'Submitted' | 'Approved' | 'Closed';

/** The header of a purchase order contract. Dates are `YYYY-MM-DD`. */
export interface CommitmentHeader {
  originId: string;
  number: string;
  title: string;
  vendorId: string;
  description?: string;
  contractDate?: string;
  deliveryDate?: string;
  shipTo?: string;
  /** Shown as External ID: the Xero order number. */
  originCode: string;
}

/** A purchase order contract as read back. `status` may be a word that we never set. */
export interface Commitment {
  id: string;
  number: string;
  title: string;
  status: string;
  vendorId?: string;
  originId?: string;
  /** Of its lines, whoever wrote them; absent where Procore's answer does not show it. */
  total?: Money;
}

/** Where a line is booked: cost code and cost type, or one WBS code. All Procore ids. */
export type CodeTarget = { costCodeId: string; costTypeId: string } | { wbsCodeId: string };

/** A line of the schedule of values. */
export interface SovLine {
  originId: string;
  /** Xero's id of the order's line. */
  lineId: string;
  description: string;
  amount: Money;
  target: CodeTarget;
}

/** An SOV line as read back, with what it is booked on as far as Procore tells. */
export interface WrittenSovLine {
  id: string;
  originId?: string;
  description?: string;
  amount: Money;
  costCode?: Pick<CostCode, 'id' | 'code'>;
  costType?: Pick<CostType, 'id' | 'code'>;
  wbsCode?: WbsCode;
}

/** A budget view of a project: people choose in it which columns there are. */
export interface BudgetView {
  id: string;
  name: string;
}

/** One budget code in a budget view. */
export interface BudgetRow {
  wbsCodeId?: string;
  costCodeId?: string;
  costTypeId?: string;
  /** As the view calls it: `03-300 - Cast-in-Place Concrete, Materials`. */
  name: string;
  /** False where costs were booked on a code that the budget lacks. */
  budgeted: boolean;
  /** Amounts by the title or the key of their column, as Procore writes it. */
  columns: Record<string, Money>;
}

export interface NewRequisition {
  commitmentId: string;
  periodId: string;
  start: string;
  end: string;
  billingDate: string;
  invoiceNumber: string;
  /** Invisible text by which a crashed run finds its own requisition again. */
  originData: string;
  items: { sovLineId: string; amount: Money }[];
}

export type RequisitionStatus =
  | 'draft'
  | 'under_review'
  | 'revise_and_resubmit'
  | 'approved'
  | 'approved_as_noted'
  | 'pending_owner_approval';

/** A requisition as read back. Its status is text because Procore may add a word. */
export interface Requisition {
  id: string;
  commitmentId: string;
  invoiceNumber?: string;
  /** Its place in the commitment's chain, from 1. */
  number?: number;
  status: RequisitionStatus | (string & {});
  periodId?: string;
  billingDate?: string;
  originId?: string;
  originData?: string;
  /** Names of the files at it, where the answer shows them. */
  attachments?: string[];
}

/** One row of a requisition, for one SOV line: `amount` is the work completed in this period alone. */
export interface RequisitionItem {
  id: string;
  sovLineId: string;
  amount: Money;
  /** What the SOV line is worth. */
  scheduled?: Money;
  /** Work completed in the requisitions before this one. */
  previously?: Money;
  /** What is kept back of the amount and not paid out. */
  retained?: Money;
}

/** A requisition with its rows for SOV lines. */
export type RequisitionWithItems = Requisition & { items: RequisitionItem[] };

/** What is to change of a requisition: only the fields that are there are sent. */
export interface RequisitionChange {
  invoiceNumber?: string;
  periodId?: string;
  start?: string;
  end?: string;
  billingDate?: string;
  status?: RequisitionStatus;
  /** Null unlocks the requisition, text locks it (reference/procore.md §5). */
  originId?: string | null;
  originData?: string;
  paymentDate?: string;
  items?: { id: string; amount: Money }[];
  /** Files to put to it, by what uploadFile gave. */
  uploadIds?: string[];
}

/** A file for Procore. */
export interface NewFile {
  fileName: string;
  mimeType: string;
  content: Uint8Array<ArrayBuffer>;
}

/** A payment issued on a commitment, as read back. */
export interface ContractPayment {
  id: string;
  amount: Money;
  date?: string;
  requisitionId?: string;
  originId?: string;
  invoiceNumber?: string;
}

/** Its originId locks it from the start. */
export interface NewContractPayment {
  originId: string;
  amount: Money;
  date: string;
  requisitionId: string;
  invoiceNumber: string;
  notes?: string;
}

export type DirectCostStatus = 'draft' | 'pending' | 'revise_and_resubmit' | 'approved';

/** A direct cost as read back. */
export interface DirectCost {
  id: string;
  originId?: string;
  invoiceNumber?: string;
  status: DirectCostStatus | (string & {});
  vendorId?: string;
  date?: string;
  paymentDate?: string;
  /** Of all lines, net of tax. The lines themselves are not listed. */
  total?: Money;
}

/** A direct cost, to create or to bring an existing one to. */
export interface NewDirectCost {
  originId: string;
  /** `expense` names no supplier and need not have a number. */
  type: 'invoice' | 'expense';
  vendorId?: string;
  invoiceNumber: string;
  date: string;
  receivedDate?: string;
  paymentDate?: string;
  status: Exclude<DirectCostStatus, 'revise_and_resubmit'>;
  description?: string;
  /** At most a hundred (Procore docs: Create Direct Cost Item); net of tax. */
  lines: { originId: string; description: string; amount: Money; wbsCodeId: string }[];
}
