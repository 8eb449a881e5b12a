/** Event patterns of EventBridge: values, prefix, suffix, anything-but and exists. */
export type EventPattern = { [field: string]: EventPattern | unknown[] };

type Condition = (wanted: unknown) => (value: unknown) => boolean;

const CONDITIONS: Record<string, Condition> = {
  prefix: (wanted) => (value) => typeof value === 'string' && value.startsWith(String(wanted)),
  suffix: (wanted) => (value) => typeof value === 'string' && value.endsWith(String(wanted)),
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  'anything-but': (wanted) => (value) => value !== undefined && ![wanted].flat().includes(value),
};

/** Whether an event fits a pattern: every field of the pattern must fit, and one of its alternatives is enough. */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | undefined)?.[field];
    if (!Array.isArray(wanted)) return matchesPattern(wanted, value);
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((alternative) => values.some(condition(alternative)));
  });
}

/** Throws where a pattern holds a condition that is not known here, so that it is seen before an event comes. */
export function checkPattern(pattern: EventPattern): void {
  for (const wanted of Object.values(pattern)) {
    if (Array.isArray(wanted)) wanted.forEach(condition);
    else checkPattern(wanted);
  }
}

function condition(alternative: unknown): (value: unknown) => boolean {
  if (typeof alternative !== 'object' || alternative === null) return (value) => value === alternative;
  const [name = '', ...more] = Object.keys(alternative);
  const known = CONDITIONS[name];
  if (!known || more.length > 0)
    throw new Error(`The event pattern ${JSON.stringify(alternative)} is not known`);
  return known((alternative as Record<string, unknown>)[name]);
}
