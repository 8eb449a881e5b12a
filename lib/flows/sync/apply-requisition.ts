import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import type { Money } from '../../core/money.ts';
import type { DesiredRequisition } from '../../core/plan.ts';
import type { ProjectTool } from '../../core/ports.ts';
import type { Requisition } from '../../core/procore-records.ts';

/**
 * Requisitions have no sync and their creation is not safe to repeat: the intent is stored first, and a worker
 * that finds an intent without an id looks before it creates.
 */
export async function createRequisition(
  desired: DesiredRequisition,
  link: CommitmentLink,
  tool: ProjectTool,
  update: (change: Partial<CommitmentLink>) => Promise<void>,
): Promise<Record<string, string>> {
  const { projectId, commitmentId } = link;
  const { fingerprint, items, ...fields } = desired;
  const attempted = link.requisition !== undefined && link.requisition.id === undefined;
  const requisition = { periodId: desired.periodId, fingerprint };
  if (!attempted) await update({ requisition });
  const wanted = items.map(({ originId, amount }) => ({ sovLineId: link.lines[originId]!.id, amount }));
  const found = attempted ? await findRequisition(tool, link, fields.originData) : undefined;
  const id =
    found?.id ?? (await tool.createRequisition(projectId, { ...fields, commitmentId, items: wanted })).id;
  await fillRequisition(tool, projectId, id, wanted);
  await update({ requisition: { ...requisition, id } });
  return { commitment: commitmentId, requisition: id };
}

/** Makes the rows say what the order says, whatever the creation took over of them, and compares the total. */
async function fillRequisition(
  tool: ProjectTool,
  projectId: string,
  requisitionId: string,
  wanted: { sovLineId: string; amount: Money }[],
): Promise<void> {
  const amounts = new Map(wanted.map(({ sovLineId, amount }) => [sovLineId, amount]));
  const differing = async () =>
    (await tool.requisitionItems(projectId, requisitionId)).flatMap((item) => {
      const amount = amounts.get(item.sovLineId);
      return amount === undefined || amount.eq(item.amount) ? [] : [{ ...item, amount }];
    });
  const wrong = await differing();
  if (wrong.length === 0) return;
  await tool.setRequisitionItems(projectId, requisitionId, wrong);
  if ((await differing()).length > 0) {
    throw new NeedsPerson('requisition-differs', { facts: { requisition: requisitionId } });
  }
}

async function findRequisition(
  tool: ProjectTool,
  link: CommitmentLink,
  originData?: string,
): Promise<Requisition | undefined> {
  const all = await tool.requisitions(link.projectId, link.commitmentId);
  return all.find((requisition) =>
    originData === undefined ? isOwn(requisition) : requisition.originData === originData,
  );
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

export async function deleteRequisition(tool: ProjectTool, link: CommitmentLink): Promise<void> {
  const id = link.requisition?.id ?? (await findRequisition(tool, link))?.id;
  if (id !== undefined) await tool.deleteRequisition(link.projectId, id);
}
