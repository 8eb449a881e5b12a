import { NeedsPerson } from '../errors.ts';
import type { Money } from '../money.ts';
import { sum } from '../money.ts';
import type { BudgetRow } from '../procore-records.ts';

/** What was planned, and what is spoken for. What is left is the first less the others. */
export interface BudgetFigures {
  revised: Money;
  committed: Money;
  direct: Money;
  pending: Money;
}

/**
 * Titles under which budget views show each figure, Procore's own first. Companies name their columns themselves, and
 * whether a row's keys are the titles or their snake case is not documented (reference/procore.md §6.10).
 */
const TITLES: Record<keyof BudgetFigures, string[]> = {
  revised: ['Revised Budget', 'Revised Budget Amount', 'Current Budget', 'Current Revised Budget'],
  committed: ['Committed Costs', 'Committed Cost', 'Commitments'],
  direct: ['Direct Costs', 'Direct Cost'],
  pending: ['Pending Cost Changes', 'Pending Cost Change', 'Pending Costs'],
};

/** What a revised budget is made of, for views that do not show it as one. */
const REVISED_PARTS = [
  ['Original Budget Amount', 'Original Budget'],
  ['Budget Modifications', 'Budget Changes', 'Approved Budget Changes'],
  ['Approved COs', 'Approved Change Orders'],
];

/** Throws NeedsPerson('budget-unreadable') naming the column that lacks, or holds no amount. */
export function figuresOf({ columns, name }: BudgetRow): BudgetFigures {
  const byTitle = new Map(Object.entries(columns).map(([key, amount]) => [plain(key), amount]));
  const find = (titles: string[]): Money | undefined =>
    titles.map((title) => byTitle.get(plain(title))).find((amount) => amount !== undefined);
  const figure = (what: keyof BudgetFigures): Money => {
    const found = find(TITLES[what]) ?? (what === 'revised' ? sumOf(REVISED_PARTS.map(find)) : undefined);
    if (found) return found;
    throw new NeedsPerson('budget-unreadable', { facts: { column: TITLES[what][0]!, row: name } });
  };
  return {
    revised: figure('revised'),
    committed: figure('committed'),
    direct: figure('direct'),
    pending: figure('pending'),
  };
}

function sumOf(parts: (Money | undefined)[]): Money | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? sum(known) : undefined;
}

/** `Revised Budget`, `revised_budget` and `RevisedBudget` are one title. */
function plain(title: string): string {
  return title.toLowerCase().replace(/[^a-z]/g, '');
}
