import type { Sayings } from './sayings.ts';

/** Awaiting approval, or decided: a person says yes or no. */
export const DECISIONS = {
  'over-budget': {
    says: 'The document takes more than is left of the budget',
    fix: 'Approve or reject it by the link in your mail or with `ml-connector approvals approve`; a raised budget or a lowered document lets it go on by itself.',
  },
  'approval-rejected': {
    says: 'A person rejected this version of the document',
    fix: 'Change the document in Xero, or approve it after all with `ml-connector approvals approve`.',
  },
} as const satisfies Sayings;
