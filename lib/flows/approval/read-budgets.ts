import type { Hold } from '../../core/approval/request.ts';
import type { BudgetPicture, Claim } from '../../core/budget/check-budget.ts';
import { budgetPictures } from '../../core/budget/check-budget.ts';
import type { Spending } from '../../core/budget/spending.ts';
import { NeedsPerson, ProcoreRefused, Stop } from '../../core/errors.ts';
import { money } from '../../core/money.ts';
import type { BudgetRow, BudgetView, Project } from '../../core/procore-records.ts';
import { codeText } from '../../core/project-codes.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { BudgetGlance } from './budget-turns.ts';

/**
 * The budgets that a document's claim concerns, as Procore has them at this moment, with what was held before it.
 * Throws NeedsPerson where a budget cannot be read, RetryLater, Stop.
 */
export async function readBudgets(
  claim: Claim,
  document: Pick<Hold, 'documentId' | 'arrivedAt'>,
  projects: Project[],
  workspace: Workspace,
  turn: BudgetGlance,
): Promise<BudgetPicture[]> {
  const pictures: BudgetPicture[] = [];
  for (const project of projects) {
    const rows = await turn.rows(project.id, () => rowsOf(project, workspace));
    const world = await workspace.projectWorld(project.id);
    pictures.push(
      ...budgetPictures(claim, {
        project,
        rows,
        earlier: heldBefore(document, project.id, await turn.holds(project.id)),
        awaited: await turn.awaited(project.id),
        now: workspace.deployment.clock.now(),
        codeName: (target) => codeText(target, world),
      }),
    );
  }
  return pictures;
}

/** What arrived before counts as if it stood, so that two that fit alone but not together do not both pass. */
function heldBefore(
  { documentId, arrivedAt }: Pick<Hold, 'documentId' | 'arrivedAt'>,
  projectId: string,
  holds: Hold[],
): Spending[] {
  const place = (hold: Pick<Hold, 'documentId' | 'arrivedAt'>) => `${hold.arrivedAt} ${hold.documentId}`;
  return holds
    .filter((hold) => hold.documentId !== documentId && place(hold) < place({ documentId, arrivedAt }))
    .flatMap(({ spendings }) =>
      spendings.map((spending) => ({ ...spending, projectId, amount: money(spending.amount) })),
    );
}

async function rowsOf(project: Project, workspace: Workspace): Promise<BudgetRow[]> {
  try {
    const views = await workspace.catalogue.entries('procore/budget-views/P', project.id);
    const view = chosenView(views, project, workspace);
    return await workspace.tool.budgetRows(project.id, view.id);
  } catch (error) {
    throw inPlainWords(error, project);
  }
}

function chosenView(views: BudgetView[], project: Project, { connection }: Workspace): BudgetView {
  const { budgetView: wanted } = connection.settings;
  const byName = views.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const view = views.find(({ id }) => id === wanted) ?? byName[0];
  if (view) return view;
  throw new NeedsPerson('budget-view-missing', {
    facts: {
      project: project.name,
      view: wanted,
      candidates: views.map(({ id, name }) => `${name} (${id})`),
    },
  });
}

/** What cannot be read is not let through, whatever Procore calls the reason. */
function inPlainWords(error: unknown, { name }: Project): unknown {
  const facts = { project: name, ...(error instanceof Error && { reason: error.message }) };
  const isShut =
    (error instanceof Stop && error.code === 'procore-forbidden') ||
    (error instanceof ProcoreRefused && error.status === 404);
  if (isShut) return new NeedsPerson('budget-locked', { facts, cause: error });
  const isOdd =
    error instanceof ProcoreRefused || (error instanceof Stop && error.code === 'answer-unreadable');
  return isOdd ? new NeedsPerson('budget-unreadable', { facts, cause: error }) : error;
}
