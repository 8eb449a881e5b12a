import type { Figure } from './figures.ts';

const WIDEST = 48;

/** Each figure that has something beside it as a bar over the others' bars, all to one scale. */
export function asBars(figures: Figure[]): string {
  const shown = figures.filter(({ beside }) => beside !== undefined);
  if (shown.length === 0) return '';
  const rows = shown.flatMap(({ what, value, beside }) =>
    Object.entries({ ours: value, ...beside }).map(([name, length], at) => ({
      label: at === 0 ? what : '',
      name,
      length,
    })),
  );
  const most = Math.max(...rows.map(({ length }) => length));
  const labels = Math.max(...rows.map(({ label }) => label.length));
  const names = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(({ label, name, length }) => {
      const bar = '█'.repeat(Math.max(1, Math.round((length / most) * WIDEST)));
      return `${label.padEnd(labels)}  ${name.padEnd(names)}  ${bar} ${length.toFixed(length < 1 ? 3 : 2)}`;
    })
    .join('\n');
}
