import type { Bill, Contact, PurchaseOrder, Unreadable } from './documents.ts';
import type { ProcoreRefused } from './errors.ts';
import type {
  BillingPeriod,
  Commitment,
  CommitmentHeader,
  CommitmentStatus,
  CostCode,
  CostType,
  NewRequisition,
  NewVendor,
  Project,
  Requisition,
  RequisitionItem,
  Segment,
  SovLine,
  Vendor,
  VendorCard,
  WbsCode,
  WrittenSovLine,
} from './procore-records.ts';
import type { TrackingOption, XeroAccount, XeroItem } from './xero-records.ts';

/** Time, injected: tests and simulations drive it themselves. */
export interface Clock {
  now(): Date;
  /** Waits the given milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Where flows say what a person may want to read later. Facts are JSON; secrets are never among them. */
export interface Log {
  info(message: string, facts: Record<string, unknown>): void;
  warn(message: string, facts: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>): void;
}

/** A document that may have changed, with what its listing already told. */
export interface Sighting {
  id: string;
  /** `UpdatedDateUTC` in ISO form, where the listing gave it. */
  version?: string;
}

export interface Organisation {
  id: string;
  name: string;
  baseCurrency: string;
}

/**
 * The books of one Xero organisation, read only. A client is built for one connection's tenant and serves no other.
 * Every method throws RetryLater (rate limit, outage) or Stop (consent lost, wrong tenant).
 */
export interface Books {
  organisation(): Promise<Organisation>;
  /**
   * Orders created or changed since the instant (all, without one), page by page, the latest change first: an order
   * that changes while the pages are read then repeats others, where the opposite order would skip one.
   * `serverTime` is Xero's own clock when it answered the first page: the next poll's `since`.
   */
  purchaseOrdersSince(
    since?: Date,
  ): AsyncIterable<{ serverTime: Date; orders: PurchaseOrder[]; unreadable: Unreadable[] }>;
  /** The orders as they stand now, by id. Ids that Xero does not know are absent from the map. */
  purchaseOrders(wanted: Sighting[]): Promise<Map<string, PurchaseOrder | Unreadable>>;
  /** Bills by id, asked for 40 to a call. Sales invoices and unknown ids are absent from the map. */
  bills(ids: string[]): Promise<Map<string, Bill | Unreadable>>;
  /** Bills created or changed since the instant, like purchaseOrdersSince. */
  billsSince(since?: Date): AsyncIterable<{ serverTime: Date; bills: Bill[]; unreadable: Unreadable[] }>;
  /**
   * Contacts by their ids, 40 to a call, and of merged ones also those that they were merged into (see survivorOf).
   * Unknown ids are absent from the map, and so are contacts without a name.
   */
  contacts(ids: string[]): Promise<Map<string, Contact>>;
  /** Contacts created or changed since the instant, archived and merged ones among them, like purchaseOrdersSince. */
  contactsSince(since?: Date): AsyncIterable<{ serverTime: Date; contacts: Contact[] }>;
  /** Archived ones among them, as in the two lists after it. */
  accounts(): Promise<XeroAccount[]>;
  items(): Promise<XeroItem[]>;
  trackingOptions(): Promise<TrackingOption[]>;
}

/**
 * One Procore company. Reads are whole lists; writes are safe to repeat where `originId` is part of what is sent.
 * Throws RetryLater (rate limit, outage), Stop (credentials, permissions), ProcoreRefused (a rule of Procore).
 */
export interface ProjectTool {
  /** The active ones. */
  projects(): Promise<Project[]>;
  /** Ids of all projects that the service account may see, closed ones among them. */
  permittedProjects(): Promise<Set<string>>;
  /** The active ones. */
  vendors(): Promise<Vendor[]>;
  inactiveVendors(): Promise<Vendor[]>;
  /** Active vendors with what the connector writes of them, by id; unknown and inactive ones are absent. */
  vendorCards(ids: string[]): Promise<Map<string, VendorCard>>;
  vendorIdsOfProject(projectId: string): Promise<Set<string>>;
  costCodes(projectId: string): Promise<CostCode[]>;
  costTypes(): Promise<CostType[]>;
  wbsCodes(projectId: string): Promise<WbsCode[]>;
  segments(projectId: string): Promise<Segment[]>;
  billingPeriods(projectId: string): Promise<BillingPeriod[]>;

  /**
   * Creates vendors, or updates those with these originIds, up to 1,000 to a call, split inside. Returns by originId
   * what then stands in Procore, or why Procore refused that one. `emptied` names fields to be cleared.
   */
  syncVendors(
    vendors: (NewVendor & { emptied?: (keyof NewVendor)[] })[],
  ): Promise<Map<string, VendorCard | ProcoreRefused>>;
  /** Does nothing where the vendor is already in the project. */
  addVendorToProject(projectId: string, vendorId: string): Promise<void>;

  /** All that stand in the project, whoever wrote them. */
  commitments(projectId: string): Promise<Commitment[]>;
  commitment(projectId: string, commitmentId: string): Promise<Commitment | undefined>;
  /** Creates the commitment as Draft, or updates the one with this originId, whose status stays. Returns its id. */
  syncCommitment(projectId: string, header: CommitmentHeader): Promise<string>;
  /** Turns invoices and payments on and the subcontractor SOV off: to be called before lines exist. */
  allowInvoicing(projectId: string, commitmentId: string): Promise<void>;
  setCommitmentStatus(projectId: string, commitmentId: string, status: CommitmentStatus): Promise<void>;
  /** Does nothing where it is already gone. */
  deleteCommitment(projectId: string, commitmentId: string): Promise<void>;

  sovLines(projectId: string, commitmentId: string): Promise<WrittenSovLine[]>;
  /** Creates or updates lines by originId; returns the Procore id of each. At most 1,000 to a call, split inside. */
  syncSovLines(projectId: string, commitmentId: string, lines: SovLine[]): Promise<Map<string, string>>;
  /** Does nothing where it is already gone. */
  deleteSovLine(projectId: string, commitmentId: string, lineId: string): Promise<void>;

  requisitions(projectId: string, commitmentId: string): Promise<Requisition[]>;
  /** Not safe to repeat: look it up first where an earlier attempt may have got through. Always made as draft. */
  createRequisition(projectId: string, requisition: NewRequisition): Promise<Requisition>;
  requisitionItems(projectId: string, requisitionId: string): Promise<RequisitionItem[]>;
  setRequisitionItems(projectId: string, requisitionId: string, items: RequisitionItem[]): Promise<void>;
  /** Does nothing where it is already gone. */
  deleteRequisition(projectId: string, requisitionId: string): Promise<void>;
}
