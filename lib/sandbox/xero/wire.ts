/** How Xero spells answers: dates in its JSON, and XML for whoever forgets to ask for JSON. */

const CALENDAR_DATES = new Set([
  'Date',
  'DueDate',
  'DeliveryDate',
  'ExpectedArrivalDate',
  'PlannedPaymentDate',
  'FullyPaidOnDate',
  'PeriodLockDate',
]);
const INSTANTS = new Set(['UpdatedDateUTC', 'CreatedDateUTC']);
/** Fields of documents that also have a companion such as `DueDateString`. */
const WITH_STRING = new Set(['Date', 'DueDate', 'DeliveryDate', 'ExpectedArrivalDate']);

export type Shown = Record<string, unknown>;

/** Answers in ISO dates → answers in `/Date(…)/`, with the string companions that documents have. */
export function toXeroJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toXeroJson);
  if (typeof value !== 'object' || value === null) return value;
  const document = 'LineAmountTypes' in value && 'Contact' in value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => [
      ...(document && WITH_STRING.has(name) ? [[`${name}String`, `${inner}T00:00:00`]] : []),
      [name, isDate(name, inner) ? msDate(new Date(inner)) : toXeroJson(inner)],
    ]),
  );
}

const isDate = (name: string, value: unknown): value is string =>
  typeof value === 'string' && (CALENDAR_DATES.has(name) || INSTANTS.has(name));

/** `/Date(1552348800000+0000)/`: milliseconds since the epoch in UTC. */
function msDate(instant: Date): string {
  return `/Date(${instant.getTime()}+0000)/`;
}

/** The plainest XML of the same answer: lists named by their plural, entries by their singular. */
export function toXml(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return `<${name}>${value.map((entry) => toXml(singular(name), entry)).join('')}</${name}>`;
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`;
  const inner = Object.entries(value).map(([field, content]) => toXml(field, content));
  return `<${name}>${inner.join('')}</${name}>`;
}

const singular = (plural: string): string => plural.replace(/ies$/, 'y').replace(/(?<=ss)es$|s$/, '');

const escaped = (text: string): string => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
