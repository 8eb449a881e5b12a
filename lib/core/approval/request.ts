import type { DocumentKind } from '../documents.ts';
import type { PlannedWrite } from '../planned-writes.ts';
import type { CodeTarget } from '../procore-records.ts';

/** `open` waits for a person; every other state is an end, until a new version or a person begins anew. */
export type ApprovalState =
  | 'open'
  | 'approved'
  | 'rejected'
  /** The document is gone, or no longer to be carried. */
  | 'withdrawn'
  /** It fits by now: the budget was raised, or the document lowered. */
  | 'released'
  /** The document changed, and this was about another plan. */
  | 'superseded';

/** What a person is asked about one document, and what came of it. One per document: the latest. */
export interface ApprovalRequest {
  id: string;
  connectionId: string;
  documentId: string;
  kind: DocumentKind;
  number: string;
  supplier: string;
  /** The supplier's Xero contact. */
  supplierId?: string;
  /** The document's version when it was asked, or last seen with the same plan. */
  version: string;
  /** What the approval is bound to (binding.ts). */
  planHash: string;
  /** What the document comes to, decimal text in `currency`; limits of authority are compared with it. */
  amount: string;
  currency: string;
  projects: { id: string; name: string; number?: string }[];
  /** ISO instant at which the document was first held: its place among those of its projects. */
  arrivedAt: string;
  /** ISO instant of this request. */
  askedAt: string;
  state: ApprovalState;
  approvalsNeeded: number;
  decisions: Decision[];
  asked: Asked[];
  /** ISO instants of the last reminder and of the last escalation. */
  remindedAt?: string;
  escalatedAt?: string;
  sight: Sight;
}

export interface Decision {
  verdict: 'approved' | 'rejected';
  /** Name of the person, and the address where one is known. */
  by: string;
  email?: string;
  reason?: string;
  /** ISO instant. */
  at: string;
  via: 'link' | 'command line';
  /** Whether audit trail and queue know of it. */
  told?: boolean;
}

/** Somebody who was asked. */
export interface Asked {
  name: string;
  email: string;
  /** The person's links: the hash of what is secret in each, and the ISO instant up to which it works. */
  links: { hash: string; until: string }[];
  /** ISO instant at which the mail went out; absent while it has not. */
  mailedAt?: string;
}

/** What the person is shown: as it was planned, so that what is decided on is what was seen. Amounts are decimal text. */
export interface Sight {
  reference?: string;
  date?: string;
  lines: SightLine[];
  /** Lines that there was no room for. */
  moreLines: number;
  budgets: SightBudget[];
  /** What a bill takes beyond its orders, line by line. */
  overBilling?: { beyond: string; lines: { description: string; excess: string }[] };
  writes: PlannedWrite[];
}

export interface SightLine {
  project: string;
  code: string;
  description: string;
  amount: string;
}

export interface SightBudget {
  scope: 'project' | 'budget-code';
  project: string;
  name: string;
  revised: string;
  /** Committed and pending. */
  committed: string;
  direct: string;
  /** Held before this document and not decided. */
  earlier: string;
  /** What stands of the document itself, among committed or direct costs. */
  own: string;
  amount: string;
  remaining: string;
  over: string;
  /** Whether the setting watches it: others are shown for orientation. */
  watched: boolean;
}

/** What a held document will take of one project's budget once it is decided on. */
export interface Hold {
  projectId: string;
  documentId: string;
  requestId: string;
  arrivedAt: string;
  spendings: { target?: CodeTarget; amount: string }[];
}

/** Whether a person still has to say something. */
export function isOpen({ state }: Pick<ApprovalRequest, 'state'>): boolean {
  return state === 'open';
}

/** What a decision comes to: the request with it, or why there is none to take. */
export type Deciding =
  | { request: ApprovalRequest }
  /** Nothing more to decide: the request shows what was. */
  | { refused: 'decided' | 'given-already' };

/**
 * The request with one more decision. One rejection is final; approvals count by different persons. A person at the
 * command line may approve what was rejected: `undo`.
 */
export function withDecision(request: ApprovalRequest, decision: Decision, { undo = false } = {}): Deciding {
  const { state, decisions, approvalsNeeded } = request;
  const overrules = undo && state === 'rejected' && decision.verdict === 'approved';
  if (state !== 'open' && !overrules) return { refused: 'decided' };
  // What was said before a rejection is undone with it.
  const counted = overrules ? [] : decisions.filter(({ verdict }) => verdict === 'approved');
  if (counted.some((earlier) => isSamePerson(earlier, decision)) && decision.verdict === 'approved') {
    return { refused: 'given-already' };
  }
  const approved = decision.verdict === 'approved' && counted.length + 1 >= approvalsNeeded;
  const next: ApprovalState = decision.verdict === 'rejected' ? 'rejected' : approved ? 'approved' : 'open';
  return { request: { ...request, state: next, decisions: [...decisions, decision] } };
}

export function isSamePerson(a: Pick<Decision, 'by' | 'email'>, b: Pick<Decision, 'by' | 'email'>): boolean {
  if (a.email !== undefined && b.email !== undefined) return a.email.toLowerCase() === b.email.toLowerCase();
  return a.by.toLowerCase() === b.by.toLowerCase();
}
