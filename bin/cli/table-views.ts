import type { RowChange } from '../../lib/core/rules/table-diff.ts';
import { changesInWords } from '../../lib/core/rules/table-diff.ts';
import type { Imported } from '../../lib/flows/mappings/replace-table.ts';
import type { Warning } from '../../lib/flows/mappings/warnings.ts';
import type { TableVersion } from '../../lib/store/tables.ts';
import type { Io } from './io.ts';
import { say } from './io.ts';
import { table, wrap } from './table.ts';

/** More than these nobody reads; --json has them all. */
const LISTED = 20;

export function importInWords({ rows, version, changes, requeued }: Imported): string {
  return `${rows} rows in force (version ${version}: ${changesInWords(changes)}), ${requeued} documents queued again`;
}

export function sayWarnings(warnings: Warning[], io: Io): void {
  for (const { row, column, says } of warnings.slice(0, LISTED)) {
    say(io, row === undefined ? `Warning: ${says}` : `Warning: row ${row}, column ${column}: ${says}`);
  }
  if (warnings.length > LISTED) say(io, `… and ${warnings.length - LISTED} more warnings`);
}

export function versionsTable(versions: TableVersion[]): string {
  if (versions.length === 0) return 'Nothing was imported yet.';
  const rows = versions.map((it) => [
    String(it.version),
    it.at,
    it.by,
    it.how,
    String(it.rows),
    changesInWords(it),
  ]);
  return table(['Version', 'At', 'By', 'How', 'Rows', 'Changed'], rows, ['Version', 'Rows']);
}

export function changesTable(changes: RowChange[]): string {
  if (changes.length === 0) return 'Nothing changed.';
  const rows = changes.map((change) => [
    change.what,
    'before' in change ? wrap(change.before, 60) : '',
    'after' in change ? wrap(change.after, 60) : '',
  ]);
  return table(['', 'Before', 'After'], rows);
}
