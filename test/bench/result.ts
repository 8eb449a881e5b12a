import Table from 'cli-table3';
import { asBars } from './bars.ts';
import type { Figure, Group, Unit } from './figures.ts';
import { isJudged, isMet } from './figures.ts';

const DIGITS: Record<Unit, number> = {
  '×': 2,
  KB: 0,
  calls: 3,
  'documents/s': 1,
  'events/s': 0,
  ms: 1,
  US$: 4,
  h: 2,
};

/** For people: a table to each part, bars under it where something stands beside a figure, and last what was missed. */
export function asTable(groups: Group[]): string {
  const all = groups.flatMap(({ figures }) => figures);
  const judged = all.filter(isJudged);
  const missed = judged.filter((figure) => !isMet(figure));
  const parts = groups.map(({ name, figures }) =>
    [`\n${name}`, tableOf(figures), asBars(figures)].filter((part) => part !== '').join('\n'),
  );
  const verdict = `${judged.length - missed.length} of ${judged.length} targets met`;
  const names = missed.map(
    (figure) => `  MISSED  ${figure.what}: ${inWords(figure)}, target ${targetOf(figure)}`,
  );
  return [...parts, '', verdict, ...names].join('\n');
}

function tableOf(figures: Figure[]): string {
  const table = new Table({
    head: ['', 'Figure', 'Target', '', 'Made of'],
    colAligns: ['left', 'right', 'right', 'left', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const figure of figures) {
    const verdict = !isJudged(figure) ? '' : isMet(figure) ? 'met' : 'MISSED';
    table.push([figure.what, inWords(figure), targetOf(figure), verdict, figure.madeOf]);
  }
  return table.toString();
}

function inWords({ value, unit }: Figure): string {
  return `${value.toFixed(DIGITS[unit])} ${unit}`;
}

function targetOf({ atMost, atLeast, unit }: Figure): string {
  const bounds = [
    ...(atMost === undefined ? [] : [`≤ ${atMost}`]),
    ...(atLeast === undefined ? [] : [`≥ ${atLeast}`]),
  ];
  return bounds.length === 0 ? '' : `${bounds.join(', ')} ${unit}`;
}

/** One line for scripts: every figure with its part, and whether it met its target if it has one. */
export function asJson(groups: Group[]): string {
  const figures = groups.flatMap((group) =>
    group.figures.map((figure) => ({
      part: group.name,
      ...figure,
      ...(isJudged(figure) && { met: isMet(figure) }),
    })),
  );
  return JSON.stringify({ ok: groups.every((group) => group.figures.every(isMet)), figures });
}
