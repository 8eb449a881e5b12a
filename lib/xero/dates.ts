import * as z from 'zod/mini';

const MILLISECONDS = /^\/Date\((-?\d{1,16})([+-]\d{4})?\)\/$/;
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * Reads the two ways in which Xero's accounting API writes time: `/Date(1552522703443+0000)/` (milliseconds since the
 * epoch; the offset only says how to show it) and `2019-03-12T00:00:00` (UTC). Anything else is undefined.
 */
export function xeroTime(text: string): Date | undefined {
  const milliseconds = MILLISECONDS.exec(text)?.[1];
  const time = milliseconds === undefined ? isoTime(text) : new Date(Number(milliseconds));
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}

function isoTime(text: string): Date | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const zoned = parts[1] === undefined || parts[4] !== undefined;
  return new Date(zoned ? text : `${text}Z`);
}

/** The instant for `If-Modified-Since`: UTC to the second, rounded down, `2026-11-22T03:04:05`. */
export function modifiedSince(instant: Date): string {
  return instant.toISOString().slice(0, 19);
}

const time = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const read = xeroTime(text);
    if (read) return read;
    context.issues.push({ code: 'custom', message: 'is not a date of Xero', input: text });
    return z.NEVER;
  }),
);

/** An instant, in ISO form with milliseconds. */
export const instant = z.pipe(
  time,
  z.transform((read: Date) => read.toISOString()),
);

/** A calendar date. Xero sends it as midnight UTC, whatever the organisation's zone: it is never shifted. */
export const calendarDate = z.pipe(
  time,
  z.transform((read: Date) => read.toISOString().slice(0, 10)),
);

export const serverTime = time;
