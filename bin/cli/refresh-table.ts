import type { Changes } from '../../lib/core/reference-changes.ts';
import { inBrief } from '../../lib/core/reference-changes.ts';
import { isOfProject } from '../../lib/core/reference-lists.ts';
import type { ListOutcome, RefreshedLists, Unread } from '../../lib/flows/reference/refresh-everything.ts';
import type { Refreshed } from '../../lib/flows/reference/refresh-list.ts';
import { table } from './table.ts';

const KINDS: [keyof Changes, string][] = [
  ['added', 'New'],
  ['renamed', 'Renamed'],
  ['archived', 'Archived'],
  ['gone', 'Gone'],
];

const NUMBERS = ['Projects', 'Entries', ...KINDS.map(([, title]) => title), 'Queued again'];

/** One row for each list, those of all projects together, and below it the names of what changed. */
export function refreshedInWords({ lists, requeued }: RefreshedLists): string {
  const groups = Map.groupBy(lists, ({ list }) => list);
  const rows = [...groups.values()].map(asRow);
  const head = [
    'List',
    'Projects',
    'Entries',
    'Last read',
    ...KINDS.map(([, title]) => title),
    'Queued again',
  ];
  const changes = [...groups.values()].flatMap((group) => namesOf(group.filter(isRead)));
  const problems = lists.flatMap((one) => ('problem' in one ? [unread(one)] : []));
  return [table(head, rows, NUMBERS), ...changes, ...problems, `${requeued} documents queued again.`].join(
    '\n',
  );
}

function asRow(group: ListOutcome[]): string[] {
  const read = group.filter(isRead);
  const sum = (number: (one: Refreshed) => number) =>
    String(read.reduce((total, one) => total + number(one), 0));
  const { list } = group[0]!;
  if (read.length === 0) return [titleOf(list), '', 'not read', '', '', '', '', '', ''];
  return [
    titleOf(list),
    isOfProject(list) ? String(read.length) : '',
    sum(({ entries }) => entries),
    read.map(({ since = 'never' }) => since).toSorted()[0]!,
    ...KINDS.map(([kind]) => sum(({ changes }) => changes[kind].length)),
    sum((one) => one.requeued),
  ];
}

function namesOf(group: Refreshed[]): string[] {
  return KINDS.flatMap(([kind, title]) => {
    const names = group.flatMap(({ changes }) => changes[kind]);
    if (names.length === 0) return [];
    return [`${titleOf(group[0]!.list)}, ${title.toLowerCase()}: ${inBrief(names).join('; ')}`];
  });
}

function unread({ list, project, problem }: Unread & { project?: string }): string {
  return `Not read: ${titleOf(list)}${project === undefined ? '' : ` of ${project}`}. ${problem}`;
}

/** `procore/cost-codes/P` → `Procore cost codes` */
function titleOf(list: string): string {
  const words = list.replace(/\/P$/, '').replaceAll(/[/-]/g, ' ').replace('wbs', 'WBS');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isRead(one: ListOutcome): one is Refreshed {
  return 'entries' in one;
}
