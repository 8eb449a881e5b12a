import * as z from 'zod';

/*
 * The kinds of value that Procore reads from a body. Numbers may come as strings; a null clears an optional field.
 */

const DECIMAL = /^-?\d+(\.\d+)?$/;

export const id = z
  .union([z.int(), z.string().regex(/^\d+$/, 'is not an id')], { error: 'is not an id' })
  .transform((value) => Number(value));

export const decimal = z
  .union([z.number(), z.string().regex(DECIMAL, 'is not a number')], { error: 'is not a number' })
  .transform((value) => String(value));

export const date = z
  .string({ error: 'is not a date' })
  .refine((text) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)), 'is not a date')
  .transform((text) => text.slice(0, 10));

export const text = z.string({ error: 'is not a string' });

export const flag = z.boolean({ error: 'is not a boolean' });

export const whole = z
  .union([z.int(), z.string().regex(/^\d+$/, 'is not a whole number')], { error: 'is not a whole number' })
  .transform((value) => Number(value));

export function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: 'is not included in the list' });
}

/** Makes every field of a shape optional and clearable, as on create and update. */
export function optionalFields<T extends z.ZodRawShape>(shape: T) {
  const fields = Object.entries(shape).map(([name, type]) => [name, (type as z.ZodType).nullish()]);
  return z.object(Object.fromEntries(fields) as { [K in keyof T]: z.ZodOptional<z.ZodNullable<T[K]>> });
}
