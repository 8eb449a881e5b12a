import type { Attachment } from './documents.ts';
import type {
  CommitmentHeader,
  CommitmentStatus,
  NewRequisition,
  NewVendor,
  Project,
  SovLine,
} from './procore-records.ts';

/**
 * The Procore writes that bring Procore level with one document, in order. Data, so that it can be shown,
 * hashed, tested and carried out by one interpreter (flows/sync/apply-plan.ts). No step means level.
 */
export interface Plan {
  steps: Step[];
  /** What stands in Procore once the plan is carried out; the basis of checks and of the audit entry. */
  commitments: DesiredCommitment[];
}

/** What brings a supplier into Procore, before anything is written in its name. */
export type VendorStep =
  | { do: 'create-vendor'; contactId: string; vendor: NewVendor }
  | { do: 'link-vendor'; contactId: string; vendorId: string }
  | { do: 'add-vendor-to-project'; contactId: string; projectId: string };

/** Steps name the project; the ids of vendor and commitment come from the links that earlier steps leave. */
export type Step =
  | VendorStep
  | { do: 'delete-requisition'; projectId: string }
  | { do: 'set-status'; projectId: string; status: CommitmentStatus }
  | {
      do: 'write-commitment';
      projectId: string;
      contactId: string;
      header: Omit<CommitmentHeader, 'vendorId'>;
      fingerprint: string;
    }
  | { do: 'allow-invoicing'; projectId: string }
  | { do: 'delete-lines'; projectId: string; originIds: string[] }
  | { do: 'write-lines'; projectId: string; lines: FingerprintedLine[] }
  /** Writes nothing to Procore: Xero has given lines new ids. By originId. */
  | { do: 'note-lines'; projectId: string; lineIds: Record<string, string> }
  /** Takes away what bills bill on the commitment; they are carried again afterwards. */
  | { do: 'release-applications'; projectId: string }
  | { do: 'create-requisition'; projectId: string; requisition: DesiredRequisition }
  | { do: 'attach-files'; projectId: string; files: Attachment[] }
  | { do: 'delete-commitment'; projectId: string };

/** `fingerprint` is of all that is sent, `kind` of all but the amount. */
export type FingerprintedLine = SovLine & { fingerprint: string; kind: string };

/** One order's commitment in one project, as it should be. */
export interface DesiredCommitment {
  project: Project;
  contactId: string;
  header: Omit<CommitmentHeader, 'vendorId'>;
  status: CommitmentStatus;
  lines: SovLine[];
  requisition?: DesiredRequisition;
}

/** The draft requisition that bills every line in full; `items` by the originId of the SOV line. */
export type DesiredRequisition = Omit<NewRequisition, 'commitmentId' | 'items'> & {
  items: { originId: string; amount: SovLine['amount'] }[];
  fingerprint: string;
};
