/** What Xero has webhooks for. Purchase orders and journals are not among them. */
export const EVENT_CATEGORIES = ['INVOICE', 'CONTACT', 'CREDITNOTE', 'PREPAYMENT', 'PAYMENT'] as const;

export type EventCategory = (typeof EVENT_CATEGORIES)[number];

/** Something happened in an organisation that apps may hear of. */
export interface BookEvent {
  tenantId: string;
  eventCategory: EventCategory;
  eventType: 'CREATE' | 'UPDATE';
  resourceId: string;
  data?: Record<string, string>;
}
