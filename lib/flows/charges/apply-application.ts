import { billingDateIn } from '../../core/billing-period.ts';
import type { DesiredApplication } from '../../core/charges/desired-charge.ts';
import { kindOfApplication } from '../../core/charges/desired-charge.ts';
import type { ApplicationLink } from '../../core/charges/links.ts';
import { NeedsPerson, ProcoreRefused } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import { formatMoney, ZERO } from '../../core/money.ts';
import type { RequisitionWithItems } from '../../core/procore-records.ts';
import type { Writable } from '../../store/links.ts';
import type { Revised } from '../../store/table.ts';
import { uploadFiles } from '../sync/files.ts';
import type { Workspace } from '../sync/workspace.ts';
import { billingPeriod } from './billing-periods.ts';
import { amountsBySovLine, fillApplication } from './fill-application.ts';

type Link = Revised<ApplicationLink>;

/** The requisitions of commitments, read once during a charge's turn: nobody else bills on its orders meanwhile. */
export type Chains = (projectId: string, commitmentId: string) => Promise<RequisitionWithItems[]>;

export function readChains({ joint }: Pick<Workspace, 'joint'>): Chains {
  const read = new Map<string, Promise<RequisitionWithItems[]>>();
  return (projectId, commitmentId) => {
    const chain = read.get(commitmentId) ?? joint.requisitions(projectId, commitmentId);
    read.set(commitmentId, chain);
    return chain;
  };
}

/**
 * Brings one requisition to what the charge bills on one commitment: the order's own draft, where no charge has used it
 * up yet, else one of its own. A draft at first, filled and compared, then approved and stamped. Requisitions have no
 * sync, so each step's intent is stored before it. `keep` hears of every link that was stored.
 */
export async function writeApplication(
  wanted: DesiredApplication,
  chargeId: string,
  before: Link | undefined,
  workspace: Workspace,
  chains: Chains,
  keep: (link: Link) => void,
): Promise<Link> {
  const { deployment, connection } = workspace;
  const commitment = await commitmentOf(wanted, workspace);
  const { commitmentId } = commitment;
  const save = async (link: Writable<ApplicationLink>): Promise<Link> => {
    const stored = await deployment.charges.putApplication(connection.id, link);
    keep(stored);
    return stored;
  };

  let link = before ?? (await save(await beginning(wanted, chargeId, commitment, workspace)));
  let standing = await find(wanted, link, before, chains);
  if (link.requisitionId !== undefined && standing) {
    // Before the intent is stored: where Procore does not unlock it, what stands goes on standing.
    await unlock(standing, link, workspace);
    if (link.state !== 'writing') link = await save({ ...link, state: 'writing' });
  } else {
    // Where there was one it was deleted by hand, and is written anew.
    const { requisitionId: _gone, ...rest } = link;
    if (_gone !== undefined) link = await save({ ...rest, state: 'writing' });
    standing ??= await create(wanted, commitment, workspace);
    link = await save({ ...link, requisitionId: standing.id });
  }
  await fillApplication(wanted, commitment, standing, workspace);
  if (wanted.dueDate !== undefined && wanted.dueDate !== link.dueDate) {
    link = await setDueDate(link, wanted.dueDate, workspace);
  }
  link = await attach(wanted, link, workspace, save);
  const { originId, invoiceNumber, originData } = wanted;
  const approval = { originId, invoiceNumber, originData };
  await workspace.tool.approveRequisition(wanted.projectId, commitmentId, standing.id, approval);
  return save({
    ...link,
    state: 'standing',
    fingerprint: wanted.fingerprint,
    items: Object.fromEntries(wanted.items.map(({ originId, amount }) => [originId, formatMoney(amount)])),
  });
}

/**
 * Refuses to use up the order's draft where somebody submitted or approved it: to be asked before anything is written.
 * Throws NeedsPerson('requisition-touched').
 */
export async function checkDraft(
  wanted: Pick<DesiredApplication, 'orderId' | 'projectId'>,
  workspace: Workspace,
  chains: Chains,
): Promise<void> {
  const { commitmentId, requisition } = await commitmentOf(wanted, workspace);
  if (!requisition) return;
  const draft = (await chains(wanted.projectId, commitmentId)).find(({ id }) => id === requisition.id);
  if (!draft || draft.status === 'draft') return;
  throw new NeedsPerson('requisition-touched', { facts: { commitment: commitmentId, status: draft.status } });
}

/** Files come before the stamp, which locks it. */
async function attach(
  { projectId, files }: DesiredApplication,
  link: Link,
  workspace: Workspace,
  save: (link: Writable<ApplicationLink>) => Promise<Link>,
): Promise<Link> {
  const missing = files.filter(({ id }) => !link.files?.includes(id));
  if (missing.length === 0) return link;
  const kind = kindOfApplication(link.originId);
  const uploadIds = await uploadFiles(kind, link.documentId, missing, projectId, workspace);
  await workspace.tool.updateRequisition(projectId, link.commitmentId, link.requisitionId!, { uploadIds });
  return save({ ...link, files: [...(link.files ?? []), ...missing.map(({ id }) => id)] });
}

