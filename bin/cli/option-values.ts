import { InvalidArgumentError } from 'commander';

/** A number of seconds, from one. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Not a number of seconds.');
  return value;
}

/** A calendar date as the ISO writes it. */
export function calendarDate(text: string): string {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  const isReal = date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!isReal) throw new InvalidArgumentError('Not a calendar date such as 2026-01-31.');
  return text;
}

/** A number of days, from one. */
export function days(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Not a number of days.');
  return value;
}
