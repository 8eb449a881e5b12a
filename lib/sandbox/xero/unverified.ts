/** Behaviour of Xero that its documents leave open. Each default is the likelier reading; set the other one to see whether a client copes. */
export interface Unverified {
  /** `order` is listed for purchase orders, but was never seen to work there. */
  purchaseOrdersObeyOrder: boolean;
  /** And what becomes of a call that asks for more: refused, or answered with that many. */
  largestPageSize: number;
  largerPages: 'refused' | 'cut';
  /** `X-Rate-Limit-Problem` on a breach of the two limits whose word was never seen. */
  concurrentProblem: string;
  appMinuteProblem: string;
  /** Keys of problem answers: `detail`, or `Detail` as some captures show. */
  problemKeys: 'lower' | 'capital';
  missingScopeDetail: string;
  /** Whether the payments webhook is there, as category `PAYMENT`. */
  paymentEvents: boolean;
  /** Whether merging contacts archives the one merged away, and whether its documents count as updated. */
  mergeArchivesContact: boolean;
  mergeTouchesDocuments: boolean;
  /** Whether lines name the tracking option by id too. */
  trackingOptionIds: boolean;
  /** Whether a removed payment is still listed, as `DELETED`. */
  removedPaymentsAreListed: boolean;
  /** Whether a credit still lists what was taken back of it, as deleted. */
  removedAllocationsAreListed: boolean;
  /** Whether taking back an allocation counts as an update of credit and invoice. */
  allocationRemovalsTouch: boolean;
  /** Whether a file that is added or removed counts as an update of its document. */
  attachmentsTouchDocuments: boolean;
  webhookBatchSize: number;
  /** How the authorize address turns down requests of known apps: a word by redirect, or a page that only the person sees. */
  consentErrors: 'redirect' | 'page';
  /** Whether the redirect after consent names the token issuer as `iss` (RFC 9207). */
  consentNamesIssuer: boolean;
  /** Whether a code that comes a second time ends what it gave the first time, as OAuth advises. */
  replayedCodeRevokes: boolean;
  /** Whether tokens of a new consent also have the scopes of the same person's earlier ones. */
  scopesAddUp: boolean;
  /** Whether a new consent ends the refresh tokens that the same person gave the app before. */
  newConsentEndsEarlier: boolean;
  /**
   * What a replaced refresh token gives in its grace: a fresh pair beside the one that replaced it, the very pair that
   * replaced it, or a fresh pair at the cost of every pair given in between.
   */
  graceReuse: 'fresh-pair' | 'same-pair' | 'fresh-pair-ends-between';
  /** Whether `/connections` still lists an organisation that the person may not use any more. */
  lostAccessIsListed: boolean;
  /** What the token endpoint says of a custom connection that nobody has authorised, or that was edited since. */
  inactiveCustomConnection: 'unauthorized_client' | 'invalid_client' | 'invalid_grant';
}

export const LIKELIER: Unverified = {
  purchaseOrdersObeyOrder: true,
  largestPageSize: 1000,
  largerPages: 'refused',
  concurrentProblem: 'concurrent',
  appMinuteProblem: 'appminute',
  problemKeys: 'lower',
  missingScopeDetail: 'AuthorizationUnsuccessful',
  paymentEvents: true,
  mergeArchivesContact: true,
  mergeTouchesDocuments: false,
  trackingOptionIds: true,
  removedPaymentsAreListed: true,
  removedAllocationsAreListed: false,
  allocationRemovalsTouch: true,
  attachmentsTouchDocuments: false,
  webhookBatchSize: 50,
  consentErrors: 'redirect',
  consentNamesIssuer: false,
  replayedCodeRevokes: true,
  scopesAddUp: true,
  newConsentEndsEarlier: false,
  graceReuse: 'fresh-pair',
  lostAccessIsListed: true,
  inactiveCustomConnection: 'unauthorized_client',
};
