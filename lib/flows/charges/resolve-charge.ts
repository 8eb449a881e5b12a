import type { AllocationTables } from '../../core/allocate.ts';
import { namesAnyProject, placeLine } from '../../core/allocate.ts';
import { shareBill } from '../../core/bill-lines/share-bill.ts';
import { inBooks } from '../../core/book-amounts.ts';
import type { Charge, Charging } from '../../core/charges/charge.ts';
import { chargeOf } from '../../core/charges/charge.ts';
import type { CommitmentShare, CostLine, DesiredCharge } from '../../core/charges/desired-charge.ts';
import { desiredCharge, inCents } from '../../core/charges/desired-charge.ts';
import type { ApplicationLink, ChargeMatch } from '../../core/charges/links.ts';
import type { OverBilling } from '../../core/charges/over-billing.ts';
import { overBillingOf } from '../../core/charges/over-billing.ts';
import type { ChargeWorld } from '../../core/charges/plan-charge.ts';
import type { Code } from '../../core/codes.ts';
import type { DocumentLine } from '../../core/documents.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { Money } from '../../core/money.ts';
import { formatMoney, sum } from '../../core/money.ts';
import type { Project } from '../../core/procore-records.ts';
import { resolveTarget } from '../../core/project-codes.ts';
import { fingerprint } from '../fingerprint.ts';
import { answerVendor } from '../sync/answer-vendor.ts';
import { filesOf } from '../sync/files.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { AsOf, BillableOrder } from './billable-orders.ts';
import { billableOrders } from './billable-orders.ts';

export interface ResolvedCharge {
  desired: DesiredCharge;
  /** Only where there are direct costs, which name their supplier. */
  vendor?: ChargeWorld['vendor'];
  /** Why nothing of it is to stand. */
  reason?: Code;
  /** What it takes beyond its orders, where that wants a person's approval. */
  overBilling?: OverBilling;
}

/**
 * What should stand in Procore for a charge: on the lines of its orders what they cover, and what they lack as direct
 * costs. `applications` are those of all charges on its orders. Throws NeedsPerson.
 */
export async function resolveCharge(
  document: Charging,
  { orders }: Pick<ChargeMatch, 'orders'>,
  applications: ApplicationLink[],
  workspace: Workspace,
  asOf: AsOf = 'agreed',
): Promise<ResolvedCharge> {
  const { settings, xero } = workspace.connection;
  const charge = chargeOf(
    document.kind === 'journal' ? document : inBooks(document, xero.currency, settings),
  );
  const tables = await workspace.allocationTables();
  const ofJobs =
    charge.kind === 'journal' ? charge.lines.filter((line) => namesAnyProject(line, tables)) : charge.lines;
  const carried = ofJobs.filter((line) => !line.net.eq(0) && !isLeftOut(line, tables));
  const others = applications.filter(({ documentId }) => documentId !== charge.id);
  const billable = Array.isArray(orders) ? await billableOrders(orders, others, workspace, asOf) : [];

  const whole = carried.length === charge.lines.length ? charge.net : sum(carried.map(({ net }) => net));
  const { onOrders, extras } = shareOut(carried, billable, whole);
  const shares = sharesOf(billable, onOrders);
  const over = overBillingOf(
    shares,
    billable.flatMap(({ lines }) => lines),
    settings,
  );
  const fallback = onlyProject(billable);
  const costs: CostLine[] = [];
  for (const line of carried) {
    const amount = extras.get(line.id);
    const cost = amount && (await costLine(line, amount, tables, fallback, workspace));
    if (cost) costs.push(cost);
  }
  if (settings.directCosts === 'off' && costs.length > 0) {
    if (billable.length > 0) throw new NeedsPerson('bill-has-extras', { facts: extrasOf(charge, costs) });
    return { desired: { applications: [], directCosts: [] }, reason: 'direct-costs-off' };
  }
  const files = await filesOf(document.kind, document, workspace);
  const desired = desiredCharge(charge, shares, costs, files, fingerprint);
  const resolved = { desired, ...(over && { overBilling: over }) };
  if (desired.directCosts.length === 0 || charge.kind === 'journal') return resolved;
  return { ...resolved, vendor: await vendorOf(charge, desired, workspace) };
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

/** What lines of the orders bear, by their ids, and what they lack, by the ids of the charge's lines: all in cents. */
function shareOut(
  carried: DocumentLine[],
  billable: BillableOrder[],
  whole: Money,
): { onOrders: Map<string, Money>; extras: Map<string, Money> } {
  const lines = billable.flatMap((order) => order.lines);
  const before = new Map(lines.map(({ id, billed }) => [id, billed]));
  const { shares, extras } = shareBill({ lines: carried }, billable, before);
  // Xero may give a line copied to a bill the id of the order's line.
  const amounts = inCents(
    new Map([
      ...shares.map(({ line, amount }) => [`order ${line}`, amount] as const),
      ...extras.map(({ line, amount }) => [`extra ${line}`, amount] as const),
    ]),
    whole,
  );
  const of = (what: 'order' | 'extra') =>
    new Map(
      [...amounts]
        .filter(([key]) => key.startsWith(`${what} `))
        .map(([key, amount]) => [key.slice(what.length + 1), amount]),
    );
  return { onOrders: of('order'), extras: of('extra') };
}

function sharesOf(billable: BillableOrder[], amounts: ReadonlyMap<string, Money>): CommitmentShare[] {
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

function extrasOf({ number }: Charge, costs: CostLine[]): NeedsPerson['facts'] {
  const extras = costs.map(({ description, amount }) => `${description} ${formatMoney(amount)}`);
  return { bill: number, extras };
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
