import { createHmac, randomBytes } from 'node:crypto';
import type { BookEvent } from './events.ts';

/** Where events say that their record can be read; receivers should not follow it. */
const API = 'https://api.xero.com/api.xro/2.0';

const PATHS: Record<BookEvent['eventCategory'], string> = {
  INVOICE: 'Invoices',
  CONTACT: 'Contacts',
  CREDITNOTE: 'CreditNotes',
  PREPAYMENT: 'Prepayments',
  PAYMENT: 'Payments',
};

export interface QueuedEvent extends BookEvent {
  at: Date;
}

/** The body to its last space: irregular, as the real ones are, so that nobody can parse and re-serialise it. */
export function webhookBody(events: QueuedEvent[], first: number, last: number): string {
  const entries = events.map(spell).join(',');
  const sequences = `"firstEventSequence": ${first},"lastEventSequence": ${last}, "entropy": "${entropy()}"`;
  return `{"events":[${entries}],${sequences}}`;
}

function spell({ tenantId, eventCategory, eventType, resourceId, data, at }: QueuedEvent): string {
  const fields: [string, unknown][] = [
    ['resourceUrl', `${API}/${PATHS[eventCategory]}/${resourceId}`],
    ['resourceId', resourceId],
    ['tenantId', tenantId],
    ['tenantType', 'ORGANISATION'],
    ['eventCategory', eventCategory],
    ['eventType', eventType],
    ['eventDateUtc', at.toISOString().slice(0, -1)],
    ...(data ? [['data', data] as [string, unknown]] : []),
  ];
  return `{${fields.map(([name, value]) => `"${name}": ${JSON.stringify(value)}`).join(',')}}`;
}

export function signature(body: string, key: string): string {
  return createHmac('sha256', key).update(body).digest('base64');
}

/** Twenty capital letters. */
function entropy(): string {
  return [...randomBytes(20)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
}
