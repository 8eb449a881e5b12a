import type { Directory, Kind } from '../rules/directory.ts';
import type { TableRow } from '../rules/identify.ts';
import { textsOf } from '../rules/identify.ts';
import { isPrefix } from '../rules/rule.ts';

const NAMES: Record<Kind, [what: string, gone: string, closed: string]> = {
  account: ['account', 'is not in Xero', 'is archived in Xero'],
  item: ['item', 'is not in Xero', 'is archived in Xero'],
  option: ['tracking option', 'is not in Xero', 'is archived in Xero'],
  project: ['project', 'is not among those that Procore shows', 'is inactive in Procore'],
};

/** What a row names that is no longer there or no longer in use, in words; lists that are not known say nothing. */
export function staleIn(row: TableRow, directory: Directory): string[] {
  return textsOf(row).flatMap(([kind, text]) => {
    if (!directory.knows(kind) || (kind === 'item' && isPrefix(text))) return [];
    const id = row.ids?.[kind as 'option'];
    const entry = id === undefined ? directory.named(kind, text)[0] : directory.get(kind, id);
    const [what, gone, closed] = NAMES[kind];
    if (!entry) return [`${what} ${text} ${gone}`];
    return entry.active ? [] : [`${what} ${text} ${closed}`];
  });
}
