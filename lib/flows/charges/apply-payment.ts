import type { ChargeStep } from '../../core/charges/charge-plan.ts';
import type { ApplicationLink } from '../../core/charges/links.ts';
import { formatMoney } from '../../core/money.ts';
import type { Revised } from '../../store/table.ts';
import type { Workspace } from '../sync/workspace.ts';

type Link = Revised<ApplicationLink>;

/**
 * Issues a payment on the commitment, linked to its requisition. It has no sync and is locked by its originId at once:
 * the intent is stored first, and a worker that finds one without an id looks before it creates.
 */
export async function issuePayment(
  { payment, invoiceNumber }: Extract<ChargeStep, { do: 'issue-payment' }>,
  link: Link,
  { deployment, connection, tool }: Workspace,
): Promise<Link> {
  const { settlementId, amount, date } = payment;
  const { projectId, commitmentId } = link;
  const attempted = link.payments[settlementId] !== undefined;
  const noted = { amount: formatMoney(amount), date };
  const save = (current: Link, id?: string) =>
    deployment.charges.putApplication(connection.id, {
      ...current,
      payments: { ...current.payments, [settlementId]: { ...noted, ...(id !== undefined && { id }) } },
    });
  const intended = attempted ? link : await save(link);
  const originId = paymentOriginId(settlementId, link);
  const found = attempted ? await findPayment(originId, link, tool) : undefined;
  const id =
    found ??
    (await tool.createContractPayment(projectId, commitmentId, {
      originId,
      amount,
      date,
      requisitionId: link.requisitionId!,
      invoiceNumber,
    }));
  return save(intended, id);
}

export async function removePayment(
  settlementId: string,
  link: Link,
  { deployment, connection, tool }: Workspace,
): Promise<Link> {
  const id =
    link.payments[settlementId]?.id ?? (await findPayment(paymentOriginId(settlementId, link), link, tool));
  if (id !== undefined) await tool.deleteContractPayment(link.projectId, link.commitmentId, id);
  const { [settlementId]: _removed, ...payments } = link.payments;
  return deployment.charges.putApplication(connection.id, { ...link, payments });
}

/** One settlement may pay several applications, each by a payment of its own. */
function paymentOriginId(settlementId: string, { requisitionId }: Link): string {
  return `xero:payment:${settlementId}:${requisitionId}`;
}

async function findPayment(
  originId: string,
  { projectId, commitmentId }: Link,
  tool: Workspace['tool'],
): Promise<string | undefined> {
  const all = await tool.contractPayments(projectId, commitmentId);
  return all.find((payment) => payment.originId === originId)?.id;
}
