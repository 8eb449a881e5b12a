/**
 * What a Procore company holds before anybody calls its API: the seed of the sandbox.
 * Records name each other by what people see (vendor names, cost code `03-300`, cost type `M`), not by id.
 * Ids that are left out are given by the sandbox, above 32 bits. Dates are `YYYY-MM-DD`, amounts decimal text.
 */
export interface ProcoreCompanyData {
  id: number;
  name: string;
  /** The company-wide line item types. */
  costTypes: CostTypeData[];
  vendors?: VendorData[];
  taxCodes?: TaxCodeData[];
  /** Names of the units of measure that lines may carry: `sf`, `ls`. */
  units?: string[];
  projects: ProjectData[];
}

export interface CostTypeData {
  id?: number;
  /** `M` */
  code: string;
  /** `Materials` */
  name: string;
  baseType?: 'equipment' | 'materials' | 'commitment' | 'owner_cost' | 'professional_services' | 'other';
}

export interface VendorData {
  id?: number;
  name: string;
  /** Default true. */
  active?: boolean;
  originId?: string;
  originCode?: string;
  address?: string;
  city?: string;
  stateCode?: string;
  zip?: string;
  countryCode?: string;
  phone?: string;
  email?: string;
}

interface TaxCodeData {
  id?: number;
  code: string;
  description?: string;
  /** Percent, `10`. */
  rate: string;
}

export interface ProjectData {
  id: number;
  name: string;
  number?: string;
  /** Default: number and name joined, as Procore shows it. */
  displayName?: string;
  /** Default true. */
  active?: boolean;
  /** Names of the company vendors in the project's directory. */
  vendors?: string[];
  costCodes: CostCodeData[];
  /** Custom WBS segments beside cost code and cost type. */
  segments?: SegmentData[];
  /** WBS codes that stand without a budget line. Those of budget lines come by themselves. */
  wbsCodes?: WbsCodeData[];
  budgetLines?: BudgetLineData[];
  billingPeriods?: BillingPeriodData[];
  settings?: ProjectSettings;
}

export interface CostCodeData {
  id?: number;
  /** The full code, `03-300`. */
  code: string;
  name: string;
  /** Full code of the heading above it. A code that is a parent cannot be booked on. */
  parent?: string;
}

interface SegmentData {
  id?: number;
  name: string;
  required: boolean;
  items: { id?: number; code: string; name: string }[];
}

export interface WbsCodeData {
  costCode: string;
  costType: string;
  /** Custom segment name → item code. */
  segments?: Record<string, string>;
  description?: string;
  /** Default true. */
  active?: boolean;
}

export interface BudgetLineData extends WbsCodeData {
  original: string;
  /** Budget modifications; default 0. */
  modifications?: string;
}

export interface BillingPeriodData {
  id?: number;
  start: string;
  end: string;
  due: string;
  status: 'open' | 'closed';
}

/** What the project's administrators chose for new commitments. */
export interface ProjectSettings {
  /** Whether new contracts allow invoices. Default false, so that callers must switch it on. */
  allowInvoicing?: boolean;
  /** Whether new contracts have the Payments Issued tab. Default false. */
  allowPayments?: boolean;
  /** Whether new contracts have a subcontractor schedule of values. Default false. */
  subcontractorSov?: boolean;
  accountingMethod?: 'amount' | 'unit';
  /** Percent, default `0`. */
  retainagePercent?: string;
  /** SOV stays editable on approved contracts ("Always Editable SOV"). Default false. */
  alwaysEditableSov?: boolean;
  /** Invoices may bill a line beyond its scheduled value. Default true, as in Procore. */
  overBilling?: boolean;
}
