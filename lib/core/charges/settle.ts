import type { Settlement } from '../documents.ts';
import type { Money } from '../money.ts';
import { sum, toCents, ZERO } from '../money.ts';

/** What one settlement pays of one part of a charge. */
export interface PaymentShare {
  settlementId: string;
  date: string;
  amount: Money;
}

/**
 * What each settlement pays of each part (by its key), in the order of their dates. `gross` is what the charge comes to
 * with tax, of which each part is worth its own amount: so tax is taken off in proportion, and a charge that is paid in
 * full has every part paid in full, to the cent.
 */
export function shareSettlements(
  settlements: Settlement[],
  gross: Money,
  parts: ReadonlyMap<string, Money>,
): Map<string, PaymentShare[]> {
  const shares = new Map<string, PaymentShare[]>([...parts.keys()].map((key) => [key, []]));
  if (gross.eq(0)) return shares;
  let paid = ZERO;
  for (const { id, date, amount } of inOrder(settlements)) {
    const before = paid;
    paid = paid.plus(amount);
    for (const [key, worth] of parts) {
      // Rounded as a running total, so that no cent is lost or paid twice.
      const share = toCents(worth.times(paid).div(gross)).minus(toCents(worth.times(before).div(gross)));
      if (!share.eq(0)) shares.get(key)!.push({ settlementId: id, date, amount: share });
    }
  }
  return shares;
}

/** A prepayment that settles a bill in two goes stands twice with one id: it is one payment. */
function inOrder(settlements: Settlement[]): Pick<Settlement, 'id' | 'date' | 'amount'>[] {
  const merged = [...Map.groupBy(settlements, ({ id }) => id)].map(([id, same]) => ({
    id,
    date: same.map(({ date }) => date).toSorted()[0]!,
    amount: sum(same.map(({ amount }) => amount)),
  }));
  return merged.toSorted((a, b) => compare(a.date, b.date) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
