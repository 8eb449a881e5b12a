import type { DocumentChange } from '../../aws/queue.ts';
import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { Carried } from '../../core/documents.ts';
import { BadInput, NeedsPerson } from '../../core/errors.ts';
import { formatMoney } from '../../core/money.ts';
import type { PlannedWrite } from '../../core/planned-writes.ts';
import type { Deployment } from '../deployment.ts';
import type { Fetched } from './fetch-documents.ts';
import { fetchDocuments, readable } from './fetch-documents.ts';
import { writesOf } from './name-writes.ts';
import { planNow } from './sync-purchase-order.ts';
import type { Workspace } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

/** What would become of a document if it were carried at this moment. */
export interface Preview {
  kind: DocumentChange['kind'];
  id: string;
  number: string;
  supplier: string;
  status: string;
  /** Decimal text in `currency`, with tax. */
  total: string;
  currency: string;
  /** `level`: everything stands already. */
  outcome: 'would-write' | 'level' | 'would-park' | 'left-out';
  code?: Code;
  message?: string;
  fix?: string;
  writes: PlannedWrite[];
}

/**
 * Reads the document as it is in Xero now and plans it, without writing anything anywhere. `id` may also be the number
 * of an order. Throws BadInput('document-unknown'), RetryLater and Stop.
 */
export async function showPlan(
  { kind, id }: Pick<DocumentChange, 'kind' | 'id'>,
  connection: Connection,
  deployment: Deployment,
): Promise<Preview> {
  const workspace = await openWorkspace(deployment, connection);
  const receivedAt = deployment.clock.now().toISOString();
  const change: DocumentChange = { connectionId: connection.id, kind, id, reason: 'retry', receivedAt };
  const document = [...(await fetchDocuments([change], workspace)).values()][0];
  if (!document) throw new BadInput('document-unknown', { facts: { wanted: id } });
  const known = readable(document);
  const about = {
    kind,
    id: document.id,
    number: known?.number ?? '',
    supplier: known?.contact?.name ?? '',
    status: known?.status ?? '',
    total: known ? formatMoney(known.total) : '',
    currency: known?.currency ?? '',
    writes: [],
  };
  try {
    return { ...about, ...(await previewOf(document, workspace)) };
  } catch (error) {
    if (!(error instanceof NeedsPerson)) throw error;
    const { code, message, fix } = error;
    return { ...about, outcome: 'would-park', code, message, fix };
  }
}

type Verdict = Pick<Preview, 'outcome' | 'code' | 'message' | 'fix'> & Partial<Pick<Preview, 'writes'>>;

async function previewOf(document: Fetched, workspace: Workspace): Promise<Verdict> {
  if (document.kind === 'unreadable') {
    throw new NeedsPerson('document-unreadable', { facts: { problem: document.why } });
  }
  const { plan, reason } = await planOf(document, workspace);
  if (!plan) return leftOut(reason);
  if (plan.steps.length === 0) {
    return plan.commitments.length > 0 ? { outcome: 'level' } : leftOut(reason ?? 'left-out-by-rule');
  }
  return { outcome: 'would-write', writes: await writesOf(plan, workspace) };
}

function leftOut(code: Code): Verdict {
  const { says, fix } = CODES[code];
  return { outcome: 'left-out', code, message: says, fix };
}

async function planOf(document: Carried, workspace: Workspace): ReturnType<typeof planNow> {
  if (document.kind !== 'purchase-order') return { reason: 'kind-not-carried' };
  return planNow(document, workspace);
}
