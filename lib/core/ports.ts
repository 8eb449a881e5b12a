import type {
  Attachment,
  Bill,
  Carried,
  Contact,
  CreditNote,
  DocumentWithFiles,
  Journal,
  PurchaseOrder,
  Unreadable,
} from './documents.ts';
import type { ProcoreRefused } from './errors.ts';
import type {
  BillingPeriod,
  BudgetRow,
  BudgetView,
  Commitment,
  CommitmentHeader,
  CommitmentStatus,
  ContractPayment,
  CostCode,
  CostType,
  DirectCost,
  NewBillingPeriod,
  NewContractPayment,
  NewDirectCost,
  NewFile,
  NewRequisition,
  NewVendor,
  Project,
  RequisitionChange,
  RequisitionWithItems,
  Segment,
  SovLine,
  TaxCode,
  UnitOfMeasure,
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
  /** The calendar date of the document, where those that are wanted with it lie near to each other. */
  date?: string;
}

/** One page of a listing. */
interface Listed {
  serverTime: Date;
  unreadable: Unreadable[];
  /** Its documents as Xero gave them, by id, for `read`. */
  records: ReadonlyMap<string, unknown>;
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
  purchaseOrdersSince(since?: Date): AsyncIterable<Listed & { orders: PurchaseOrder[] }>;
  /** The orders as they stand now, by id. Ids that Xero does not know are absent from the map. */
  purchaseOrders(wanted: Sighting[]): Promise<Map<string, PurchaseOrder | Unreadable>>;
  /** Bills by id, asked for 40 to a call. Sales invoices and unknown ids are absent from the map. */
  bills(ids: string[]): Promise<Map<string, Bill | Unreadable>>;
  /** Bills created or changed since the instant, like purchaseOrdersSince. */
  billsSince(since?: Date): AsyncIterable<Listed & { bills: Bill[] }>;
  /** Suppliers' credit notes as they stand now, by id. Those to customers and unknown ids are absent from the map. */
  creditNotes(wanted: Sighting[]): Promise<Map<string, CreditNote | Unreadable>>;
  /** Suppliers' credit notes created or changed since the instant, like purchaseOrdersSince. */
  creditNotesSince(since?: Date): AsyncIterable<Listed & { creditNotes: CreditNote[] }>;
  /** Manual journals as they stand now, by id. Ids that Xero does not know are absent from the map. */
  journals(wanted: Sighting[]): Promise<Map<string, Journal | Unreadable>>;
  /** Manual journals created or changed since the instant, like purchaseOrdersSince. */
  journalsSince(since?: Date): AsyncIterable<Listed & { journals: Journal[] }>;
  /** A document out of the record that a listing gave, whatever time has passed; undefined where it has no id. */
  read(kind: Carried['kind'], record: unknown): Carried | Unreadable | undefined;
  /**
   * All documents of a kind that are dated from the calendar date on, in as few calls as Xero allows and in no order that
   * matters. One that changes while the pages are read may come twice.
   */
  documentsDatedFrom(
    kind: Carried['kind'],
    date: string,
  ): AsyncIterable<{ documents: Carried[]; unreadable: Unreadable[] }>;
  /** The files at a document; none where the document is unknown. Costs a call: look at hasAttachments first. */
  attachments(kind: DocumentWithFiles, id: string): Promise<Attachment[]>;
  /** The bytes of one of them; undefined where it is gone. */
  attachment(
    kind: DocumentWithFiles,
    id: string,
    attachment: Attachment,
  ): Promise<Uint8Array<ArrayBuffer> | undefined>;
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

/** The status that a commitment is to have; its origin goes along, by which syncs know records. */
export interface WantedStatus {
  commitmentId: string;
  originId: string;
  status: CommitmentStatus;
}

/**
 * One Procore company. Reads are whole lists; writes are safe to repeat where `originId` is part of what is sent.
 * Throws RetryLater (rate limit, outage), Stop (credentials, permissions), ProcoreRefused (a rule of Procore).
 */
export interface ProjectTool {
  /** All that the service account may see, closed ones among them. */
  projects(): Promise<(Project & { active: boolean })[]>;
  /** The ids of the same. */
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
  unitsOfMeasure(): Promise<UnitOfMeasure[]>;
  taxCodes(): Promise<TaxCode[]>;
  billingPeriods(projectId: string): Promise<BillingPeriod[]>;
  budgetViews(projectId: string): Promise<BudgetView[]>;
  /** Every budget code of the project, those without a budget among them. */
  budgetRows(projectId: string, viewId: string): Promise<BudgetRow[]>;

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
  /**
   * Creates commitments as Draft, or updates those with these originIds, whose status stays; up to 1,000 to a call, split
   * inside. Returns by originId the id, or why Procore refused that one.
   */
  syncCommitments(
    projectId: string,
    headers: CommitmentHeader[],
  ): Promise<Map<string, string | ProcoreRefused>>;
  /** Turns invoices and payments on and the subcontractor SOV off: to be called before lines exist. */
  allowInvoicing(projectId: string, commitmentId: string): Promise<void>;
  /** Gives commitments their status, as many to a call. Returns by id why Procore refused those that it refused. */
  setCommitmentStatuses(projectId: string, wanted: WantedStatus[]): Promise<Map<string, ProcoreRefused>>;
  /** Does nothing where it is already gone. */
  deleteCommitment(projectId: string, commitmentId: string): Promise<void>;

