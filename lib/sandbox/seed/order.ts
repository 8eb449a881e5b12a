import type { Code } from '../../core/codes.ts';
import type { CostArea, ProjectKey } from './chart.ts';
import { itemOf } from './chart.ts';
import type { SupplierKey } from './suppliers.ts';

export type AmountsKind = 'Exclusive' | 'Inclusive' | 'NoTax';

/** A line as somebody typed it. Amounts are decimal text. */
export interface SeedLine {
  description: string;
  /** Absent on a line that is only a remark. */
  quantity?: string;
  price?: string;
  account?: string;
  item?: string;
  /** Percent off the line. */
  discount?: string;
  project?: ProjectKey;
  area?: CostArea;
  /** The budget code on which the contractor's accountant books it, `03-300.M`; absent: not a job cost. */
  budgetCode?: string;
}

export interface SeedOrder {
  number: string;
  supplier: SupplierKey;
  status: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'BILLED' | 'DELETED';
  daysAgo: number;
  amounts: AmountsKind;
  lines: SeedLine[];
  /** Currency and its units per dollar, where it is not the dollar. */
  foreign?: { currency: string; rate: string };
  /** Why the order does not go to Procore; absent: it goes. */
  stays?: { state: 'parked' | 'left-out'; code: Code };
}

type OrderFacts = Pick<SeedOrder, 'supplier' | 'status' | 'daysAgo'> &
  Partial<Pick<SeedOrder, 'amounts' | 'foreign' | 'stays'>> &
  Pick<SeedLine, 'project' | 'area'>;

/** An order whose lines carry the order's project and cost area unless they say otherwise. */
export function order(number: string, facts: OrderFacts, lines: SeedLine[]): SeedOrder {
  const { project, area, ...rest } = facts;
  const tracking = { ...(project && { project }), ...(area && { area }) };
  return { amounts: 'Exclusive', ...rest, number, lines: lines.map((line) => ({ ...tracking, ...line })) };
}

type LineExtras = Partial<Pick<SeedLine, 'budgetCode' | 'discount' | 'project' | 'area' | 'description'>>;

/** A line of the price list. */
export function item(code: string, quantity: string, price: string, extras: LineExtras = {}): SeedLine {
  const { name, account } = itemOf(code);
  return { description: name, item: code, account, quantity, price, ...extras };
}

/** A line in words: one lump of work or cost. */
export function work(account: string, description: string, price: string, extras: LineExtras = {}): SeedLine {
  return { description, account, quantity: '1', price, ...extras };
}

/** A line that only says something. */
export function remark(description: string): SeedLine {
  return { description };
}
