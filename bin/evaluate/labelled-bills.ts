import * as z from 'zod';
import type { BillToMatch, LineToMatch, OrderToMatch } from '../../lib/core/bill-match/matchable.ts';
import { BadInput } from '../../lib/core/errors.ts';
import { money } from '../../lib/core/money.ts';
import { NotJson, parseJson } from '../../lib/http/json.ts';

/** What a person answered to one bill: numbers of orders, that it is for none, or that it must be asked. */
export type BillAnswer = string[] | 'NONE' | 'ASK';

export interface LabelledBill {
  id: string;
  book: string;
  bill: BillToMatch;
  expected: BillAnswer;
}

export interface LabelledBills {
  /** All orders of each book, by its name. */
  books: Map<string, OrderToMatch[]>;
  bills: LabelledBill[];
}

const LISTED = 20;

// Numbers arrive as the text they were written as, so that no amount is ever a float.
const text = z.string();
const given = text.trim().min(1, 'is empty');
const optional = z.nullish(text).transform((value) => value?.trim() || undefined);
const date = text.refine(isDate, 'is no date YYYY-MM-DD');
const net = text
  .regex(/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i, 'is no decimal')
  .transform((value) => money(value.replace('+', '')));
const line = z.tuple([z.nullish(text), optional, optional, optional, net]).transform(
  ([description, item, account, project, amount]): LineToMatch => ({
    description: description ?? '',
    net: amount,
    ...(item !== undefined && { item }),
    ...(account !== undefined && { account }),
    tracking: project === undefined ? [] : [{ category: 'project', option: project }],
  }),
);
const order = z.object({
  number: given,
  contact: given,
  date,
  status: given,
  currency: given,
  lines: z.array(line),
});
const bill = z.object({
  id: given,
  book: given,
  ref: z.nullish(text),
  contact: given,
  date,
  currency: given,
  lines: z.array(line),
  expect: z.union(
    [z.literal(['NONE', 'ASK']), z.array(given).min(1)],
    'is neither NONE, ASK nor numbers of orders',
  ),
});
const layout = z.object({
  books: z.record(text, z.object({ orders: z.array(order) })),
  bills: z.array(bill).min(1),
});

/** Reads the JSON that `evaluate bills` describes. Throws BadInput('labelled-bills-invalid') naming the places. */
export function readLabelledBills(content: Uint8Array): LabelledBills {
  const read = layout.safeParse(parse(content));
  if (!read.success)
    throw invalid(read.error.issues.map(({ path, message }) => `${place(path)}: ${message}`));
  const { books, bills } = read.data;
  const wrong = bills.flatMap(({ book, expect }, at) => {
    const orders = books[book]?.orders;
    if (!orders) return [`bills[${at}].book: "${book}" is none of the books`];
    const unknown =
      typeof expect === 'string' ? [] : expect.filter((it) => !orders.some(({ number }) => number === it));
    return unknown.map((number) => `bills[${at}].expect: "${number}" is no order of ${book}`);
  });
  if (wrong.length > 0) throw invalid(wrong);
  return {
    books: new Map(Object.entries(books).map(([name, { orders }]) => [name, orders.map(asOrder)])),
    bills: bills.map(({ id, book, ref, contact, expect, ...rest }) => ({
      id,
      book,
      bill: { ...rest, number: ref ?? '', contact: { id: contact } },
      expected: expect,
    })),
  };
}

/** Its place in the book is its id. */
function asOrder({ contact, ...rest }: z.infer<typeof order>, at: number): OrderToMatch {
  return { ...rest, id: String(at), contact: { id: contact } };
}

function parse(content: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch (cause) {
    throw invalid([cause instanceof NotJson ? cause.message : 'the file is not UTF-8'], cause);
  }
}

function isDate(date: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(date) && new Date(`${date}T00:00Z`).toJSON()?.startsWith(date) === true;
}

/** `books.Hudson.orders[3].lines[0][4]`: as in the file. */
function place(path: PropertyKey[]): string {
  return (
    path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '') || 'the file'
  );
}

function invalid(places: string[], cause?: unknown): BadInput {
  const more = places.length > LISTED ? [`and ${places.length - LISTED} more`] : [];
  return new BadInput('labelled-bills-invalid', {
    facts: { places: [...places.slice(0, LISTED), ...more] },
    cause,
  });
}
