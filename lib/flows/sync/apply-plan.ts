import { canonical } from '../../core/canonical.ts';
import { NeedsPerson, ProcoreRefused } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import { formatMoney, sum } from '../../core/money.ts';
import type { Plan, Step } from '../../core/plan.ts';
import type { Writable } from '../../store/links.ts';
import type { Revised } from '../../store/table.ts';
import { vendorLink } from '../vendors/known-vendor.ts';
import { mustStand } from '../vendors/must-stand.ts';
import { createRequisition, deleteRequisition } from './apply-requisition.ts';
import { addVendorToProject, linkVendor } from './apply-vendor.ts';
import { uploadFiles } from './files.ts';
import { keptTool } from './kept-tool.ts';
import { releaseApplications } from './release-applications.ts';
import type { Workspace } from './workspace.ts';

/** What applying a plan needs besides the plan. */
interface Hands {
  workspace: Workspace;
  documentId: string;
  /** What the document calls its supplier. */
  supplier: string;
  /** Called before each write; throws RetryLater where another worker has taken the document over. */
  keepLease: () => Promise<void>;
  /** Called after each write has been linked. */
  written: (step: Step, facts: Record<string, string>) => Promise<void>;
}

/**
 * Carries out a plan, step by step. Each confirmed write is linked before the next begins, so that a worker that
 * dies anywhere is followed by one that goes on from there. `known` are the links by which it was made; returns those that
 * stand then. Throws NeedsPerson where Procore refuses a write.
 */
export async function applyPlan(
  plan: Plan,
  known: Revised<CommitmentLink>[],
  given: Hands,
): Promise<CommitmentLink[]> {
  const { keepLease, workspace } = given;
  const hands = { ...given, workspace: { ...workspace, tool: keptTool(workspace.tool, keepLease) } };
  const links = new Map(known.map((link) => [link.projectId, link]));
  const before = new Map(links);
  const midway = midwayOf(plan.steps, links.values());
  for (const step of plan.steps) {
    const isMidway = midway.get(step);
    try {
      if (isMidway?.before && 'projectId' in step) {
        await save(links, hands.workspace, { ...links.get(step.projectId)!, midway: true });
      }
      await hands.written(step, await applyStep(step, links, hands, isMidway));
    } catch (error) {
      if (!(error instanceof ProcoreRefused)) throw error;
      if ('projectId' in step) await lockAgain(before.get(step.projectId), links, hands);
      if (step.do === 'add-vendor-to-project' || step.do === 'write-commitment') {
        const link = await vendorLink(hands.workspace, step.contactId);
        await mustStand(link, hands.supplier, hands.workspace, { doubted: true });
      }
      throw refusal(error);
    }
  }
  return [...links.values()];
}

/** What was unlocked for a write that Procore refused counts again as it did: a draft would be committed to nobody. */
async function lockAgain(
  before: CommitmentLink | undefined,
  links: Map<string, Revised<CommitmentLink>>,
  { workspace, written, keepLease }: Hands,
): Promise<void> {
  const link = before && links.get(before.projectId);
  if (!link || link.status === before.status) return;
  const { projectId, commitmentId } = link;
  const { status } = before;
  try {
    await workspace.joint.setCommitmentStatus(
      projectId,
      { commitmentId, originId: link.originId, status },
      keepLease,
    );
  } catch (error) {
    if (error instanceof ProcoreRefused) return;
    throw error;
  }
  const isAsBefore = canonical([link.lines, link.header]) === canonical([before.lines, before.header]);
  await save(links, workspace, { ...(isAsBefore ? unmarked(link) : link), status });
  await written({ do: 'set-status', projectId, status }, { commitment: commitmentId, status });
}

/** Steps by which a commitment that stands becomes another. */
const CHANGES: ReadonlySet<Step['do']> = new Set([
  'set-status',
  'write-commitment',
  'delete-lines',
  'write-lines',
]);

/** Whether a step leaves a commitment midway: to be noted before it begins, and to be noted once it is done. */
interface Midway {
  before: boolean;
  after: boolean;
}

/**
 * From the first change of a commitment that stands to the last it is neither as it was nor as it is to be: a worker
 * that follows one that died there must not take that for people's doing. A status alone is seen for what it is.
 */
function midwayOf(steps: Step[], links: Iterable<CommitmentLink>): Map<Step, Midway> {
  return new Map(
    [...links].flatMap(({ projectId, lines }) => {
      if (Object.keys(lines).length === 0) return [];
      const changes = steps.filter(
        (step) => CHANGES.has(step.do) && 'projectId' in step && step.projectId === projectId,
      );
      return changes.map((step, at): [Step, Midway] => [
        step,
        { before: at === 0 && step.do !== 'set-status', after: at < changes.length - 1 },
      ]);
    }),
  );
}

