import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { BadInput } from '../../core/errors.ts';

/** One row of a file by column; cells are trimmed. */
export type Cells<Column extends string> = Record<Column, string>;

/** What is wrong with a file, collected so that one look mends it all. */
export interface Problems {
  /** `row` as a spreadsheet counts, the header being row 1. */
  add(row: number, column: string, problem: string): void;
  /** Throws BadInput('csv-invalid') naming the first 20, if there are any. */
  throwIfAny(): void;
}

export interface CsvRow<Column extends string> {
  row: number;
  cells: Cells<Column>;
}

const LISTED = 20;
const LONGEST_CELL = 1000;

export function collectProblems(): Problems {
  const found: { row: number; text: string }[] = [];
  return {
    add: (row, column, problem) => void found.push({ row, text: `row ${row}, column ${column}: ${problem}` }),
    throwIfAny() {
      if (found.length === 0) return;
      const rows = found.toSorted((a, b) => a.row - b.row).map(({ text }) => text);
      const more = rows.length > LISTED ? [`and ${rows.length - LISTED} more`] : [];
      throw new BadInput('csv-invalid', { facts: { rows: [...rows.slice(0, LISTED), ...more] } });
    },
  };
}

/**
 * Reads a CSV as spreadsheets save it: UTF-8 with or without BOM, commas, semicolons or tabs, any line ends, columns in
 * any order. Empty rows are passed over. Throws BadInput('csv-invalid') where the file as a whole cannot be read.
 */
export function readCsv<const Column extends string>(
  content: string | Uint8Array,
  columns: readonly Column[],
  problems: Problems,
  longestCell = LONGEST_CELL,
): CsvRow<Column>[] {
  const [header = [], ...records] = parseRecords(decode(content));
  const names = header.map((name) => name.trim());
  checkHeader(names, columns);
  return records.flatMap((record, index) => {
    const row = index + 2;
    if (record.every((cell) => cell.trim() === '')) return [];
    if (record.length !== names.length) {
      problems.add(row, names.at(-1)!, `the row has ${record.length} cells, the header ${names.length}`);
      return [];
    }
    const cells = Object.fromEntries(names.map((name, at) => [name, unescapeFormula(record[at]!.trim())]));
    for (const [name, cell] of Object.entries(cells)) {
      if (cell.length > longestCell) problems.add(row, name, `is longer than ${longestCell} characters`);
    }
    return [{ row, cells: cells as Cells<Column> }];
  });
}

/** The rows as CSV with commas and `\n`. What is read back is the same, and so is what is written from that. */
export function writeCsv<Column extends string>(columns: readonly Column[], rows: Cells<Column>[]): string {
  const records = rows.map((row) => columns.map((column) => escapeFormula(row[column])));
  return stringify([columns, ...records]);
}

/**
 * Spreadsheets run cells that begin like this as formulas, so the export puts an apostrophe before them, which
 * spreadsheets take for "text"; the import takes it off again. Such cells are not refused: names like `@home` exist.
 */
const FORMULA = /^'*[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

function escapeFormula(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function decode(content: string | Uint8Array): string {
  if (typeof content === 'string') return content;
  // Two bytes to a character: a mark at the beginning, or a zero beside the first letter.
  const [first, second] = content;
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    first === 0 ||
    second === 0
  ) {
    throw invalid(['the file is UTF-16, which Excel calls "Unicode Text"; save it as "CSV UTF-8"']);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (cause) {
    throw invalid(['the file is not UTF-8; save it as "CSV UTF-8"'], cause);
  }
}

function parseRecords(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = Number(error.records ?? 0) + 1;
    throw invalid([`row ${row}: the quotes do not fit (${error.code})`], error);
  }
}

/** Where the comma is the decimal mark, spreadsheets separate by semicolons. No column name contains a separator. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  return [',', ';', '\t'].find((separator) => header.includes(separator)) ?? ',';
}

function checkHeader(names: string[], columns: readonly string[]): void {
  const missing = columns.filter((column) => !names.includes(column));
  const unknown = names.filter((name) => !columns.includes(name));
  const twice = names.filter((name, at) => columns.includes(name) && names.indexOf(name) !== at);
  const problems = [
    ...missing.map((name) => `column ${name} is missing`),
    ...unknown.map((name) => (name === '' ? 'a column has no name' : `column ${name} is unknown`)),
    ...twice.map((name) => `column ${name} is there twice`),
  ];
  if (problems.length > 0) throw invalid(problems.map((problem) => `row 1: ${problem}`));
}

function invalid(rows: string[], cause?: unknown): BadInput {
  return new BadInput('csv-invalid', { facts: { rows }, cause });
}
