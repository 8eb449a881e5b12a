import type { Sum } from '../../lib/core/coverage/sums.ts';
import { formatMoney, ZERO } from '../../lib/core/money.ts';
import type { CoverageReport, RowNote } from '../../lib/flows/mappings/coverage.ts';
import { table, wrap } from './table.ts';

/** More than these nobody reads; --json has them all. */
const LISTED = 40;

/** What lacks, the rows that are worth a look, and the total in a sentence. */
export function coverageInWords(report: CoverageReport): string {
  const { currency, gaps, contacts, stale, idle } = report;
  const parts = [
    ...(gaps.length > 0 ? [`Lines that the tables do not book\n${gapTable(gaps, currency)}`] : []),
    ...(contacts.length > 0 ? [`Contacts without a vendor link\n${contactTable(contacts, currency)}`] : []),
    ...(stale.length > 0 ? [`Rows that are out of date\n${rowTable(stale)}`] : []),
    ...(idle.length > 0 ? [`Rows that decided about no line\n${rowTable(idle)}`] : []),
    total(report),
  ];
  return parts.join('\n\n');
}

function gapTable(gaps: CoverageReport['gaps'], currency: string): string {
  const rows = gaps.map((gap) => [wrap(gap.what, 60), gap.lacks, ...figures(gap, currency)]);
  return shortened(['What', 'Lacks', 'Lines', 'Documents', 'Net'], rows);
}

function contactTable(contacts: CoverageReport['contacts'], currency: string): string {
  const rows = contacts.map((contact) => [
    wrap(contact.name, 40),
    wrap(contact.becomes ?? 'unknown', 50),
    ...figures(contact, currency),
  ]);
  return shortened(['Contact', 'Would be', 'Lines', 'Documents', 'Net'], rows);
}

function rowTable(notes: RowNote[]): string {
  const tables = { 'cost-codes': 'mappings', projects: 'projects' };
  const rows = notes.map(({ table, row, says, why = '' }) => [
    tables[table],
    String(row),
    wrap([says, why].filter(Boolean).join('\n'), 90),
  ]);
  return shortened(['Table', 'Row', 'Says'], rows);
}

/** Numbers of lines and documents, and the money, the books' currency first. */
function figures({ lines, documents, money }: Sum, currency: string): string[] {
  const { [currency]: own, ...others } = money;
  const amounts = Object.entries({ ...(own && { [currency]: own }), ...others });
  return [
    String(lines),
    String(documents),
    amounts.map(([name, amount]) => `${formatMoney(amount)} ${name}`).join('\n'),
  ];
}

function shortened(head: string[], rows: string[][]): string {
  const drawn = table(head, rows.slice(0, LISTED), ['Row', 'Lines', 'Documents', 'Net']);
  return rows.length > LISTED ? `${drawn}\n… and ${rows.length - LISTED} more` : drawn;
}

/** `87 % of the money is mapped: 870.00 of 1000.00 USD, on 10 of 12 lines of 5 documents since 2026-08-24.` */
function total({ all, mapped, share, currency, documents, since }: CoverageReport): string {
  const when = `${documents} documents that changed since ${since.slice(0, 10)}`;
  if (all.lines === 0) return `Xero has no line to be mapped in ${when}.`;
  const [part, whole] = [mapped, all].map(({ money }) => formatMoney(money[currency] ?? ZERO));
  return `${share} % of the money is mapped: ${part} of ${whole} ${currency}, on ${mapped.lines} of ${all.lines} lines of ${when}.`;
}
