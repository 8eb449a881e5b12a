/** Behaviour of Xero that its documents leave open. Each default is the likelier reading; set the other one to see whether a client copes. */
export interface Unverified {
  /** `order` is listed for purchase orders, but was never seen to work there. */
  purchaseOrdersObeyOrder: boolean;
  largestPageSize: number;
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
  webhookBatchSize: number;
}

export const LIKELIER: Unverified = {
  purchaseOrdersObeyOrder: true,
  largestPageSize: 1000,
  concurrentProblem: 'concurrent',
  appMinuteProblem: 'appminute',
  problemKeys: 'lower',
  missingScopeDetail: 'AuthorizationUnsuccessful',
  paymentEvents: true,
  mergeArchivesContact: true,
  mergeTouchesDocuments: false,
  trackingOptionIds: true,
  removedPaymentsAreListed: true,
  webhookBatchSize: 50,
};
