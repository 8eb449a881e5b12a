/** Whole numbers below a limit, the same at every run: a linear congruential generator, of which the upper bits are used. */
export function seededBelow(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
