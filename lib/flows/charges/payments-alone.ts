import { inBooks } from '../../core/book-amounts.ts';
import type { Charging } from '../../core/charges/charge.ts';
import { chargeOf } from '../../core/charges/charge.ts';
import type { DesiredCharge } from '../../core/charges/desired-charge.ts';
import { desiredCharge } from '../../core/charges/desired-charge.ts';
import type { ChargeLinks } from '../../core/charges/links.ts';
import { planCharge } from '../../core/charges/plan-charge.ts';
import { money, sum, toCents } from '../../core/money.ts';
import { filesOf } from '../sync/files.ts';
import type { Workspace } from '../sync/workspace.ts';
import { fingerprint } from '../sync/workspace.ts';

/**
 * The charge on the lines on which it stands, where nothing but its payments differs from what was written; undefined
 * otherwise. An order that waits for somebody need not keep a bill that stands on it from being paid.
 */
export async function withPaymentsAlone(
  document: Charging,
  links: ChargeLinks,
  workspace: Workspace,
): Promise<DesiredCharge | undefined> {
  const { applications, directCosts } = links;
  if (document.kind === 'journal' || applications.length === 0 || directCosts.length > 0) return undefined;
  const { settings, xero } = workspace.connection;
  const charge = chargeOf(inBooks(document, xero.currency, settings));
  const shares = applications.map(({ orderId, projectId, originId, items }) => ({
    link: { documentId: orderId, projectId, originId },
    amounts: new Map(Object.entries(items).map(([line, amount]) => [line, money(amount)])),
  }));
  const billed = sum(shares.flatMap(({ amounts }) => [...amounts.values()]));
  if (!billed.eq(toCents(charge.net))) return undefined;
  const files = await filesOf(document.kind, document, workspace);
  const desired = desiredCharge(charge, shares, [], files, fingerprint);
  const { steps } = planCharge(desired, { links });
  const isPayment = (what: string) => what === 'issue-payment' || what === 'remove-payment';
  return steps.every((step) => isPayment(step.do)) ? desired : undefined;
}
