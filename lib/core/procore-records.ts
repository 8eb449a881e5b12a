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

/** Dates are inclusive calendar dates `YYYY-MM-DD`. */
export interface BillingPeriod {
  id: string;
  start: string;
  end: string;
  status: 'open' | 'closed';
}

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
}

/** Where a line is booked: cost code and cost type, or one WBS code. All Procore ids. */
export type CodeTarget = { costCodeId: string; costTypeId: string } | { wbsCodeId: string };

/** A line of the schedule of values, net of tax. */
export interface SovLine {
  originId: string;
  description: string;
  amount: Money;
  target: CodeTarget;
}

/** An SOV line as read back. */
export interface WrittenSovLine {
  id: string;
  originId?: string;
  amount: Money;
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

export interface Requisition {
  id: string;
  commitmentId: string;
  invoiceNumber?: string;
  status: string;
  originId?: string;
  originData?: string;
}

/** One row of a requisition: `amount` is the work completed in this period alone. */
export interface RequisitionItem {
  id: string;
  sovLineId: string;
  amount: Money;
}