/** The first link of an application. The order's draft is handed over: from here on it is this charge's. */
async function beginning(
  { orderId, projectId, originId }: DesiredApplication,
  documentId: string,
  commitment: Revised<CommitmentLink>,
  { deployment, connection }: Workspace,
): Promise<Writable<ApplicationLink>> {
  const { commitmentId, requisition, ...order } = commitment;
  const link = {
    documentId,
    orderId,
    projectId,
    commitmentId,
    originId,
    fingerprint: '',
    items: {},
    payments: {},
  };
  const draft = requisition?.id;
  if (requisition) await deployment.links.putCommitment(connection.id, { ...order, commitmentId });
  return { ...link, state: 'writing', ...(draft !== undefined && { requisitionId: draft }) };
}

async function commitmentOf(
  { orderId, projectId }: Pick<DesiredApplication, 'orderId' | 'projectId'>,
  { deployment, connection }: Workspace,
): Promise<Revised<CommitmentLink>> {
  const links = await deployment.links.commitments(connection.id, orderId);
  const link = links.find((candidate) => candidate.projectId === projectId);
  if (!link) throw new Error(`order ${orderId} has no commitment in project ${projectId}`);
  return link;
}

/** The requisition of the link, or where it names none what an earlier run made without hearing the answer. */
async function find(
  { projectId, originData }: DesiredApplication,
  { requisitionId, commitmentId }: Link,
  before: Link | undefined,
  chains: Chains,
): Promise<RequisitionWithItems | undefined> {
  if (requisitionId === undefined && !before) return undefined;
  const chain = await chains(projectId, commitmentId);
  return chain.find((one) =>
    requisitionId === undefined ? one.originData === originData : one.id === requisitionId,
  );
}

/** Its originId locks a requisition; a worker that died may have stamped it without saying so. */
async function unlock(
  { id, originId }: RequisitionWithItems,
  { projectId, commitmentId }: Link,
  { tool }: Pick<Workspace, 'tool'>,
): Promise<void> {
  if (originId === undefined) return;
  try {
    await tool.updateRequisition(projectId, commitmentId, id, { originId: null });
  } catch (error) {
    if (!(error instanceof ProcoreRefused)) throw error;
    const facts = { application: id, reason: error.message };
    throw new NeedsPerson('application-locked', { facts, cause: error });
  }
}

async function create(wanted: DesiredApplication, commitment: CommitmentLink, workspace: Workspace) {
  const { projectId, invoiceNumber, originData, date } = wanted;
  const period = await billingPeriod(projectId, date, workspace);
  const amounts = amountsBySovLine(wanted, commitment);
  return workspace.tool.createRequisition(projectId, {
    commitmentId: commitment.commitmentId,
    periodId: period.id,
    start: period.start,
    end: period.end,
    billingDate: billingDateIn(period, date),
    invoiceNumber,
    originData,
    // Every line: Procore may want all of them named.
    items: Object.values(commitment.lines).map(({ id }) => ({
      sovLineId: id,
      amount: amounts.get(id) ?? ZERO,
    })),
  });
}

/**
 * Takes an application away: deleted where it is the last of its chain, else emptied, since Procore deletes no other.
 * Its payments must be gone.
 */
export async function removeApplication(link: Link, workspace: Workspace, chains: Chains): Promise<void> {
  const { deployment, connection, tool } = workspace;
  const { projectId, commitmentId } = link;
  const own = (await chains(projectId, commitmentId)).find(({ id, originId }) =>
    link.requisitionId === undefined ? originId === link.originId : id === link.requisitionId,
  );
  if (!own) {
    await deployment.charges.removeApplication(connection.id, link);
    return;
  }
  await unlock(own, link, { tool });
  const writing = await deployment.charges.putApplication(connection.id, {
    ...link,
    state: 'writing',
    requisitionId: own.id,
  });
  if (await deleted(projectId, own.id, tool)) {
    await deployment.charges.removeApplication(connection.id, writing);
  } else await empty(writing, own, workspace);
}

async function deleted(projectId: string, requisitionId: string, tool: Workspace['tool']): Promise<boolean> {
  try {
    await tool.deleteRequisition(projectId, requisitionId);
    return true;
  } catch (error) {
    if (error instanceof ProcoreRefused) return false;
    throw error;
  }
}

async function empty(
  link: Link,
  { id, items }: RequisitionWithItems,
  { deployment, connection, tool }: Workspace,
): Promise<void> {
  const { projectId, commitmentId, originId } = link;
  const billing = items.filter(({ amount }) => !amount.eq(0)).map((item) => ({ id: item.id, amount: ZERO }));
  await tool.approveRequisition(projectId, commitmentId, id, { items: billing, originId });
  await deployment.charges.putApplication(connection.id, {
    ...link,
    state: 'emptied',
    items: {},
    fingerprint: '',
    payments: {},
  });
}

export async function setDueDate(
  link: Link,
  dueDate: string,
  { deployment, connection, tool }: Workspace,
): Promise<Link> {
  await tool.setDueDate(link.projectId, link.requisitionId!, dueDate);
  return deployment.charges.putApplication(connection.id, { ...link, dueDate });
}