async function applyStep(
  step: Step,
  links: Map<string, Revised<CommitmentLink>>,
  hands: Hands,
  isMidway: Midway | undefined,
): Promise<Record<string, string>> {
  const { workspace, documentId } = hands;
  const { tool, joint } = workspace;
  if (step.do === 'create-vendor' || step.do === 'link-vendor') return linkVendor(step, workspace);
  if (step.do === 'add-vendor-to-project') return addVendorToProject(step, workspace);
  if (step.do === 'write-commitment') {
    const vendor = await vendorLink(workspace, step.contactId);
    const commitmentId = await joint.syncCommitment(
      step.projectId,
      {
        ...step.header,
        vendorId: vendor.vendorId,
      },
      hands.keepLease,
    );
    const before = links.get(step.projectId) ?? { status: 'Draft', invoicing: false, lines: {} };
    await save(links, workspace, {
      ...unmarked(before),
      ...(isMidway?.after && { midway: true as const }),
      documentId,
      projectId: step.projectId,
      originId: step.header.originId,
      commitmentId,
      vendorId: vendor.vendorId,
      header: step.fingerprint,
    });
    return { commitment: commitmentId, number: step.header.number };
  }

  const link = links.get(step.projectId);
  if (!link)
    throw new Error(`${step.do} came before the commitment of project ${step.projectId} was written`);
  const { projectId, commitmentId } = link;
  const update = (change: Partial<CommitmentLink>) => {
    const before = links.get(projectId)!;
    if (!isMidway) return save(links, workspace, { ...before, ...change });
    const mark = isMidway.after ? { midway: true as const } : {};
    return save(links, workspace, { ...unmarked(before), ...mark, ...change });
  };
  switch (step.do) {
    case 'allow-invoicing':
      await tool.allowInvoicing(projectId, commitmentId);
      await update({ invoicing: true });
      break;
    case 'set-status':
      await joint.setCommitmentStatus(
        projectId,
        {
          commitmentId,
          originId: link.originId,
          status: step.status,
        },
        hands.keepLease,
      );
      await update({ status: step.status });
      return { commitment: commitmentId, status: step.status };
    case 'delete-lines': {
      const lines = { ...link.lines };
      for (const originId of step.originIds) {
        await tool.deleteSovLine(projectId, commitmentId, lines[originId]!.id);
        delete lines[originId];
      }
      await update({ lines });
      return { commitment: commitmentId, lines: String(step.originIds.length) };
    }
    case 'write-lines': {
      const ids = await tool.syncSovLines(projectId, commitmentId, step.lines);
      const lines = step.lines.map(({ originId, lineId, fingerprint, kind, amount, target }) => [
        originId,
        { id: ids.get(originId)!, lineId, fingerprint, kind, amount: formatMoney(amount), target },
      ]);
      await update({ lines: { ...link.lines, ...Object.fromEntries(lines) } });
      const total = formatMoney(sum(step.lines.map((line) => line.amount)));
      return { commitment: commitmentId, lines: String(step.lines.length), total };
    }
    case 'note-lines': {
      const renamed = Object.entries(step.lineIds).map(([originId, lineId]) => [
        originId,
        { ...link.lines[originId]!, lineId },
      ]);
      await update({ lines: { ...link.lines, ...Object.fromEntries(renamed) } });
      return { commitment: commitmentId, lines: String(renamed.length) };
    }
    case 'release-applications':
      return releaseApplications(link, workspace);
    case 'attach-files': {
      const uploadIds = await uploadFiles('purchase-order', documentId, step.files, projectId, workspace);
      await tool.attachToCommitment(projectId, commitmentId, uploadIds);
      await update({ files: [...(link.files ?? []), ...step.files.map(({ id }) => id)] });
      return { commitment: commitmentId, files: step.files.map(({ fileName }) => fileName).join(', ') };
    }
    case 'delete-requisition':
      await deleteRequisition(link, workspace);
      await save(links, workspace, withoutRequisition(link));
      break;
    case 'create-requisition':
      return createRequisition(step.requisition, link, workspace, update);
    case 'delete-commitment':
      await tool.deleteCommitment(projectId, commitmentId);
      await workspace.deployment.links.removeCommitment(workspace.connection.id, link);
      links.delete(projectId);
      break;
  }
  return { commitment: commitmentId };
}

async function save(
  links: Map<string, Revised<CommitmentLink>>,
  workspace: Workspace,
  link: Writable<CommitmentLink>,
): Promise<void> {
  links.set(link.projectId, await workspace.deployment.links.putCommitment(workspace.connection.id, link));
}

function unmarked<Link extends Partial<CommitmentLink>>({ midway: _before, ...link }: Link) {
  return link;
}

function withoutRequisition({
  requisition: _withdrawn,
  ...link
}: Revised<CommitmentLink>): Writable<CommitmentLink> {
  return link;
}

function refusal(error: ProcoreRefused): NeedsPerson {
  const numberTaken = error.fields.number?.some((reason) => reason.includes('taken')) === true;
  return new NeedsPerson(numberTaken ? 'commitment-number-taken' : 'procore-refused', {
    facts: { reason: error.message },
    cause: error,
  });
}
