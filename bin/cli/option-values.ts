import { InvalidArgumentError } from 'commander';

/** A number of seconds, from one. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Not a number of seconds.');
  return value;
}

/** A number of days, from one. */
export function days(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Not a number of days.');
  return value;
}
