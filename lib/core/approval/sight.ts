import type { BudgetPicture } from '../budget/check-budget.ts';
import type { OverBilling } from '../charges/over-billing.ts';
import { formatMoney } from '../money.ts';
import type { Sight, SightBudget, SightLine } from './request.ts';

/** An item of the table holds 400 KB; nobody decides on the four hundredth line. */
const LINES = 300;

/** What the person is shown, small enough to be kept with the request. */
export function sightOf(parts: {
  reference?: string | undefined;
  date?: string | undefined;
  lines: SightLine[];
  pictures: BudgetPicture[];
  watched: BudgetPicture[];
  overBilling?: OverBilling | undefined;
  writes: Sight['writes'];
}): Sight {
  const { reference, date, lines, pictures, watched, overBilling, writes } = parts;
  return {
    ...(reference !== undefined && { reference }),
    ...(date !== undefined && { date }),
    lines: lines.slice(0, LINES),
    moreLines: Math.max(0, lines.length - LINES),
    budgets: pictures.map((picture) => budgetOf(picture, watched.includes(picture))),
    ...(overBilling && {
      overBilling: {
        beyond: formatMoney(overBilling.beyond),
        lines: overBilling.lines.slice(0, LINES).map(({ description, excess }) => ({
          description,
          excess: formatMoney(excess),
        })),
      },
    }),
    writes: writes.map((write) => (write.lines ? { ...write, lines: write.lines.slice(0, LINES) } : write)),
  };
}

function budgetOf(picture: BudgetPicture, isWatched: boolean): SightBudget {
  const { scope, project, name, revised, committed, direct, pending, unseen, own, earlier } = picture;
  return {
    scope,
    project: project.name,
    name,
    revised: formatMoney(revised),
    committed: formatMoney(committed.plus(pending).plus(unseen)),
    direct: formatMoney(direct),
    earlier: formatMoney(earlier),
    own: formatMoney(own),
    amount: formatMoney(picture.amount),
    remaining: formatMoney(picture.remaining),
    over: formatMoney(picture.over),
    watched: isWatched,
  };
}

/** The figures as the audit trail keeps them, one fact for each budget. */
export function figuresInWords({ budgets, overBilling }: Sight): Record<string, string | string[]> {
  const figures = budgets
    .filter(({ watched }) => watched)
    .map(
      ({ name, revised, committed, direct, earlier, own, amount, remaining, over }) =>
        `${name}: budget ${revised}, committed and pending ${committed}, direct ${direct}, held before ${earlier}, ` +
        `own ${own}, left ${remaining}, this ${amount}, over ${over}`,
    );
  return {
    ...(figures.length > 0 && { budgets: figures }),
    ...(overBilling && {
      'over-billed': overBilling.beyond,
      'over-billed lines': overBilling.lines.map(({ description, excess }) => `${description}: ${excess}`),
    }),
  };
}
