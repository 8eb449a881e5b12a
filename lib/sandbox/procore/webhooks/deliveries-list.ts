import type { Query } from '../query.ts';
import type { Delivery, Hook } from './records.ts';

const OUTCOMES: Record<string, Delivery['outcome'][]> = {
  any: ['ok', 'retried', 'failed', 'discarded'],
  successful: ['ok'],
  failing: ['retried', 'failed'],
  discarded: ['discarded'],
};

/** Deliveries of a status, the latest first. The reference writes `filters[status]`, the guide `filter[status]`. */
export function deliveriesOf(hook: Hook, query: Query): Delivery[] {
  const words = Object.keys(OUTCOMES);
  const status = query.word('status', words) ?? query.get('filter[status]') ?? 'any';
  return hook.deliveries.filter(({ outcome }) => (OUTCOMES[status] ?? []).includes(outcome));
}

export const DELIVERY_FILTERS = ['filters[status]', 'filter[status]'];

export function deliveryView(delivery: Delivery) {
  return {
    event: delivery.payload,
    event_id: delivery.event.id,
    outcome: delivery.outcome,
    response_body: delivery.body,
    response_error: delivery.error,
    response_headers: delivery.headers,
    response_status: delivery.status,
    started_at: delivery.startedAt,
    completed_at: delivery.completedAt,
  };
}
