import { billingDateIn } from '../../core/billing-period.ts';
import type { DesiredApplication } from '../../core/charges/desired-charge.ts';
import { kindOfApplication } from '../../core/charges/desired-charge.ts';
import type { ApplicationLink } from '../../core/charges/links.ts';
import { NeedsPerson, ProcoreRefused } from '../../core/errors.ts';
import type { CommitmentLink } from '../../core/links.ts';
import { formatMoney, ZERO } from '../../core/money.ts';
import type { Requisition, RequisitionItem } from '../../core/procore-records.ts';
import type { Writable } from '../../store/links.ts';
import type { Revised } from '../../store/table.ts';
import { uploadFiles } from '../sync/files.ts';
import type { Workspace } from '../sync/workspace.ts';
import { billingPeriod } from './billing-periods.ts';
import { amountsBySovLine, fillApplication } from './fill-application.ts';

type Link = Revised<ApplicationLink>;
type Made = Requisition & { items?: RequisitionItem[] };

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
  let items: RequisitionItem[] | undefined;
  const live = link.requisitionId === undefined ? undefined : await find(link, workspace);
  if (link.requisitionId !== undefined && !live) {
    // Deleted by hand: written anew.
    const { requisitionId: _gone, ...rest } = link;
    link = await save({ ...rest, state: 'writing' });
  }
  if (link.requisitionId === undefined) {
    const standing = before && (await findOwn(wanted, commitmentId, workspace));
    const made: Made = standing ?? (await create(wanted, commitment, workspace));
    ({ items } = made);
    link = await save({ ...link, requisitionId: made.id });
  } else {
    // Before the intent is stored: where Procore does not unlock it, what stands goes on standing.
    await unlock(live!, link, workspace);
    if (link.state !== 'writing') link = await save({ ...link, state: 'writing' });
  }
  const requisitionId = link.requisitionId!;
  await fillApplication(wanted, commitment, requisitionId, items, workspace);
  if (wanted.dueDate !== undefined && wanted.dueDate !== link.dueDate) {
    link = await setDueDate(link, wanted.dueDate, workspace);
  }
  link = await attach(wanted, link, workspace, save);
  await approve(requisitionId, link, workspace);
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
): Promise<void> {
  const { commitmentId, requisition } = await commitmentOf(wanted, workspace);
  if (!requisition) return;
  const all = await workspace.tool.requisitions(wanted.projectId, commitmentId);
  const draft = all.find(({ id }) => id === requisition.id);
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

async function find(
  { projectId, requisitionId, commitmentId }: Link,
  { tool }: Workspace,
): Promise<Requisition | undefined> {
  return (await tool.requisitions(projectId, commitmentId)).find(({ id }) => id === requisitionId);
}

/** Its originId locks a requisition; a worker that died may have stamped it without saying so. */
async function unlock(
  { id, originId }: Requisition,
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

/** The stamp comes last and alone: it may lock the requisition before the rest is read. */
async function approve(
  requisitionId: string,
  { projectId, commitmentId, originId }: Link,
  { tool }: Pick<Workspace, 'tool'>,
): Promise<void> {
  await tool.updateRequisition(projectId, commitmentId, requisitionId, { status: 'approved' });
  await tool.updateRequisition(projectId, commitmentId, requisitionId, { originId });
}

/** What an earlier run made without hearing the answer. */
async function findOwn(
  { projectId, originData }: DesiredApplication,
  commitmentId: string,
  { tool }: Workspace,
): Promise<Requisition | undefined> {
  const all = await tool.requisitions(projectId, commitmentId);
  return all.find((requisition) => requisition.originData === originData);
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
export async function removeApplication(
  link: Link,
  { deployment, connection, tool }: Workspace,
): Promise<void> {
  const { projectId, commitmentId } = link;
  const own = (await tool.requisitions(projectId, commitmentId)).find(({ id, originId }) =>
    link.requisitionId === undefined ? originId === link.originId : id === link.requisitionId,
  );
  if (own) {
    await unlock(own, link, { tool });
    const writing = await deployment.charges.putApplication(connection.id, {
      ...link,
      state: 'writing',
      requisitionId: own.id,
    });
    if (!(await deleted(projectId, own.id, tool))) {
      await empty(writing, own.id, { deployment, connection, tool });
      return;
    }
    await deployment.charges.removeApplication(connection.id, writing);
    return;
  }
  await deployment.charges.removeApplication(connection.id, link);
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
  requisitionId: string,
  { deployment, connection, tool }: Pick<Workspace, 'deployment' | 'connection' | 'tool'>,
): Promise<void> {
  const { projectId, commitmentId } = link;
  const items = await tool.requisitionItems(projectId, requisitionId);
  const billing = items.filter(({ amount }) => !amount.eq(0)).map(({ id }) => ({ id, amount: ZERO }));
  if (billing.length > 0)
    await tool.updateRequisition(projectId, commitmentId, requisitionId, { items: billing });
  await approve(requisitionId, link, { tool });
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
