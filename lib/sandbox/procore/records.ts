import type { BudgetLineData, ProjectSettings } from './company.ts';
import type { CommitmentContractFields, ContractFields, ContractStatus } from './contract-fields.ts';
import type { DirectCostFields, DirectCostLineFields } from './direct-cost-fields.ts';
import type { LineFields } from './line-fields.ts';
import type { PaymentFields } from './payment-fields.ts';
import type { RequisitionFields, RequisitionStatus, WorkFields } from './requisition-fields.ts';
import type { VendorFields } from './vendor-fields.ts';
import type { Hook } from './webhooks/records.ts';

/*
 * What the sandbox remembers. Fields that callers write keep the names they have on the wire.
 * Amounts are decimal text, ids numbers above 32 bits, instants ISO text.
 */

interface Timestamps {
  created_at: string;
  updated_at: string;
}

export interface Vendor extends VendorFields, Timestamps {
  id: number;
  name: string;
  is_active: boolean;
}

export interface CostType {
  id: number;
  /** Its item in the WBS segment of cost types; another number than `id`. */
  segmentItemId: number;
  code: string;
  name: string;
  base_type: string;
}

export interface CostCode extends Timestamps {
  id: number;
  segmentItemId: number;
  full_code: string;
  name: string;
  parentId: number | null;
}

export interface Segment extends Timestamps {
  id: number;
  type: 'cost_code' | 'line_item_type' | 'custom';
  name: string;
  required: boolean;
  /** Items of a custom segment; those of the others are the cost codes and cost types. */
  items: { id: number; code: string; name: string }[];
}

export interface WbsCode extends Timestamps {
  id: number;
  costCodeId: number;
  costTypeId: number;
  /** Items of custom segments. */
  customItemIds: number[];
  description: string | null;
  active: boolean;
}

export interface BudgetLine extends Pick<BudgetLineData, 'original'> {
  id: number;
  wbsCodeId: number;
  modifications: string;
}

/** What people moved in the budget after it was set up; the line's `modifications` hold their sum. */
interface BudgetMove {
  id: number;
  budgetLineId: number;
  amount: string;
}

export interface BillingPeriod extends Timestamps {
  id: number;
  start_date: string;
  end_date: string;
  due_date: string;
  status: 'open' | 'closed';
}

export interface Line extends LineFields, Timestamps {
  id: number;
  amount: string;
  wbs_code_id: number;
}

/** A file at a record. */
export interface AttachedFile {
  id: number;
  filename: string;
  content_type: string;
  content: Uint8Array;
}

export interface Contract
  extends Omit<ContractFields, 'upload_ids'>,
    Omit<CommitmentContractFields, keyof ContractFields>,
    Timestamps {
  id: number;
  number: string;
  status: ContractStatus;
  accounting_method: 'amount' | 'unit';
  retainage_percent: string;
  allow_payment_applications: boolean;
  allow_payments: boolean;
  enable_ssov: boolean;
  ssov_status: string;
  deleted_at: string | null;
  lines: Line[];
  attachments: AttachedFile[];
}

export interface RequisitionItem extends WorkFields {
  id: number;
  line_item_id: number;
  work_completed_this_period: string;
  materials_presently_stored: string;
}

export interface Requisition extends Omit<RequisitionFields, 'upload_ids'>, Timestamps {
  id: number;
  commitment_id: number;
  period_id: number;
  /** 1, 2, 3, … within its contract. */
  number: number;
  status: RequisitionStatus;
  due_date: string | null;
  items: RequisitionItem[];
  attachments: AttachedFile[];
}

export interface Payment extends PaymentFields, Timestamps {
  id: number;
  contract_id: number;
  amount: string;
}

export interface DirectCostLine extends DirectCostLineFields, Timestamps {
  id: number;
  amount: string;
  wbs_code_id: number;
}

export interface DirectCost extends DirectCostFields, Timestamps {
  id: number;
  direct_cost_type: NonNullable<DirectCostFields['direct_cost_type']>;
  status: NonNullable<DirectCostFields['status']>;
  lines: DirectCostLine[];
}

export interface Project extends Timestamps {
  id: number;
  name: string;
  display_name: string;
  project_number: string | null;
  active: boolean;
  settings: Required<ProjectSettings>;
  vendorIds: Set<number>;
  costCodes: Map<number, CostCode>;
  segments: Segment[];
  wbsCodes: Map<number, WbsCode>;
  budgetLines: BudgetLine[];
  budgetModifications: BudgetMove[];
  budgetChanges: BudgetMove[];
  periods: Map<number, BillingPeriod>;
  contracts: Map<number, Contract>;
  requisitions: Map<number, Requisition>;
  payments: Map<number, Payment>;
  directCosts: Map<number, DirectCost>;
}

export interface Company {
  id: number;
  name: string;
  vendors: Map<number, Vendor>;
  costTypes: Map<number, CostType>;
  taxCodes: { id: number; code: string; description: string; rate1: number }[];
  projects: Map<number, Project>;
  /** Which record holds an origin_id, keyed as origin-ids.ts says. */
  originIds: Map<string, number>;
  hooks: Map<number, Hook>;
}
