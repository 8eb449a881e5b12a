import * as z from 'zod/mini';
import { money } from '../core/money.ts';

/** Pieces of wire schemas that both vendors need. Numbers arrive as their source text (json.ts). */

/** An id as text: GUIDs, and numbers of any size. Never empty. */
export const id = z.string().check(z.minLength(1));

/** Text where empty, blank and null all mean absent. */
export const optionalText = z.pipe(
  z.optional(z.nullable(z.string())),
  z.transform((text) => text?.trim() || undefined),
);

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/;

/** A decimal, sent as a JSON number or as text. */
export const amount = z.pipe(z.string().check(z.regex(DECIMAL)), z.transform(money));

/** An amount where empty text and null mean absent. */
export const optionalAmount = z.pipe(
  optionalText,
  z.optional(z.pipe(z.string().check(z.regex(DECIMAL)), z.transform(money))),
);

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The record without the fields that are undefined: in the domain an absent field is not there at all. */
export function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** What does not fit, field by field in one line, without the values themselves. */
export function misfit(error: z.core.$ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');
}
