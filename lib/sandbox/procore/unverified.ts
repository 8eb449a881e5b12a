/**
 * Behaviours that Procore's documentation leaves open. Each default is the likelier or the stricter reading;
 * tests and simulations flip them, so that nothing leans on a guess.
 */
export interface Unverified {
  /** Whether one origin_id may be used once in the whole company or once per record type. */
  originIdScope: 'company' | 'type';
  vendorNamesUnique: boolean;
  /** The longest name of a vendor, in characters. */
  vendorNameLength: number;
  contractNumbersUnique: boolean;
  /** What adding a vendor that is already in the project answers. */
  vendorAlreadyInProject: 'accepted' | 'refused';
  /** Whether a contract must be Approved (or Partially Received) to be invoiced or paid. */
  billingNeedsApprovedContract: boolean;
  /** Contract statuses that lock vendor, schedule of values and deletion. */
  lockedStatuses: string[];
  /** Whether a new requisition may list some lines only; the others start at nothing. */
  partialItems: boolean;
  severalRequisitionsPerPeriod: boolean;
  requisitionAfterDraft: boolean;
  /** Whether SOV lines that are added later join requisitions that are still drafts. */
  newLinesJoinDrafts: boolean;
  /** Whether what a draft requisition bills already keeps an SOV line from being lowered or deleted. */
  draftsHoldLines: boolean;
  /** Whether sending `origin_id: null` unlocks a requisition. */
  requisitionsUnlock: boolean;
  /** The same of payments and of direct costs. */
  paymentsUnlock: boolean;
  directCostsUnlock: boolean;
  /** Whether what unlocks a requisition or direct cost may change it in the same call. Payments never take that. */
  unlocksTakeChanges: boolean;
  /** Whether a requisition takes other changes in the call that gives it its origin_id, or is locked by that first. */
  requisitionStamp: 'with-changes' | 'origin-first-locks';
  /** Whether a locked requisition still takes a due date. */
  lockedTakeDueDate: boolean;
  /** Whether what a requisition, payment or direct cost bills may be less than nothing. */
  negativeAmounts: boolean;
  /** What a second open billing period does. */
  secondOpenPeriod: 'closes-the-first' | 'refused';
  periodsMayOverlap: boolean;
  closedPeriodsTakeInvoices: boolean;
  /** How calls on a project outside the permitted list are answered. */
  notPermittedStatus: 403 | 404;
  retryAfterOn429: boolean;
  /** Page size of v1 lists that document none. */
  defaultPerPage: number;
  /** Whether the service account may read the company's units of measure, or the endpoint is there at all. */
  unitsOfMeasure: 'listed' | 'forbidden' | 'not-found';
  /** Keys of a budget view's columns in its rows. */
  budgetColumnKeys: 'title' | 'snake-case';
  /** How late budget views show what was written, in seconds. */
  budgetViewLagSeconds: number;
  /** How the first webhooks API writes a payload version: `v2`, `v2.0`, or either. */
  hookVersionLiteral: 'short' | 'long' | 'either';
  /** Which resources hooks with payloads of v4.0 may name, next to those of v2.0. */
  payloadV4: 'same-resources' | 'more-resources' | 'fewer-resources' | 'not-offered';
  /** Whether a hook of the company may have triggers on records of its projects. */
  companyHooksTakeProjectResources: boolean;
  /** Whether an app that a company removed is still given tokens. */
  tokenAfterRemoval: 'issued' | 'refused';
  /** What becomes of an app's hooks when a company removes the app. */
  hooksAfterRemoval: 'deleted' | 'kept';
}

export const LIKELIER: Unverified = {
  originIdScope: 'company',
  vendorNamesUnique: true,
  vendorNameLength: 255,
  contractNumbersUnique: true,
  vendorAlreadyInProject: 'accepted',
  billingNeedsApprovedContract: true,
  lockedStatuses: ['Approved', 'Closed'],
  partialItems: true,
  severalRequisitionsPerPeriod: true,
  requisitionAfterDraft: true,
  newLinesJoinDrafts: false,
  draftsHoldLines: false,
  requisitionsUnlock: true,
  paymentsUnlock: true,
  directCostsUnlock: true,
  unlocksTakeChanges: true,
  requisitionStamp: 'with-changes',
  lockedTakeDueDate: true,
  negativeAmounts: true,
  secondOpenPeriod: 'closes-the-first',
  periodsMayOverlap: false,
  closedPeriodsTakeInvoices: true,
  notPermittedStatus: 403,
  retryAfterOn429: true,
  defaultPerPage: 100,
  unitsOfMeasure: 'listed',
  budgetColumnKeys: 'title',
  budgetViewLagSeconds: 0,
  hookVersionLiteral: 'short',
  payloadV4: 'same-resources',
  companyHooksTakeProjectResources: false,
  tokenAfterRemoval: 'issued',
  hooksAfterRemoval: 'deleted',
};
