import type { Money } from '../money.ts';
import { sum, ZERO } from '../money.ts';

type L = { id: string; net: Money; item?: string; account?: string; description: string };
/** temporary */
export function shareLines<B extends L, O extends L & { billed: Money }>(
  bill: readonly B[],
  orders: readonly O[],
) {
  const shares = new Map<string, Money>();
  const extras: { line: B; amount: Money }[] = [];
  const left = new Map(orders.map((o) => [o.id, o.net.minus(o.billed)]));
  for (const line of bill) {
    const fit = (o: O) =>
      (o.item !== undefined && o.item === line.item ? 4 : 0) +
      (o.description === line.description ? 3 : 0) +
      (o.account === line.account ? 1 : 0) +
      (left.get(o.id)!.eq(line.net) ? 2 : 0);
    const best = orders.toSorted((a, b) => fit(b) - fit(a))[0];
    if (!best || fit(best) < 3) {
      extras.push({ line, amount: line.net });
      continue;
    }
    shares.set(best.id, sum([shares.get(best.id) ?? ZERO, line.net]));
    left.set(best.id, left.get(best.id)!.minus(line.net));
  }
  return { shares, extras };
}
