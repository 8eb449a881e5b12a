import { excerpt, parseJson } from '../http/json.ts';

/** Procore's reasons by field; reasons for the record as a whole stand under `base`. */
export type Fields = Record<string, string[]>;

/**
 * Reads why Procore refused, from any of the shapes that its error bodies take: `errors` as text, list or map of
 * fields, `message`, `error`, `reason`, `exception`, `fields`, and bodies that are not JSON at all.
 */
export function refusalFields(text: string): Fields {
  let body: unknown;
  try {
    body = parseJson(text);
  } catch {
    return text.trim() === '' ? {} : { base: [excerpt(text)] };
  }
  if (!isRecord(body)) return reasonsIn(body);
  if (body.errors !== undefined && body.errors !== null) {
    const fields = reasonsIn(body.errors);
    if (Object.keys(fields).length > 0) return fields;
  }
  const general = ['message', 'error', 'reason', 'exception'].flatMap((key) => words(body[key]));
  return merge(
    { base: [...new Set(general)].slice(0, 1) },
    isRecord(body.fields) ? reasonsIn(body.fields) : {},
  );
}

/** The reasons in the value of an `errors` key. */
export function reasonsIn(errors: unknown): Fields {
  if (Array.isArray(errors)) return errors.map(reasonsIn).reduce(merge, {});
  if (!isRecord(errors)) return merge({ base: words(errors) }, {});
  const pointed = pointedReason(errors);
  if (pointed) return pointed;
  return Object.entries(errors)
    .map(([field, reasons]) => ({ [field]: words(reasons) }))
    .reduce(merge, {});
}

// A list of errors may hold objects such as {"field": "vendor_id", "message": "is invalid"}.
function pointedReason({ field, message, detail, title }: Record<string, unknown>): Fields | undefined {
  const said = [message, detail, title].find((candidate) => typeof candidate === 'string');
  if (typeof said !== 'string') return undefined;
  return { [typeof field === 'string' && field ? field : 'base']: [said] };
}

/** Every text inside a value, however deep. */
function words(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [excerpt(value)];
  if (Array.isArray(value)) return value.flatMap(words);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => words(inner).map((word) => `${key} ${word}`));
}

export function merge(one: Fields, other: Fields): Fields {
  // A Map, because a field may be called like something that every object inherits.
  const merged = new Map<string, string[]>();
  for (const [field, reasons] of [...Object.entries(one), ...Object.entries(other)]) {
    const all = [...new Set([...(merged.get(field) ?? []), ...reasons])];
    if (all.length > 0) merged.set(field, all);
  }
  return Object.fromEntries(merged);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
