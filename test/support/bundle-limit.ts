/**
 * How large the bundle of a function may be, in kilobytes of 1000 bytes: a cold start loads all of it. The worker has
 * the whole of matching, charging and budgets aboard, and starts once for many batches.
 */
export function bundleLimit(name: string): number {
  return name === 'SyncDocuments' ? 700 : 600;
}
