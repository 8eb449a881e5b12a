import type { Connection } from '../../core/connection.ts';
import type { Coverage } from '../../core/coverage/coverage.ts';
import { coverageOf } from '../../core/coverage/coverage.ts';
import { staleIn } from '../../core/coverage/stale-rows.ts';
import { shareOf } from '../../core/coverage/sums.ts';
import type { Directory } from '../../core/rules/directory.ts';
import type { TableRow } from '../../core/rules/identify.ts';
import { withCurrentTexts } from '../../core/rules/identify.ts';
import { describeRow } from '../../core/rules/table-diff.ts';
import type { RuleTable } from '../../store/tables.ts';
import type { Deployment } from '../deployment.ts';
import type { MappingTables } from '../doctor/mapping-tables.ts';
import { readMappings } from '../doctor/mapping-tables.ts';
import { allocationTables } from './allocation-tables.ts';
import { askForLists } from './known.ts';
import type { Progress } from './seen-documents.ts';
import { seenDocuments } from './seen-documents.ts';
import type { UnlinkedContact } from './unlinked-contacts.ts';
import { unlinkedContacts } from './unlinked-contacts.ts';

/** A row of a table that is worth a look. */
export interface RowNote {
  table: RuleTable;
  /** As a spreadsheet counts in the export. */
  row: number;
  /** The row in words. */
  says: string;
  /** What is wrong with it. */
  why?: string;
}

export interface CoverageReport {
  days: number;
  /** ISO instant. */
  since: string;
  documents: number;
  /** The books' currency. */
  currency: string;
  /** Whole percents of the money in it, rounded down. */
  share: number;
  all: Coverage['all'];
  mapped: Coverage['mapped'];
  gaps: Coverage['gaps'];
  contacts: UnlinkedContact[];
  /** Rows that name what is gone, archived or closed. */
  stale: RowNote[];
  /** Rows that decided about no line. */
  idle: RowNote[];
  /** Why something could not be looked at, in words. */
  unasked: string[];
}

/**
 * How much of what changed in Xero in the last days the tables book, what the rest lacks, and which rows are out of
 * date or out of use. Throws RetryLater and Stop where Xero cannot be read.
 */
export async function mappingCoverage(
  connection: Connection,
  days: number,
  deployment: Deployment,
  progress: Progress,
): Promise<CoverageReport> {
  const { since, documents } = await seenDocuments(connection, days, deployment, progress);
  progress('Looking up names in Xero and Procore');
  const { lists, directory, unasked } = await askForLists(
    ['account', 'item', 'option', 'project'],
    connection,
    deployment,
  );
  const active = lists.project?.filter((project) => project.active);
  const mappings = await readMappings(connection, deployment);
  const tables = allocationTables(connection, mappings, active);
  const { currency } = connection.xero;
  const { all, mapped, gaps, contacts, used } = coverageOf(documents, tables, currency);
  progress('Looking for vendors');
  return {
    days,
    since: since.toISOString(),
    documents: documents.length,
    currency,
    share: shareOf(mapped, all, currency),
    all,
    mapped,
    gaps,
    contacts: await unlinkedContacts(contacts, connection, deployment),
    stale: notes(mappings, directory, (row) => {
      const [first, ...more] = staleIn(row, directory);
      return first === undefined ? undefined : { why: [first, ...more].join('; ') };
    }),
    idle: notes(mappings, directory, (row) => (used.has(row) ? undefined : {})),
    unasked,
  };
}

/** The rows of both tables about which there is something to say. */
function notes(
  { rules, projectRules }: MappingTables,
  directory: Directory,
  judge: (row: TableRow) => Pick<RowNote, 'why'> | undefined,
): RowNote[] {
  const of = (table: RuleTable, rows: TableRow[]) =>
    rows.flatMap((row, index): RowNote[] => {
      const note = judge(row);
      if (!note) return [];
      // The header is row 1.
      return [{ table, row: index + 2, says: describeRow(withCurrentTexts(row, directory)), ...note }];
    });
  return [...of('cost-codes', rules), ...of('projects', projectRules)];
}
