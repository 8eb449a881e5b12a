import { NeedsPerson } from '../errors.ts';
import type { Money } from '../money.ts';
import { sum, ZERO } from '../money.ts';
import type { BudgetRow, CodeTarget, Project } from '../procore-records.ts';
import type { Settings } from '../settings.ts';
import type { BudgetFigures } from './figures.ts';
import { figuresOf } from './figures.ts';
import type { Spending } from './spending.ts';
import type { Awaited } from './unseen.ts';
import { unseenIn } from './unseen.ts';

/** A project, or one of its budget codes, with all that a document does to it. */
export interface BudgetPicture extends BudgetFigures {
  /** The same for the same project or budget code at any time. */
  key: string;
  scope: 'project' | 'budget-code';
  project: Project;
  /** What people call it. */
  name: string;
  /** What the connector wrote of late and Procore's figures do not show yet. */
  unseen: Money;
  /** What stands of the document itself: it is among Procore's figures and counts only once. */
  own: Money;
  /** What documents come to that were held before this one and are not decided. */
  earlier: Money;
  /** What the document comes to. */
  amount: Money;
  /** What is left for the document: revised − committed − direct − pending − unseen + own − earlier. */
  remaining: Money;
  /** By how much it is too much; nothing where it fits. */
  over: Money;
}

/** What a document does to the budgets: everything that counts once it is written, and what counts of it now. */
export interface Claim {
  after: Spending[];
  before: Spending[];
}

export interface ProjectBudget {
  project: Project;
  rows: BudgetRow[];
  /** What documents come to that are held in this project and arrived before. */
  earlier: Spending[];
  /** What is still to show of what was written there of late. */
  awaited: Awaited;
  now: Date;
  /** A budget code that has no row, in the words that people use. */
  codeName(target: CodeTarget): string;
}

/**
 * The project, and each of its budget codes that the claim concerns. Throws NeedsPerson where there is no budget or
 * none that can be read: what cannot be compared is not let through.
 */
export function budgetPictures({ after, before }: Claim, budget: ProjectBudget): BudgetPicture[] {
  const { project, rows, earlier, awaited, now, codeName } = budget;
  if (!rows.some(({ budgeted }) => budgeted)) {
    throw new NeedsPerson('budget-missing', { facts: { project: project.name } });
  }
  const here = ({ projectId }: Spending) => projectId === project.id;
  const figures = new Map(rows.map((row) => [row, figuresOf(row)]));
  const late = { awaited, now };
  const whole = picture({
    ...late,
    key: 'project',
    scope: 'project',
    project,
    name: project.name,
    figures: [...figures.values()],
    own: before.filter(here),
    earlier: earlier.filter(here),
    amount: after.filter(here),
  });
  const rowOf = (target: CodeTarget) => rows.find((row) => isRowOf(row, target));
  const keyOf = (spending: Spending) =>
    spending.target && (rowOf(spending.target) ?? codeKey(spending.target));
  const wanted = Map.groupBy(after.filter(here), (spending) => keyOf(spending)!);
  const codes = [...wanted].map(([key, amount]) => {
    const row = typeof key === 'string' ? undefined : key;
    const same = (spending: Spending) => here(spending) && keyOf(spending) === key;
    return picture({
      ...late,
      key: codeKey(amount[0]!.target!),
      scope: 'budget-code',
      project,
      name: row?.name || codeName(amount[0]!.target!),
      figures: row ? [figures.get(row)!] : [],
      own: before.filter(same),
      earlier: earlier.filter(same),
      amount,
    });
  });
  return [whole, ...codes];
}

/** Those that the setting watches. */
export function watched(pictures: BudgetPicture[], scope: Settings['budgetScope']): BudgetPicture[] {
  if (scope === 'off') return [];
  return scope === 'both' ? pictures : pictures.filter((picture) => picture.scope === scope);
}

/**
 * Whether the claim takes more of any budget within the scope than it has already: what takes less, or as much, always
 * may. What stands without its code being known is as good as nothing, as far as codes go.
 */
export function raises({ after, before }: Claim, scope: Settings['budgetScope']): boolean {
  const rises = (unit: (spending: Spending) => string) => {
    const standing = totals(before, unit);
    return [...totals(after, unit)].some(([key, amount]) => amount.gt(standing.get(key) ?? ZERO));
  };
  const byProject = scope === 'project' || scope === 'both';
  const byCode = scope === 'budget-code' || scope === 'both';
  return (
    (byProject && rises(({ projectId }) => projectId)) ||
    (byCode && rises(({ projectId, target }) => `${projectId} ${target ? codeKey(target) : ''}`))
  );
}

function totals(spendings: Spending[], unit: (spending: Spending) => string): Map<string, Money> {
  const groups = Map.groupBy(spendings, unit);
  return new Map([...groups].map(([key, some]) => [key, sum(some.map(({ amount }) => amount))]));
}

/** One text for one target, whatever the order in which its fields were written. */
export function codeKey(target: CodeTarget): string {
  return 'wbsCodeId' in target ? `wbs ${target.wbsCodeId}` : `${target.costCodeId} ${target.costTypeId}`;
}

interface Parts extends Pick<ProjectBudget, 'awaited' | 'now'> {
  key: string;
  scope: BudgetPicture['scope'];
  project: Project;
  name: string;
  figures: BudgetFigures[];
  own: Spending[];
  earlier: Spending[];
  amount: Spending[];
}

function picture({ key, scope, project, name, figures, awaited, now, ...spendings }: Parts): BudgetPicture {
  const total = (what: keyof BudgetFigures) => sum(figures.map((figure) => figure[what]));
  const [revised, committed, direct, pending] = [
    total('revised'),
    total('committed'),
    total('direct'),
    total('pending'),
  ];
  const [own, earlier, amount] = [spendings.own, spendings.earlier, spendings.amount].map((some) =>
    sum(some.map((spending) => spending.amount)),
  ) as [Money, Money, Money];
  const shown = committed.plus(direct).plus(pending);
  const unseen = unseenIn(awaited[key], shown, now);
  const remaining = revised.minus(shown).minus(unseen).plus(own).minus(earlier);
  const over = amount.minus(remaining);
  return {
    key,
    scope,
    project,
    name,
    revised,
    committed,
    direct,
    pending,
    unseen,
    own,
    earlier,
    amount,
    remaining,
    over: over.gt(0) ? over : ZERO,
  };
}

function isRowOf(row: BudgetRow, target: CodeTarget): boolean {
  if ('wbsCodeId' in target) return row.wbsCodeId === target.wbsCodeId;
  return row.costCodeId === target.costCodeId && row.costTypeId === target.costTypeId;
}
