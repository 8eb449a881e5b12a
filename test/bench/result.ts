import Table from 'cli-table3';
import type { Figure } from './figures.ts';
import { isMet } from './figures.ts';

/** For people. */
export function asTable(figures: Figure[]): string {
  const table = new Table({
    head: ['', 'Figure', 'Target', '', 'Made of'],
    colAligns: ['left', 'right', 'right', 'left', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const figure of figures) {
    const { what, value, unit, atMost, madeOf } = figure;
    const digits = unit === '×' ? 2 : 0;
    const target = atMost === undefined ? '' : `≤ ${atMost} ${unit}`;
    const verdict = atMost === undefined ? '' : isMet(figure) ? 'met' : 'MISSED';
    table.push([what, `${value.toFixed(digits)} ${unit}`, target, verdict, madeOf]);
  }
  return table.toString();
}

/** One line for scripts: every figure, and whether it met its target if it has one. */
export function asJson(figures: Figure[]): string {
  const judged = figures.map((figure) =>
    figure.atMost === undefined ? figure : { ...figure, met: isMet(figure) },
  );
  return JSON.stringify({ ok: figures.every(isMet), figures: judged });
}
