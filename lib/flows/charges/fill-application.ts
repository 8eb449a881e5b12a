import type { DesiredApplication } from '../../core/charges/desired-charge.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import type { Money } from '../../core/money.ts';
import { formatMoney, sum, ZERO } from '../../core/money.ts';
import type { RequisitionWithItems } from '../../core/procore-records.ts';
import type { Workspace } from '../sync/workspace.ts';

/**
 * Makes the rows of a requisition say what the charge says, whatever they say now, and compares what Procore made of
 * it: nothing is written where they say so already. Throws NeedsPerson('application-differs').
 */
export async function fillApplication(
  wanted: DesiredApplication,
  commitment: CommitmentLink,
  requisition: RequisitionWithItems,
  { tool }: Pick<Workspace, 'tool'>,
): Promise<void> {
  const { projectId, invoiceNumber, originData } = wanted;
  const amounts = amountsBySovLine(wanted, commitment);
  const differing = ({ items }: RequisitionWithItems) =>
    items.flatMap((item) => {
      const amount = amounts.get(item.sovLineId) ?? ZERO;
      return amount.eq(item.amount) ? [] : [{ id: item.id, amount }];
    });
  const items = differing(requisition);
  const change = { invoiceNumber, originData, status: 'draft' as const, items };
  const made =
    items.length > 0
      ? await tool.updateRequisition(projectId, commitment.commitmentId, requisition.id, change)
      : requisition;
  const rows = new Set(made.items.map(({ sovLineId }) => sovLineId));
  const lacking = [...amounts.keys()].filter((id) => !rows.has(id));
  const [left, retained] = [differing(made), retainedOf(made)];
  if (lacking.length + left.length === 0 && retained.eq(0)) return;
  throw new NeedsPerson('application-differs', {
    facts: {
      application: requisition.id,
      rows: left.length,
      'lines without a row': lacking.length,
      retained: formatMoney(retained),
    },
  });
}

/** Whoever gave the commitment a retainage by hand keeps back of the bill what Xero would pay. */
function retainedOf({ items }: RequisitionWithItems): Money {
  return sum(items.map(({ retained = ZERO }) => retained));
}

/** What the charge bills, by the id of the SOV line. */
export function amountsBySovLine(
  { items }: DesiredApplication,
  { lines }: CommitmentLink,
): Map<string, Money> {
  return new Map(items.map(({ originId, amount }) => [lines[originId]!.id, amount]));
}
