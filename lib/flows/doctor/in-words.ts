const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** A length of time as people say it: `40 seconds`, `12 minutes`, `3 hours`, `2 days`. */
export function duration(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < 1.5 * MINUTE) return counted(Math.round(length / 1000), 'second');
  if (length < 2 * HOUR) return counted(Math.round(length / MINUTE), 'minute');
  if (length < 2 * DAY) return counted(Math.round(length / HOUR), 'hour');
  return counted(Math.round(length / DAY), 'day');
}

/** `1 line`, `3 lines`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** `a, b and c`; of a long list the first and how many more. */
export function listed(names: string[], most = 20): string {
  const more = names.length - most;
  const shown = more > 0 ? [...names.slice(0, most), `${more} more`] : names;
  const last = shown.at(-1) ?? 'none';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
