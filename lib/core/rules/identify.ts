import type { Directory, Entry, Kind } from './directory.ts';
import type { CostCodeRule, NotedRule, ProjectRule } from './rule.ts';
import { isPrefix, optionText } from './rule.ts';

/** A row of either table. */
export type TableRow = NotedRule | ProjectRule;

/** A text in a row that stands for no record, or for no single one. */
export interface Doubt {
  kind: Kind;
  text: string;
  /** What several records the text names; none where nobody knows it. */
  named: Entry[];
}

/** What a row names, by kind, as it is written. */
export function textsOf(row: TableRow): [Kind, string][] {
  const { account, item, tracking, project } = asRule(row);
  const texts: [Kind, string | undefined][] = [
    ['account', account],
    ['item', item],
    ['option', tracking && optionText(tracking)],
    ['project', project],
  ];
  return texts.filter((pair): pair is [Kind, string] => pair[1] !== undefined);
}

/** Ids that texts stood for in an earlier version of the table. */
export function rememberIds(rows: TableRow[]): (kind: Kind, text: string) => string | undefined {
  const ids = new Map(
    rows.flatMap((row) =>
      textsOf(row).map(([kind, text]) => [`${kind} ${text}`, row.ids?.[kind as 'option']]),
    ),
  );
  return (kind, text) => ids.get(`${kind} ${text}`);
}

/**
 * The row with the ids of what it names now. Where the vendor cannot be asked, or has given a record another name
 * since, a text stands for what it stood for `before`.
 */
export function identify<Row extends TableRow>(
  { ids: _old, ...row }: Row,
  directory: Directory,
  before: ReturnType<typeof rememberIds>,
): { row: Row; doubts: Doubt[] } {
  const ids: Partial<Record<Kind, string>> = {};
  const doubts: Doubt[] = [];
  for (const [kind, text] of textsOf(row as Row)) {
    if (kind === 'item' && isPrefix(text)) {
      if (!beginsAnItem(text, directory)) doubts.push({ kind, text, named: [] });
      continue;
    }
    const named = directory.named(kind, text);
    const known = before(kind, text);
    const kept =
      known !== undefined && (!directory.knows(kind) || directory.get(kind, known)) ? known : undefined;
    const id = named.length === 1 ? named[0]!.id : kept;
    if (id !== undefined) ids[kind] = id;
    else if (directory.knows(kind)) doubts.push({ kind, text, named });
  }
  return { row: (Object.keys(ids).length > 0 ? { ...row, ids } : row) as Row, doubts };
}

/** The row with what its records are called now; what was written stays as long as it names the same. */
export function withCurrentTexts<Row extends TableRow>(row: Row, directory: Directory): Row {
  const changed = { ...row };
  for (const [kind, text] of textsOf(row)) {
    const id = row.ids?.[kind as 'option'];
    const entry = id === undefined ? undefined : directory.get(kind, id);
    const current = entry && currentText(kind, text, entry, directory);
    if (current === undefined || current === text) continue;
    if (kind !== 'option') Object.assign(changed, { [kind]: current });
    else if ('target' in row) Object.assign(changed, { tracking: entry!.tracking });
    else Object.assign(changed, entry!.tracking);
  }
  return changed;
}

/** A text that names the record and no other; what was written, where no text does. */
export function currentText(
  kind: Kind,
  text: string | undefined,
  entry: Entry,
  directory: Directory,
): string {
  const meansIt = (wanted: string) => {
    const [first, ...others] = directory.named(kind, wanted);
    return first === entry && others.length === 0;
  };
  const texts = text === undefined ? entry.texts : [text, ...entry.texts];
  // An item or account that ends in a star would be read as a pattern.
  return texts.find((it) => meansIt(it) && (kind === 'project' || !isPrefix(it))) ?? text ?? entry.id;
}

/** The keys of a row of either table as those of a rule. */
function asRule(row: TableRow): Pick<CostCodeRule, 'account' | 'item' | 'tracking' | 'project'> {
  if ('target' in row) return row;
  const { category, option, project } = row;
  return { tracking: { category, option }, project };
}

function beginsAnItem(pattern: string, directory: Directory): boolean {
  const prefix = pattern.slice(0, -1);
  return (
    !directory.knows('item') ||
    directory.entries('item').some(({ texts: [code] }) => code!.startsWith(prefix))
  );
}
