import type { ChargeStep } from '../../core/charges/charge-plan.ts';
import type { DirectCostLink } from '../../core/charges/links.ts';
import { ProcoreRefused } from '../../core/errors.ts';
import { formatMoney, sum } from '../../core/money.ts';
import type { CodeTarget, NewDirectCost } from '../../core/procore-records.ts';
import type { Revised } from '../../store/table.ts';
import type { Workspace } from '../sync/workspace.ts';
import { vendorLink } from '../vendors/known-vendor.ts';

/** Brings one direct cost to what it should say. The intent is stored first: its originId locks it once it is there. */
export async function writeDirectCost(
  { projectId, contactId, cost }: Extract<ChargeStep, { do: 'write-direct-cost' }>,
  documentId: string,
  workspace: Workspace,
): Promise<Record<string, string>> {
  const { deployment, connection, tool } = workspace;
  const { originId, part, fingerprint, lines, invoiceNumber, date, paymentDate } = cost;
  const before = await linkOf(originId, documentId, workspace);
  const vendor = contactId === undefined ? undefined : await vendorLink(workspace, contactId);
  const wanted = {
    originId,
    type: vendor ? ('invoice' as const) : ('expense' as const),
    ...(vendor && { vendorId: vendor.vendorId }),
    invoiceNumber,
    date,
    ...(paymentDate !== undefined && { paymentDate }),
    status: 'approved' as const,
    lines: [] as {
      originId: string;
      description: string;
      amount: (typeof lines)[number]['amount'];
      wbsCodeId: string;
    }[],
  };
  for (const { target, ...line } of lines) {
    wanted.lines.push({ ...line, wbsCodeId: await wbsCodeOf(projectId, target, workspace) });
  }
  const amount = formatMoney(sum(lines.map((line) => line.amount)));
  const save = (link: Partial<Revised<DirectCostLink>>) =>
    deployment.charges.putDirectCost(connection.id, {
      documentId,
      projectId,
      part,
      originId,
      fingerprint,
      amount,
      booked: lines.map((line) => ({ target: line.target, amount: formatMoney(line.amount) })),
      ...link,
    });
  const intended = before ?? (await save({ fingerprint: '' }));
  const standing = intended.directCostId ?? (before && (await tool.directCostOf(projectId, originId)));
  const changed =
    standing !== undefined && (await isChanged(() => tool.changeDirectCost(projectId, standing, wanted)));
  const id = changed ? standing : await createOrAdopt(projectId, wanted, tool);
  await save({ revision: intended.revision, directCostId: id });
  return { 'direct cost': id, total: amount };
}

/** One that nobody here remembers may stand there from before: its originId is unique, so it is brought to what is wanted. */
async function createOrAdopt(
  projectId: string,
  wanted: NewDirectCost,
  tool: Workspace['tool'],
): Promise<string> {
  try {
    return await tool.createDirectCost(projectId, wanted);
  } catch (error) {
    if (!(error instanceof ProcoreRefused)) throw error;
    const forgotten = await tool.directCostOf(projectId, wanted.originId);
    if (forgotten === undefined) throw error;
    await tool.changeDirectCost(projectId, forgotten, wanted);
    return forgotten;
  }
}

/** Not where it was deleted by hand: then it is written anew. */
async function isChanged(change: () => Promise<void>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (error) {
    if (error instanceof ProcoreRefused && error.status === 404) return false;
    throw error;
  }
}

export async function removeDirectCost(
  originId: string,
  documentId: string,
  workspace: Workspace,
): Promise<Record<string, string>> {
  const { deployment, connection, tool } = workspace;
  const link = await linkOf(originId, documentId, workspace);
  if (!link) return {};
  const id = link.directCostId ?? (await tool.directCostOf(link.projectId, originId));
  if (id !== undefined) await tool.deleteDirectCost(link.projectId, id);
  await deployment.charges.removeDirectCost(connection.id, link);
  return { 'direct cost': id ?? '' };
}

async function linkOf(
  originId: string,
  documentId: string,
  { deployment, connection }: Workspace,
): Promise<Revised<DirectCostLink> | undefined> {
  const links = await deployment.charges.directCosts(connection.id, documentId);
  return links.find((link) => link.originId === originId);
}

/** Lines of direct costs take a WBS code and nothing else. */
async function wbsCodeOf(projectId: string, target: CodeTarget, { tool }: Workspace): Promise<string> {
  return 'wbsCodeId' in target ? target.wbsCodeId : tool.ensureWbsCode(projectId, target);
}
