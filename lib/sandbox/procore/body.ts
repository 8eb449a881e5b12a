import type * as z from 'zod';
import type { FieldErrors } from './errors.ts';
import { badRequest } from './errors.ts';

/**
 * Reads a body by a schema. `unknown` hears of fields that the schema does not know: Procore ignores them.
 * Throws a 400 that names the fields that do not fit.
 */
export function readBody<S extends z.ZodType>(schema: S, body: unknown, unknown: (field: string) => void) {
  const result = schema.safeParse(body);
  if (!result.success) throw badRequest(errorsOf(result.error));
  for (const field of unreadFields(body, result.data)) unknown(field);
  return result.data as z.output<S>;
}

function errorsOf(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) {
    const field = issue.path.filter((step) => typeof step === 'string').at(-1) ?? 'base';
    errors[field] = [...(errors[field] ?? []), issue.message];
  }
  return errors;
}

function unreadFields(sent: unknown, read: unknown, path = ''): string[] {
  if (Array.isArray(sent)) {
    return sent.flatMap((item, index) =>
      unreadFields(item, Array.isArray(read) ? read[index] : undefined, `${path}[]`),
    );
  }
  if (!isObject(sent) || !isObject(read)) return [];
  return Object.keys(sent).flatMap((key) => {
    const inner = path === '' ? key : `${path}.${key}`;
    return key in read ? unreadFields(sent[key], read[key], inner) : [inner];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
