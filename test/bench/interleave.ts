import { median } from './figures.ts';

/**
 * Runs the candidates in turn, round after round, so that whatever else the machine does meanwhile hits all of them
 * alike. Each run returns what it measured; the first `warmUp` rounds are not counted. Returns the medians.
 */
export async function interleave<Name extends string>(
  candidates: Record<Name, () => number | Promise<number>>,
  { rounds, warmUp = 0, say }: { rounds: number; warmUp?: number; say?: (progress: string) => void },
): Promise<Record<Name, number>> {
  const runs = Object.entries(candidates) as [Name, () => number | Promise<number>][];
  const measured = new Map<Name, number[]>(runs.map(([name]) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, run] of runs) {
      const value = await run();
      if (round >= 0) measured.get(name)!.push(value);
    }
    say?.(round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`);
  }
  const medians = runs.map(([name]) => [name, median(measured.get(name)!)]);
  return Object.fromEntries(medians) as Record<Name, number>;
}
