const UNITS = [
  ['d', 1440],
  ['h', 60],
  ['min', 1],
] as const;

/** How long something lasted since an ISO instant, in words that a person reads at a glance: `3 d 4 h`, `25 min`. */
export function lasting(sinceIso: string, until: Date): string {
  let minutes = Math.max(0, Math.round((until.getTime() - Date.parse(sinceIso)) / 60_000));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(minutes / size);
    minutes -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0 min';
}
