import type { DocumentState } from '../../core/documents.ts';
import type { DocumentRecord } from '../../core/links.ts';
import type { Deployment } from '../deployment.ts';
import { queueAgain } from '../requeue.ts';

type Queueing = Pick<Deployment, 'clock' | 'documents' | 'queue'>;

/** What hangs on a supplier: parked documents by the contact that they ask about, others by the vendor they stand on. */
export interface Supplier {
  contactIds: string[];
  /** The vendor on which documents of the supplier stand that must move. */
  vendorId?: string | undefined;
}

/** In the others nothing of the document stands in Procore, and nobody waits. */
const STATES: DocumentState[] = ['parked', 'posted', 'awaiting-approval'];

/** Queues again all that hangs on the supplier; returns how many documents that were. */
export async function queueDocumentsOf(
  connectionId: string,
  { contactIds, vendorId }: Supplier,
  deployment: Queueing,
): Promise<number> {
  const hang = (record: DocumentRecord) => contactIds.some((id) => asksAbout(record, id)) || stands(record);
  const stands = ({ procore, kind }: DocumentRecord) =>
    kind !== 'contact' &&
    vendorId !== undefined &&
    procore.some((it) => it.type === 'vendor' && it.id === vendorId);
  const records: DocumentRecord[] = [];
  for (const state of STATES) records.push(...(await deployment.documents.list(connectionId, { state })));
  return queueAgain(records.filter(hang), deployment);
}

/** Whether a document is parked on the question which vendor the contact is, or on what became of it. */
export function asksAbout({ state, facts }: DocumentRecord, contactId: string): boolean {
  return state === 'parked' && facts?.contact === contactId;
}
