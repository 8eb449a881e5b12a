/** One line of the bench's result. */
export interface Figure {
  what: string;
  value: number;
  /** `×` is a ratio of two things measured in this run. */
  unit: Unit;
  /** The target, one way or the other; a figure without one is there to be read. */
  atMost?: number;
  atLeast?: number;
  /** The same of what people would rather have, or would otherwise do, by name: shown as bars. */
  beside?: Record<string, number>;
  /** What the figure was made of. Absolute times differ from machine to machine. */
  madeOf: string;
}

export type Unit = '×' | 'KB' | 'calls' | 'documents/s' | 'events/s' | 'ms' | 'US$' | 'h';

/** A part of the bench. `say` tells people how far it is. */
export type Bench = (say: (progress: string) => void) => Promise<Figure[]>;

/** The figures of one part, by its name. */
export interface Group {
  name: string;
  figures: Figure[];
}

export function isJudged({ atMost, atLeast }: Figure): boolean {
  return atMost !== undefined || atLeast !== undefined;
}

export function isMet({
  value,
  atMost = Number.POSITIVE_INFINITY,
  atLeast = Number.NEGATIVE_INFINITY,
}: Figure): boolean {
  return value <= atMost && value >= atLeast;
}

/** The middle one; of an even number, the mean of the two in the middle. Throws RangeError without any. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  if (middle.length === 0) throw new RangeError('there is no median of nothing');
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** The value that so many percent of them do not exceed. Throws RangeError without any. */
export function percentile(values: number[], percent: number): number {
  const found = values.toSorted((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1];
  if (found === undefined) throw new RangeError('there is no percentile of nothing');
  return found;
}

/** How many times `base` goes into `value`. Throws RangeError where the base is nothing to compare with. */
export function ratio(value: number, base: number): number {
  if (!(base > 0)) throw new RangeError(`${base} is nothing to compare with`);
  return value / base;
}
