import type { Bill } from '../../core/documents.ts';
import type { Outcome } from './outcome.ts';
import { leftOut } from './outcome.ts';

/** Bills are listed, so that none is forgotten, and not carried yet. */
export function decideBill(bill: Bill): Outcome {
  return leftOut('kind-not-carried', bill);
}
