import type { AllocationTables } from '../../core/allocate.ts';
import { placeLine } from '../../core/allocate.ts';
import { shareLines } from '../../core/bill-lines/share-lines.ts';
import { inBooks } from '../../core/book-amounts.ts';
import type { Charge } from '../../core/charges/charge.ts';
import { chargeOf } from '../../core/charges/charge.ts';
import type { CommitmentShare, CostLine, DesiredCharge } from '../../core/charges/desired-charge.ts';
import { desiredCharge, inCents } from '../../core/charges/desired-charge.ts';
import type { ApplicationLink, ChargeMatch } from '../../core/charges/links.ts';
import type { OverBilling } from '../../core/charges/over-billing.ts';
import { overBillingOf } from '../../core/charges/over-billing.ts';
import type { ChargeWorld } from '../../core/charges/plan-charge.ts';
import type { Bill, CreditNote, DocumentLine } from '../../core/documents.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { formatMoney, sum } from '../../core/money.ts';
import type { Project } from '../../core/procore-records.ts';
import { resolveTarget } from '../../core/project-codes.ts';
import { answerVendor } from '../sync/answer-vendor.ts';
import type { Workspace } from '../sync/workspace.ts';
import { fingerprint } from '../sync/workspace.ts';
import type { BillableOrder } from './billable-orders.ts';
import { billableOrders } from './billable-orders.ts';

export interface ResolvedCharge {
  desired: DesiredCharge;
  /** Only where there are direct costs, which name their supplier. */
  vendor?: ChargeWorld['vendor'];
  /** What it takes beyond its orders, where that wants a person's approval. */
  overBilling?: OverBilling;
}

/**
 * What should stand in Procore for a charge: on the lines of its orders what they cover, and what they lack as direct
 * costs. `applications` are those of all charges on its orders. Throws NeedsPerson.
 */
export async function resolveCharge(
  document: Bill | CreditNote,
  { orders }: Pick<ChargeMatch, 'orders'>,
  applications: ApplicationLink[],
  workspace: Workspace,
): Promise<ResolvedCharge> {
  const { settings, xero } = workspace.connection;
  const charge = chargeOf(inBooks(document, xero.currency, settings));
  const tables = await workspace.allocationTables();
  const carried = charge.lines.filter((line) => !line.net.eq(0) && !isLeftOut(line, tables));
  const others = applications.filter(({ documentId }) => documentId !== charge.id);
  const billable = Array.isArray(orders) ? await billableOrders(orders, others, workspace) : [];

  const shared = shareLines(
    carried,
    billable.flatMap(({ lines }) => lines),
  );
  const whole = carried.length === charge.lines.length ? charge.net : sum(carried.map(({ net }) => net));
  const amounts = inCents<string | DocumentLine>(
    new Map<string | DocumentLine, Money>([
      ...shared.shares,
      ...shared.extras.map(({ line, amount }) => [line, amount] as const),
    ]),
    whole,
  );
  const shares = sharesOf(billable, amounts);
  const over = overBillingOf(
    shares,
    billable.flatMap(({ lines }) => lines),
    settings,
  );
  const fallback = onlyProject(billable);
  const costs: CostLine[] = [];
  for (const { line } of shared.extras) {
    const cost = await costLine(line, amounts.get(line)!, tables, fallback, workspace);
    if (cost) costs.push(cost);
  }
  checkDirectCosts(costs, billable.length > 0, charge, settings.directCosts);
  const desired = desiredCharge(charge, shares, costs, fingerprint);
  return {
    desired,
    ...(desired.directCosts.length > 0 && { vendor: await vendorOf(charge, desired, workspace) }),
    ...(over && { overBilling: over }),
  };
}

/** What nobody knows a project or an account for may still be an order's. */
function isLeftOut(line: DocumentLine, tables: AllocationTables): boolean {
  try {
    return placeLine(line, tables) === 'left-out';
  } catch (error) {
    if (error instanceof NeedsPerson) return false;
    throw error;
  }
}

function sharesOf(billable: BillableOrder[], amounts: ReadonlyMap<unknown, Money>): CommitmentShare[] {
  return billable.flatMap(({ commitments, lines }) =>
    commitments.map((link) => ({
      link,
      amounts: new Map(
        lines
          .filter(({ projectId, id }) => projectId === link.projectId && amounts.has(id))
          .map(({ originId, id }) => [originId, amounts.get(id)!]),
      ),
    })),
  );
}

/** Freight that names no project belongs to that of the order it came with. */
function onlyProject(billable: BillableOrder[]): string | undefined {
  const projects = new Set(
    billable.flatMap(({ commitments }) => commitments.map(({ projectId }) => projectId)),
  );
  return projects.size === 1 ? [...projects][0] : undefined;
}

async function costLine(
  line: DocumentLine,
  amount: Money,
  tables: AllocationTables,
  fallback: string | undefined,
  workspace: Workspace,
): Promise<CostLine | undefined> {
  const project = tables.projects.find(({ id }) => id === fallback);
  const place = placeLine(line, project ? withDefault(tables, project) : tables);
  if (place === 'left-out') return undefined;
  const world = await workspace.projectWorld(place.project.id);
  const target = resolveTarget(place.target, place.project, world);
  return { lineId: line.id, projectId: place.project.id, description: line.description, amount, target };
}

function withDefault(tables: AllocationTables, { id }: Project): AllocationTables {
  return { ...tables, defaultProject: id };
}

function checkDirectCosts(
  costs: CostLine[],
  isOfOrder: boolean,
  charge: Charge,
  directCosts: 'on' | 'off',
): void {
  if (directCosts === 'on' || costs.length === 0) return;
  if (!isOfOrder) throw new NeedsPerson('direct-costs-off', { facts: { bill: charge.number } });
  throw new NeedsPerson('bill-has-extras', {
    facts: {
      bill: charge.number,
      extras: costs.map(({ description, amount }) => `${description} ${formatMoney(amount)}`),
    },
  });
}

async function vendorOf(
  { contact }: Charge,
  { directCosts }: DesiredCharge,
  workspace: Workspace,
): Promise<NonNullable<ChargeWorld['vendor']>> {
  if (!contact) throw new NeedsPerson('contact-missing');
  const projectIds = [...new Set(directCosts.map(({ projectId }) => projectId))];
  const { vendor: answer, contactId } = await answerVendor(contact, projectIds, workspace);
  return { contactId, answer };
}
