import Table from 'cli-table3';
import type { DocumentRecord } from '../../lib/core/links.ts';
import type { ProcoreContent } from './procore-content.ts';

/** The tables that a person sees: what stands in Procore, and which documents want somebody. */
export function report({ commitments, counts }: ProcoreContent, documents: DocumentRecord[]): string {
  const standing = table(
    ['Project', 'Commitment', 'Vendor', 'Status', 'Lines', 'Total', 'Draft', 'Billed'],
    [4, 5, 6, 7],
  );
  for (const it of commitments) {
    standing.push([
      it.project,
      it.number,
      it.vendor,
      it.status,
      it.lines.length,
      it.total,
      it.requisition ?? '',
      it.billed ?? '',
    ]);
  }
  const waiting = table(['Parked', 'Supplier', 'Total', 'Code', 'Why'], [2]);
  for (const { number, supplier, total, code = '', message = '', ...it } of documents) {
    if (it.state === 'parked') waiting.push([number, supplier, total, code, wrap(message, 60)]);
  }
  return [
    'What appeared in Procore:',
    standing.toString(),
    `${counts.commitments} commitments with ${counts.lines} lines, ${counts.requisitions} requisitions with ${counts.payments} payments, ${counts.directCosts} direct costs, ${counts.vendors} new vendors.`,
    ...(waiting.length > 0 ? ['', 'What waits for a person:', waiting.toString()] : []),
  ].join('\n');
}

function table(head: string[], right: number[]): Table.Table {
  const colAligns = head.map(
    (_title, column) => (right.includes(column) ? 'right' : 'left') as 'right' | 'left',
  );
  return new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
}

function wrap(text: string, width: number): string {
  return text.replace(new RegExp(`(.{1,${width}})(?:\\s+|$)`, 'g'), '$1\n').trimEnd();
}
