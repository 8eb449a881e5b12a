import type { DocumentKind, DocumentState } from './documents.ts';
import type { CodeTarget, CommitmentStatus } from './procore-records.ts';

/** The lasting record "this contact is that Procore vendor". */
export interface VendorLink {
  contactId: string;
  vendorId: string;
  /** Whether the vendor was found by name, made by the connector, or named by a person. */
  origin: 'matched' | 'created' | 'chosen';
  /** Ids of the projects whose directory is known to hold the vendor. */
  projectIds: string[];
  /** What the connector last wrote of the vendor. Absent where it did not make it, or where people changed it since. */
  written?: WrittenVendor;
  /** The contact that this one was merged into: its vendor is the one that counts. */
  mergedInto?: string;
}

/** Fingerprints of a vendor as it was sent to Procore, and as Procore then showed it. */
export interface WrittenVendor {
  originId: string;
  sent: string;
  shown: string;
}

/** A person's word that the contact is to become a vendor of its own, whoever is called like it; until it is one. */
export interface VendorWish {
  contactId: string;
  create: true;
}

/**
 * What the connector last wrote of one order into one project: the planner compares it with what should stand there.
 * Fingerprints are short hashes of the content sent, so that a replay finds nothing to do.
 */
export interface CommitmentLink {
  documentId: string;
  projectId: string;
  originId: string;
  commitmentId: string;
  vendorId: string;
  /** Fingerprint of the header. */
  header: string;
  status: CommitmentStatus;
  /** Whether invoices were switched on (ProjectTool.allowInvoicing). */
  invoicing: boolean;
  /** SOV lines by originId. */
  lines: Record<string, LineLink>;
  /** Set while what stands is being changed: until then it is not told what people changed. */
  midway?: true;
  /** Xero's ids of the files that were carried along. */
  files?: string[];
  /** `id` is absent while a creation is under way whose answer is not known: then look before creating again. */
  requisition?: { id?: string; periodId: string; fingerprint: string };
}

/** One SOV line as it was last written. */
export interface LineLink {
  /** Procore's. */
  id: string;
  /** Xero's id of the line as of now: Xero gives lines new ids when a document is written whole. */
  lineId: string;
  /** Of everything that was sent. */
  fingerprint: string;
  /** Of all of it but the amount, by which a line with a new id is recognised. */
  kind: string;
  /** Decimal text. */
  amount: string;
  /** Where it is booked; absent on lines that were written before this was noted. */
  target?: CodeTarget;
}

/** One row of the documents list: what people see of a document. */
export interface DocumentRecord {
  connectionId: string;
  kind: DocumentKind | 'message';
  /** The Xero id; of an unreadable message, its queue id. */
  id: string;
  number: string;
  supplier: string;
  state: DocumentState;
  /** Stable code of core/codes.ts, absent when posted. */
  code?: string;
  message?: string;
  /** What a parked document's code is about: names, ids, candidates (ErrorDetail.facts). */
  facts?: Record<string, string | number | string[]>;
  /** Decimal text with two places, in `currency`. */
  total: string;
  currency: string;
  /** `UpdatedDateUTC` in ISO form; empty for messages. */
  version: string;
  procore: { type: 'vendor' | 'commitment' | 'requisition' | 'direct-cost' | 'payment'; id: string }[];
  /** ISO instant of the last decision. */
  decidedAt: string;
}

export type AuditEvent =
  | 'received'
  | 'fetched'
  | 'planned'
  | 'written'
  | 'posted'
  | 'parked'
  | 'left-out'
  | 'retried'
  | 'matched'
  | 'failed'
  | ApprovalEvent
  | ConnectionEvent;

/** What becomes of a document that a person must approve. */
export type ApprovalEvent =
  | 'flagged'
  | 'asked'
  | 'approved'
  | 'rejected'
  | 'reminded'
  | 'escalated'
  | 'withdrawn'
  | 'released'
  | 'superseded';

/** What happens to a connection as a whole, from its birth through outages to its end. */
export type ConnectionEvent =
  | 'consent-asked'
  | 'consented'
  | 'connected'
  | 'reconnected'
  | 'broken'
  | 'restored'
  | 'paused'
  | 'resumed'
  | 'removed'
  | 'resealed'
  | 'projects-changed'
  | 'reference-changed'
  | 'mappings-changed'
  | 'vendor-chosen'
  | 'webhook-registered'
  | 'webhook-removed'
  | 'backfill-started'
  | 'backfill-paused'
  | 'backfill-resumed'
  | 'backfill-cancelled'
  | 'backfill-done';

/** One line of the audit trail of a document or a connection. Entries are hash-chained: `hash` covers the entry and `previous`. */
export interface AuditEntry {
  /** 1, 2, 3, … without gaps. */
  sequence: number;
  /** ISO instant. */
  at: string;
  event: AuditEvent;
  /** What happened, in plain words and facts; never a secret. */
  detail: Record<string, string | number | string[]>;
  previous: string;
  hash: string;
}
