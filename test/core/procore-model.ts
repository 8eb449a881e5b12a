import { createHash } from 'node:crypto';
import type { LiveCommitment } from '../../lib/core/commitment-drift.ts';
import type { CommitmentLink, VendorLink } from '../../lib/core/links.ts';
import { formatMoney, money } from '../../lib/core/money.ts';
import type { DesiredCommitment, Plan, Step } from '../../lib/core/plan.ts';
import type { VendorAnswer } from '../../lib/core/plan-purchase-order.ts';
import { planPurchaseOrder } from '../../lib/core/plan-purchase-order.ts';

/** What Procore holds of one order, seen through the links; it refuses what Procore refuses. */
export interface Model {
  links: Map<string, CommitmentLink>;
  vendors: Map<string, VendorLink>;
  /** Projects where somebody billed the commitment besides our draft. */
  billed: Set<string>;
  /** Contacts that Procore knows as a vendor already, in the directory of these projects. */
  known: Map<string, Set<string>>;
}

export function emptyModel(): Model {
  return { links: new Map(), vendors: new Map(), billed: new Set(), known: new Map() };
}

export function fingerprint(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}

/** Plans as the flow does: once from the links alone, and with a look at Procore before anything there changes. */
export function plan(
  model: Model,
  desired: DesiredCommitment[],
  changes: Partial<LiveCommitment> = {},
): Plan {
  const links = [...model.links.values()];
  const [first] = desired;
  const world = {
    links,
    applications: [],
    fingerprint,
    ...(first && { vendor: vendorAnswer(model, first.contactId) }),
  };
  const firstPass = planPurchaseOrder(desired, world);
  if (firstPass.steps.length === 0 || links.length === 0) return firstPass;
  const live = new Map(links.map((link) => [link.projectId, { ...liveOf(model, link), ...changes }]));
  return planPurchaseOrder(desired, { ...world, live });
}

/** The steps in short: what is done, to which status or lines. */
export function inShort(steps: Step[]): string[] {
  return steps.map((step) => {
    const { do: what } = step;
    if (step.do === 'set-status') return `${what} ${step.status}`;
    if (step.do === 'write-lines') return `${what} ${step.lines.map(({ originId }) => originId).join(' ')}`;
    if (step.do === 'delete-lines') return `${what} ${step.originIds.join(' ')}`;
    return what;
  });
}

export function apply(model: Model, steps: Step[]): void {
  for (const step of steps) applyStep(model, step);
}

/** Plans and carries out. */
export function level(model: Model, desired: DesiredCommitment[]): Step[] {
  const { steps } = plan(model, desired);
  apply(model, steps);
  return steps;
}

function vendorAnswer(model: Model, contactId: string): VendorAnswer {
  const link = model.vendors.get(contactId);
  if (link) return { link };
  const alreadyIn = model.known.get(contactId);
  if (alreadyIn) return { matched: vendorIdOf(contactId), alreadyIn };
  return { create: { originId: `xero:contact:${contactId}`, name: contactId } };
}

function liveOf(model: Model, { projectId, status, requisition, lines }: CommitmentLink): LiveCommitment {
  return {
    status,
    lines: Object.entries(lines).map(([originId, { id, amount }]) => ({
      id,
      originId,
      amount: money(amount),
    })),
    requisitionStatus: requisition?.id === undefined ? undefined : 'draft',
    billed: model.billed.has(projectId),
  };
}

function applyStep(model: Model, step: Step): void {
  switch (step.do) {
    case 'create-vendor':
    case 'link-vendor': {
      const vendorId = step.do === 'link-vendor' ? step.vendorId : vendorIdOf(step.contactId);
      const origin = step.do === 'link-vendor' ? 'matched' : 'created';
      const projectIds = [...(model.known.get(step.contactId) ?? [])];
      model.vendors.set(step.contactId, { contactId: step.contactId, vendorId, origin, projectIds });
      return;
    }
    case 'add-vendor-to-project': {
      const link = model.vendors.get(step.contactId);
      if (!link) throw new Error('the vendor is not known yet');
      model.vendors.set(step.contactId, { ...link, projectIds: [...link.projectIds, step.projectId] });
      return;
    }
    case 'write-commitment':
      writeCommitment(model, step);
      return;
    default:
      applyToCommitment(model, step);
  }
}

