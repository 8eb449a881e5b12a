import type { BackfilledKind, BackfillRequest } from '../../lib/core/backfill/backfill.ts';
import type { Listed, ListedOutcome } from '../../lib/core/backfill/list.ts';
import { sumsOf, toBeCarried } from '../../lib/core/backfill/list.ts';
import { CODES } from '../../lib/core/codes.ts';
import type { Money } from '../../lib/core/money.ts';
import { formatMoney } from '../../lib/core/money.ts';
import { table, wrap } from './table.ts';

const OUTCOMES: Record<ListedOutcome, string> = {
  new: 'pushed: new',
  changed: 'pushed: changed',
  follows: 'follows its order or bill',
  'would-hold': 'held for approval',
  rejected: 'rejected before',
  'would-park': 'parked',
  'left-out': 'left out',
  level: 'stands already',
};

const KINDS: Record<BackfilledKind, string> = {
  'purchase-order': 'purchase orders',
  bill: 'bills',
  'credit-note': 'credit notes',
  journal: 'journals',
};

/** More than these nobody reads; --json has them all. */
const LISTED = 40;

/** The list that is shown before anything begins: what would become of how many, and each of them. */
export function listInWords(listed: Listed[]): string {
  if (listed.length === 0) return 'Xero has no such documents.';
  const sums = sumsOf(listed).map(({ outcome, code, kind, documents, totals }) => [
    OUTCOMES[outcome],
    KINDS[kind],
    String(documents),
    Object.entries(totals)
      .map(([currency, amount]) => `${formatMoney(amount)} ${currency}`)
      .join('\n'),
    code === undefined ? '' : wrap(`${code}: ${CODES[code].says}`, 60),
  ]);
  const carried = toBeCarried(listed);
  const rows = carried
    .slice(0, LISTED)
    .map(({ date = '', kind, number, id, supplier, total, currency, outcome, code = '' }) => [
      date,
      kind,
      number || id,
      supplier,
      `${total} ${currency}`,
      OUTCOMES[outcome],
      code,
    ]);
  const more = carried.length > LISTED ? [`… and ${carried.length - LISTED} more; --json has them all`] : [];
  return [
    table(['Would be', 'Kind', 'Documents', 'Total', 'Why'], sums, ['Documents', 'Total']),
    ...(rows.length > 0
      ? [table(['Date', 'Kind', 'Number', 'Supplier', 'Total', 'Would be', 'Code'], rows, ['Total'])]
      : []),
    ...more,
  ].join('\n');
}

/** The format that scripts rely on: amounts are decimal text, with tax. */
export function listAsJson({ from, kinds }: BackfillRequest, listed: Listed[]) {
  return {
    from,
    kinds,
    sums: sumsOf(listed).map(({ totals, ...sum }) => ({ ...sum, totals: inText(totals) })),
    documents: listed.map(({ version: _, ...document }) => document),
  };
}

function inText(totals: Record<string, Money>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(totals).map(([currency, amount]) => [currency, formatMoney(amount)]),
  );
}
