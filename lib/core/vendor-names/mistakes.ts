/**
 * How many letters were added, left out, mistaken or swapped with their neighbour; Infinity where it is more than
 * `limit`, which must be small. The libraries for this know no limit and count two for a swap.
 */
export function mistakes(a: string, b: string, limit: number): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA === restB) return 0;
  if (Math.abs(restA.length - restB.length) > limit || limit === 0) return Number.POSITIVE_INFINITY;
  const without = (ofA: number, ofB: number) => mistakes(restA.slice(ofA), restB.slice(ofB), limit - 1);
  const swapped = restA[0] === restB[1] && restA[1] === restB[0] ? without(2, 2) : Number.POSITIVE_INFINITY;
  return 1 + Math.min(without(1, 1), without(1, 0), without(0, 1), swapped);
}
