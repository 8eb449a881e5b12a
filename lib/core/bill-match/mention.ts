/**
 * How a bill mentions an order: by its number in full or after a word for "order"; after a number that was named, as
 * in `PO-0107, 108`; by its bare digits, which may as well be the supplier's own; or by what looks like a number of
 * this book and is none, with a word for "order" or without one.
 */
export type How = 'named' | 'listed' | 'bare' | 'unknown' | 'unfamiliar';

export interface Mention<Order> {
  how: How;
  /** None where the number is unknown; several where orders share it. */
  orders: Order[];
  /** As it was read, such as `PO 107`. */
  text: string;
  digits: string;
  /** Those behind its last stroke: `017` of `PO-2026-017`. */
  last: string;
  /** Whether the reference says nothing else. */
  alone: boolean;
  inReference: boolean;
}