function writeCommitment(model: Model, step: Extract<Step, { do: 'write-commitment' }>): void {
  const { projectId } = step;
  const vendor = model.vendors.get(step.contactId);
  if (!vendor?.projectIds.includes(projectId)) throw new Error('vendor must be in the project’s directory');
  const before = model.links.get(projectId);
  if (before && before.vendorId !== vendor.vendorId) refuseIfLocked(before);
  model.links.set(projectId, {
    documentId: 'order',
    projectId,
    originId: step.header.originId,
    status: 'Draft',
    invoicing: false,
    lines: {},
    commitmentId: `commitment in ${projectId}`,
    ...before,
    vendorId: vendor.vendorId,
    header: step.fingerprint,
  });
}

type OfCommitment = Exclude<
  Step,
  { do: 'create-vendor' | 'link-vendor' | 'add-vendor-to-project' | 'write-commitment' }
>;

function applyToCommitment(model: Model, step: OfCommitment): void {
  const link = model.links.get(step.projectId);
  if (!link) throw new Error(`${step.do} without a commitment`);
  const update = (change: Partial<CommitmentLink>) => model.links.set(step.projectId, { ...link, ...change });
  switch (step.do) {
    case 'allow-invoicing':
      if (Object.keys(link.lines).length > 0) throw new Error('invoicing is switched before lines exist');
      update({ invoicing: true });
      return;
    case 'set-status':
      if (step.status === link.status) throw new Error(`is ${step.status} already`);
      update({ status: step.status });
      return;
    case 'delete-lines': {
      refuseIfLocked(link);
      const lines = { ...link.lines };
      for (const originId of step.originIds) {
        if (!lines[originId]) throw new Error(`no line ${originId}`);
        delete lines[originId];
      }
      update({ lines });
      return;
    }
    case 'write-lines': {
      refuseIfLocked(link);
      for (const other of model.links.values()) {
        const twin = other !== link && step.lines.find(({ originId }) => other.lines[originId]);
        if (twin) throw new Error(`origin_id ${twin.originId} has already been taken`);
      }
      const written = step.lines.map(({ originId, lineId, fingerprint, kind, amount }) => [
        originId,
        { id: originId, lineId, fingerprint, kind, amount: formatMoney(amount) },
      ]);
      update({ lines: { ...link.lines, ...Object.fromEntries(written) } });
      return;
    }
    case 'note-lines': {
      const noted = Object.entries(step.lineIds).map(([originId, lineId]) => [
        originId,
        { ...link.lines[originId]!, lineId },
      ]);
      update({ lines: { ...link.lines, ...Object.fromEntries(noted) } });
      return;
    }
    case 'delete-requisition': {
      const { requisition, ...rest } = link;
      if (!requisition) throw new Error('no requisition to withdraw');
      model.links.set(step.projectId, rest);
      return;
    }
    case 'create-requisition':
      if (link.status !== 'Approved') throw new Error('must be approved before it is invoiced');
      if (link.requisition?.id !== undefined) throw new Error('has a requisition already');
      if (step.requisition.items.some(({ originId }) => !link.lines[originId]))
        throw new Error('no such line');
      update({
        requisition: {
          id: 'requisition',
          periodId: step.requisition.periodId,
          fingerprint: step.requisition.fingerprint,
        },
      });
      return;
    case 'delete-commitment':
      refuseIfLocked(link);
      if (model.billed.has(step.projectId)) throw new Error('has invoices and cannot be deleted');
      model.links.delete(step.projectId);
  }
}

function refuseIfLocked(link: CommitmentLink): void {
  if (link.status === 'Approved' || link.status === 'Closed') throw new Error(`locked: ${link.status}`);
  if (link.requisition) throw new Error('locked: a requisition bills these lines');
}

export function vendorIdOf(contactId: string): string {
  return `vendor of ${contactId}`;
}
