import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import type { DesiredRequisition } from '../../core/plan.ts';
import type { ProjectTool } from '../../core/ports.ts';
import type { Requisition, RequisitionWithItems } from '../../core/procore-records.ts';
import type { Workspace } from './workspace.ts';

/**
 * Requisitions have no sync and their creation is not safe to repeat: the intent is stored first, and a worker
 * that finds an intent without an id looks before it creates.
 */
export async function createRequisition(
  desired: DesiredRequisition,
  link: CommitmentLink,
  { tool, joint }: Pick<Workspace, 'tool' | 'joint'>,
  update: (change: Partial<CommitmentLink>) => Promise<void>,
): Promise<Record<string, string>> {
  const { projectId, commitmentId } = link;
  const { fingerprint, items, ...fields } = desired;
  const attempted = link.requisition !== undefined && link.requisition.id === undefined;
  const requisition = { periodId: desired.periodId, fingerprint };
  if (!attempted) await update({ requisition });
  const wanted = items.map(({ originId, amount }) => ({ sovLineId: link.lines[originId]!.id, amount }));
  const all = attempted ? await joint.requisitions(projectId, commitmentId) : [];
  const made =
    all.find(({ originData }) => originData === fields.originData) ??
    (await tool.createRequisition(projectId, { ...fields, commitmentId, items: wanted }));
  await fillRequisition(made, wanted, link, tool);
  await update({ requisition: { ...requisition, id: made.id } });
  return { commitment: commitmentId, requisition: made.id };
}

/** Makes the rows say what the order says, whatever the creation took over of them, and compares the total. */
async function fillRequisition(
  made: RequisitionWithItems,
  wanted: { sovLineId: string; amount: RequisitionWithItems['items'][number]['amount'] }[],
  { projectId, commitmentId }: CommitmentLink,
  tool: ProjectTool,
): Promise<void> {
  const amounts = new Map(wanted.map(({ sovLineId, amount }) => [sovLineId, amount]));
  const differing = ({ items }: RequisitionWithItems) =>
    items.flatMap(({ id, sovLineId, amount: now }) => {
      const amount = amounts.get(sovLineId);
      return amount === undefined || amount.eq(now) ? [] : [{ id, amount }];
    });
  const wrong = differing(made);
  if (wrong.length === 0) return;
  const filled = await tool.updateRequisition(projectId, commitmentId, made.id, { items: wrong });
  if (differing(filled).length > 0) {
    throw new NeedsPerson('requisition-differs', { facts: { requisition: made.id } });
  }
}

/** The connector's draft among a commitment's requisitions: by its id, or by its mark where no answer told the id. */
export function ownRequisition(
  requisitions: Requisition[],
  { requisition }: Pick<CommitmentLink, 'requisition'>,
): Requisition | undefined {
  if (!requisition) return undefined;
  return requisitions.find((found) =>
    requisition.id === undefined ? isOwn(found) : found.id === requisition.id,
  );
}

/** Bills' own carry the mark of the connector, too, and name the bill. */
function isOwn({ originData }: Requisition): boolean {
  return originData?.includes('"connector":"ml-connector","order":') === true;
}

export async function deleteRequisition(
  link: CommitmentLink,
  { tool, joint }: Pick<Workspace, 'tool' | 'joint'>,
): Promise<void> {
  const { projectId, commitmentId, requisition } = link;
  const id = requisition?.id ?? (await joint.requisitions(projectId, commitmentId)).find(isOwn)?.id;
  if (id !== undefined) await tool.deleteRequisition(projectId, id);
}
