import { createHash } from 'node:crypto';

/** A GUID shaped like a random one (version 4) that is always the same for the same kind and name. */
export function guid(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind}:${name}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The calendar date so many days before `today`; both `YYYY-MM-DD`. Negative days lie ahead. */
export function daysBefore(today: string, days: number): string {
  const date = new Date(`${today}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

/** An ISO instant in the contractor's working hours of that day; the minute depends on `name` alone. */
export function momentOn(date: string, name: string): string {
  const minute = createHash('sha256').update(name).digest().readUInt16BE(0) % 540;
  const hour = 13 + Math.floor(minute / 60);
  return `${date}T${hour}:${String(minute % 60).padStart(2, '0')}:00.000Z`;
}
