/** One line of the bench's result. */
export interface Figure {
  what: string;
  value: number;
  /** `×` is a ratio of two things measured in this run. */
  unit: '×' | 'KB';
  /** The target; a figure without one is there to be read. */
  atMost?: number;
  /** What the figure was made of. Absolute times differ from machine to machine and are judged nowhere. */
  madeOf: string;
}

/** A part of the bench. `say` tells people how far it is. */
export type Bench = (say: (progress: string) => void) => Promise<Figure[]>;

export function isMet({ value, atMost = Number.POSITIVE_INFINITY }: Figure): boolean {
  return value <= atMost;
}

/** The middle one; of an even number, the mean of the two in the middle. Throws RangeError without any. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  if (middle.length === 0) throw new RangeError('there is no median of nothing');
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** How many times `base` goes into `value`. Throws RangeError where the base is nothing to compare with. */
export function ratio(value: number, base: number): number {
  if (!(base > 0)) throw new RangeError(`${base} is nothing to compare with`);
  return value / base;
}
