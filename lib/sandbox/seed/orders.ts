import type { SeedOrder } from './order.ts';
import { CEDAR_ORDERS } from './orders-cedar.ts';
import { OAK_STREET_ORDERS } from './orders-oak-street.ts';
import { RIVERSIDE_ORDERS } from './orders-riverside.ts';

/** All forty orders, in the order of their numbers and dates. */
export const ORDERS: readonly SeedOrder[] = [...RIVERSIDE_ORDERS, ...OAK_STREET_ORDERS, ...CEDAR_ORDERS].sort(
  (a, b) => a.number.localeCompare(b.number),
);

export function orderOf(number: string): SeedOrder {
  const order = ORDERS.find((candidate) => candidate.number === number);
  if (order === undefined) throw new Error(`The seed has no order ${number}`);
  return order;
}
