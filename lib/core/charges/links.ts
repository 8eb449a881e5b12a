import type { Money } from '../money.ts';
import { money, sum } from '../money.ts';
import type { CodeTarget } from '../procore-records.ts';

/**
 * What the connector last wrote of one charge into one commitment: its payment application, a requisition of Procore.
 * It stands with the order's links, because the order must know what was billed on its lines.
 */
export interface ApplicationLink {
  /** The bill or credit note. */
  documentId: string;
  orderId: string;
  projectId: string;
  commitmentId: string;
  originId: string;
  /** Absent while a creation is under way whose answer is not known: then look before creating again. */
  requisitionId?: string;
  /** Of the content that was sent. */
  fingerprint: string;
  /** What it bills, by the originId of the SOV line; decimal text. */
  items: Record<string, string>;
  /**
   * `standing` is known to be approved and stamped with its originId. `emptied` is what Procore would not delete,
   * because others follow it in its chain: it stands and bills nothing.
   */
  state: 'writing' | 'standing' | 'emptied';
  dueDate?: string;
  /** Xero's ids of the files that were carried along. */
  files?: string[];
  /** What was issued on it, by the settlement's id. `id` is absent while the answer is not known. */
  payments: Record<string, { id?: string; amount: string; date: string }>;
}

/** What the items of an application come to. */
export function billedBy(items: ApplicationLink['items']): Money {
  return sum(Object.values(items).map(money));
}

/** What the connector last wrote of one charge as a direct cost of one project. */
export interface DirectCostLink {
  documentId: string;
  projectId: string;
  /** 0, 1, …: a direct cost takes a hundred lines. */
  part: number;
  originId: string;
  directCostId?: string;
  fingerprint: string;
  /** Decimal text. */
  amount: string;
  /** Where it is booked, line by line; absent where it was written before this was noted. */
  booked?: { target: CodeTarget; amount: string }[];
}

/** Everything that stands in Procore of one charge. */
export interface ChargeLinks {
  applications: ApplicationLink[];
  directCosts: DirectCostLink[];
}

/** Which orders a charge is for, and who said so. */
export interface ChargeMatch {
  documentId: string;
  /** Ids of orders, or that it is for none, or that somebody must say. */
  orders: string[] | 'none' | 'ask';
  /** `rules`, or the person. */
  by: string;
  why: string[];
  /** Whether the charge names all of them: then no order that comes up later can be meant. */
  named?: boolean;
  /** Every order on which something of the charge may stand, those of former decisions among them. */
  touched: string[];
}
