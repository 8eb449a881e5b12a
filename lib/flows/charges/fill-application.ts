import type { DesiredApplication } from '../../core/charges/desired-charge.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import type { Money } from '../../core/money.ts';
import { formatMoney, sum, ZERO } from '../../core/money.ts';
import type { RequisitionItem } from '../../core/procore-records.ts';
import type { Workspace } from '../sync/workspace.ts';

/**
 * Makes number and rows of a requisition say what the charge says, whatever they say now, and compares what Procore made
 * of it. `known` are its rows where they were just created. Throws NeedsPerson('application-differs').
 */
export async function fillApplication(
  wanted: DesiredApplication,
  commitment: CommitmentLink,
  requisitionId: string,
  known: RequisitionItem[] | undefined,
  { tool }: Workspace,
): Promise<void> {
  const { projectId, invoiceNumber, originData } = wanted;
  const amounts = amountsBySovLine(wanted, commitment);
  const differing = (items: RequisitionItem[]) =>
    items.flatMap((item) => {
      const amount = amounts.get(item.sovLineId) ?? ZERO;
      return amount.eq(item.amount) ? [] : [{ id: item.id, amount }];
    });
  const items = known ?? (await tool.requisitionItems(projectId, requisitionId));
  const lacking = [...amounts.keys()].filter((id) => !items.some(({ sovLineId }) => sovLineId === id));
  const wrong = differing(items);
  if (lacking.length === 0 && known && wrong.length === 0 && retainedOf(items).eq(0)) return;
  const change = { invoiceNumber, originData, status: 'draft' as const };
  await tool.updateRequisition(projectId, commitment.commitmentId, requisitionId, {
    ...change,
    ...(wrong.length > 0 && { items: wrong }),
  });
  const made = wrong.length > 0 ? await tool.requisitionItems(projectId, requisitionId) : items;
  const [left, retained] = [differing(made), retainedOf(made)];
  if (lacking.length + left.length > 0 || !retained.eq(0)) {
    throw new NeedsPerson('application-differs', {
      facts: {
        application: requisitionId,
        rows: left.length,
        'lines without a row': lacking.length,
        retained: formatMoney(retained),
      },
    });
  }
}

/** Whoever gave the commitment a retainage by hand keeps back of the bill what Xero would pay. */
function retainedOf(items: RequisitionItem[]): Money {
  return sum(items.map(({ retained = ZERO }) => retained));
}

/** What the charge bills, by the id of the SOV line. */
export function amountsBySovLine(
  { items }: DesiredApplication,
  { lines }: CommitmentLink,
): Map<string, Money> {
  return new Map(items.map(({ originId, amount }) => [lines[originId]!.id, amount]));
}