  sovLines(projectId: string, commitmentId: string): Promise<WrittenSovLine[]>;
  /** Creates or updates lines by originId; returns the Procore id of each. At most 1,000 to a call, split inside. */
  syncSovLines(projectId: string, commitmentId: string, lines: SovLine[]): Promise<Map<string, string>>;
  /** Does nothing where it is already gone. */
  deleteSovLine(projectId: string, commitmentId: string, lineId: string): Promise<void>;

  /** Those of the commitments, each commitment's in the order of its chain. */
  requisitions(projectId: string, commitmentIds: string[]): Promise<RequisitionWithItems[]>;
  /** Not safe to repeat: look it up first where an earlier attempt may have got through. Always made as draft. */
  createRequisition(projectId: string, requisition: NewRequisition): Promise<RequisitionWithItems>;
  /** Returns what Procore made of it. */
  updateRequisition(
    projectId: string,
    commitmentId: string,
    requisitionId: string,
    change: RequisitionChange,
  ): Promise<RequisitionWithItems>;
  /** Changes it, approves it and locks it by its originId, which comes last if Procore wants it so. */
  approveRequisition(
    projectId: string,
    commitmentId: string,
    requisitionId: string,
    change: Omit<RequisitionChange, 'status' | 'originId'> & { originId: string },
  ): Promise<void>;
  /** When it is to be paid. */
  setDueDate(projectId: string, requisitionId: string, dueDate: string): Promise<void>;
  /** Does nothing where it is already gone. */
  deleteRequisition(projectId: string, requisitionId: string): Promise<void>;

  /** Not safe to repeat. One that is created open may close the one that was (reference/procore.md §6.6). */
  createBillingPeriod(projectId: string, period: NewBillingPeriod): Promise<BillingPeriod>;

  contractPayments(projectId: string, commitmentId: string): Promise<ContractPayment[]>;
  /** Not safe to repeat: look it up by its originId first where an earlier attempt may have got through. */
  createContractPayment(
    projectId: string,
    commitmentId: string,
    payment: NewContractPayment,
  ): Promise<string>;
  /** Unlocks and deletes it. Does nothing where it is already gone. */
  deleteContractPayment(projectId: string, commitmentId: string, paymentId: string): Promise<void>;

  /** All that stand in the project, whoever made them. */
  directCosts(projectId: string): Promise<DirectCost[]>;
  /** The id of the one with this originId, if there is one. */
  directCostOf(projectId: string, originId: string): Promise<string | undefined>;
  /** Not safe to repeat: look it up by its originId first where an earlier attempt may have got through. */
  createDirectCost(projectId: string, cost: NewDirectCost): Promise<string>;
  /**
   * Unlocks, changes and locks one; where it stopped halfway, calling it again with the same id mends it.
   * RetryLater also where another change of it is under way.
   */
  changeDirectCost(projectId: string, directCostId: string, cost: NewDirectCost): Promise<void>;
  /** Unlocks and deletes it. Does nothing where it is already gone. RetryLater as changeDirectCost. */
  deleteDirectCost(projectId: string, directCostId: string): Promise<void>;
  /**
   * Brings a file into Procore's storage; returns the id by which a requisition or commitment takes it (uploadIds,
   * attachToCommitment). Safe to repeat: what no record takes within a week is deleted there.
   */
  uploadFile(projectId: string, file: NewFile): Promise<string>;
  attachToCommitment(projectId: string, commitmentId: string, uploadIds: string[]): Promise<void>;

  /** The WBS code of the pair, made where the project has none yet: lines of direct costs take nothing else. */
  ensureWbsCode(projectId: string, target: { costCodeId: string; costTypeId: string }): Promise<string>;
}
