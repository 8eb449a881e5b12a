import type { LineToMatch } from '../bill-match/matchable.ts';
import type { Money } from '../money.ts';

/** A line of a document, by which its amount is found again. */
export interface LineToShare extends LineToMatch {
  id: string;
}

export interface OrderToShare {
  id: string;
  lines: readonly LineToShare[];
}

export interface BillToShare {
  lines: readonly LineToShare[];
  /** What the bill itself says its lines add up to, where it says so. */
  subTotal?: Money;
}

/** What a bill bills on one line of an order, net, in cents; more than is left of it where the bill has more. */
export interface Share {
  order: string;
  line: string;
  amount: Money;
}

/** What a bill has that is on no line of its orders. */
export interface Extra {
  /** The line of the bill; none where its lines do not add up to its total. */
  line?: string;
  description: string;
  amount: Money;
  /** In words. */
  why: string;
}
