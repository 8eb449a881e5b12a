import type { ProjectShare } from '../../lib/core/allocate.ts';
import { desiredCommitments } from '../../lib/core/desired-commitments.ts';
import type { DocumentLine } from '../../lib/core/documents.ts';
import type { DesiredCommitment } from '../../lib/core/plan.ts';
import type { BillingPeriod, Project } from '../../lib/core/procore-records.ts';
import { line, order, riverside } from './builders.ts';
import { fingerprint } from './procore-model.ts';

export const november: BillingPeriod = { id: 'p11', start: '2026-11-01', end: '2026-11-30', status: 'open' };

export interface OrderAsWanted {
  status?: string;
  number?: string;
  reference?: string;
  supplier?: string;
  /** Amounts by line id, per project; one line of 100.00 in Riverside by default. */
  lines?: { id: string; net: string; project?: Project; description?: string }[];
  periods?: BillingPeriod[];
}

/** What should stand in Procore for an order as people know it. */
export function desire(wanted: OrderAsWanted = {}): DesiredCommitment[] {
  const { status = 'AUTHORISED', number = 'PO-0107', supplier = 'hudson', periods = [november] } = wanted;
  const drawn = wanted.lines ?? [{ id: 'a', net: '100.00' }];
  if (status === 'DELETED') return [];
  const lines = drawn.map(({ project = riverside, ...fields }) => ({ project, line: line(fields) }));
  const target = { wbsCode: '03-300.M' };
  const shares = [...Map.groupBy(lines, ({ project }) => project)].map(
    ([project, ofProject]): ProjectShare => ({
      project,
      lines: ofProject.map((one: { line: DocumentLine }) => ({ line: one.line, target })),
    }),
  );
  return desiredCommitments(
    {
      ...order({ status, number, lines: lines.map((one) => one.line) }),
      ...(wanted.reference !== undefined && { reference: wanted.reference }),
      contact: { id: supplier, name: supplier },
    },
    shares,
    () => ({
      costCodes: [],
      costTypes: [],
      wbsCodes: [{ id: '21', code: '03-300.M' }],
      segments: [],
      billingPeriods: periods,
    }),
    { requisitionOnPurchaseOrder: 'draft' },
    fingerprint,
  );
}
