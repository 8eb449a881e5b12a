import type { Kind } from '../../core/rules/directory.ts';
import type { TableRow } from '../../core/rules/identify.ts';
import type { RuleTable } from '../../store/tables.ts';
import type { Problems } from './csv-table.ts';

/** A row of a file, by the number that a spreadsheet shows. */
export interface Numbered<Row> {
  row: number;
  value: Row;
}

/** A table as people keep it in a spreadsheet. */
export interface Sheet<Row extends TableRow = TableRow> {
  table: RuleTable;
  /** The rows of a CSV that are sound by themselves; what is wrong with others goes to `problems`. */
  parse(csv: string | Uint8Array, problems: Problems): Numbered<Row>[];
  /** What is wrong with the rows as a whole: two about the same, ties. */
  judge(rows: Numbered<Row>[], problems: Problems): void;
  format(rows: Row[]): string;
  /** The column in which people write what stands for a record of this kind. */
  column: Record<Kind, string>;
}
