import type { DocumentChange } from '../../aws/queue.ts';
import type { Charging } from '../../core/charges/charge.ts';
import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { DocumentSummary } from '../../core/document-summary.ts';
import { summaryOf } from '../../core/document-summary.ts';
import type { PurchaseOrder } from '../../core/documents.ts';
import { BadInput, NeedsPerson } from '../../core/errors.ts';
import type { PlannedWrite } from '../../core/planned-writes.ts';
import type { Guarded } from '../approval/guarded.ts';
import { guardedOrder } from '../approval/guarded-order.ts';
import { foresee } from '../approval/pass-guard.ts';
import type { MatchInWords } from '../charges/match-charge.ts';
import { planChargeNow } from '../charges/sync-charge.ts';
import type { Deployment } from '../deployment.ts';
import type { Fetched } from './fetch-documents.ts';
import { fetchDocuments, readable } from './fetch-documents.ts';
import { withSecondLook } from './second-look.ts';
import { planNow } from './sync-purchase-order.ts';
import type { Scrutiny } from './turn.ts';
import type { Workspace } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

/** What would become of a document if it were carried at this moment. */
export interface Preview extends DocumentSummary {
  kind: DocumentChange['kind'];
  id: string;
  /** `level`: everything stands already. `would-hold`: once a person has allowed it, the writes follow. */
  outcome: 'would-write' | 'would-hold' | 'rejected' | 'level' | 'would-park' | 'left-out';
  code?: Code;
  message?: string;
  fix?: string;
  /** Which orders a bill or credit note is for, by whose word, and what speaks for it. */
  match?: MatchInWords;
  /** What people changed in Procore, both sides; then `writes` is what would be written over it. */
  drift?: string[];
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
  const summary = known && summaryOf(known, connection.xero.currency);
  const unknown = { number: '', supplier: '', status: '', total: '', currency: '' };
  const about = { kind, id: document.id, ...(summary ?? unknown), writes: [] };
  const { orderId: _, ...verdict } = await previewOf(document, workspace);
  return { ...about, ...verdict };
}

/** `orderId` is the order for which a bill would wait. */
type Verdict = { orderId?: string } & Pick<
  Preview,
  'outcome' | 'code' | 'message' | 'fix' | 'match' | 'drift'
> &
  Partial<Pick<Preview, 'writes'>>;

/** What would become of a document that was read. Writes nothing. Throws RetryLater and Stop. */
export async function previewOf(
  document: Fetched,
  workspace: Workspace,
  overwrite: readonly string[] = [],
): Promise<Verdict> {
  if (document.kind === 'unreadable') {
    return wouldPark(new NeedsPerson('document-unreadable', { facts: { problem: document.why } }));
  }
  const scrutiny = { closely: true, overwrite };
  try {
    return document.kind === 'purchase-order'
      ? await previewOfOrder(document, workspace, scrutiny)
      : await previewOfCharge(document, workspace, scrutiny);
  } catch (error) {
    if (!(error instanceof NeedsPerson)) throw error;
    const drift = [error.facts.drift ?? []].flat().map(String);
    const seen = [...overwrite, ...drift];
    // What people changed in Procore is shown together with what would be written over it.
    const beyond = drift.length > 0 ? await previewOf(document, workspace, seen) : undefined;
    return { ...wouldPark(error), ...(beyond && { drift: seen, writes: beyond.writes ?? [] }) };
  }
}

function wouldPark({ code, message, fix, facts }: NeedsPerson): Verdict {
  const { orderId } = facts;
  return {
    outcome: 'would-park',
    code,
    message,
    fix,
    ...(orderId !== undefined && { orderId: String(orderId) }),
  };
}

async function previewOfOrder(
  order: PurchaseOrder,
  workspace: Workspace,
  scrutiny: Scrutiny,
): Promise<Verdict> {
  const { plan, reason, links } = await withSecondLook(order, workspace, () =>
    planNow(order, workspace, scrutiny),
  );
  if (!plan) return leftOut(reason);
  if (plan.steps.length === 0) {
    return plan.commitments.length > 0 ? { outcome: 'level' } : leftOut(reason ?? 'left-out-by-rule');
  }
  return unlessHeld(guardedOrder(order, plan, links, workspace), workspace);
}

async function previewOfCharge(
  document: Charging,
  workspace: Workspace,
  scrutiny: Scrutiny,
): Promise<Verdict> {
  const { plan, guarded, match, reason } = await withSecondLook(document, workspace, () =>
    planChargeNow(document, workspace, scrutiny),
  );
  if (!plan) return leftOut(reason);
  const { applications, directCosts } = plan.desired;
  if (plan.steps.length === 0) {
    const stands = applications.length + directCosts.length > 0;
    if (!stands) return leftOut(reason ?? 'left-out-by-rule');
    return { outcome: 'level', ...(match && { match }) };
  }
  return { ...(await unlessHeld(guarded, workspace)), ...(match && { match }) };
}

async function unlessHeld(guarded: Guarded, workspace: Workspace): Promise<Verdict> {
  const [held, writes] = [await foresee(guarded, workspace), await guarded.writes()];
  if (!held) return { outcome: 'would-write', writes };
  const { message, fix } = new NeedsPerson(held.code, { facts: held.facts });
  const outcome = held.code === 'approval-rejected' ? 'rejected' : 'would-hold';
  return { outcome, code: held.code, message, fix, writes };
}

function leftOut(code: Code): Verdict {
  const { says, fix } = CODES[code];
  return { outcome: 'left-out', code, message: says, fix };
}
