import { formatMoney, money } from '../../core/money.ts';
import { addBudgetLine } from './build-project.ts';
import type { BudgetLineData } from './company.ts';
import { found } from './people-acts.ts';
import type { BudgetLine, Company, Project } from './records.ts';
import type { World } from './world.ts';

/** What people do in a project's Budget tool. */
export interface BudgetPeople {
  addBudgetLine(projectId: number, line: BudgetLineData): BudgetLine;
  /** Sets the original amount of a line. */
  setBudget(projectId: number, lineId: number, original: string): void;
  /** Adds an amount, which may be negative, to a line by a budget modification. */
  modifyBudget(projectId: number, lineId: number, amount: string): void;
  /** The same by an approved budget change, which took the place of modifications. */
  changeBudget(projectId: number, lineId: number, amount: string): void;
}

export function budgetPeople(world: World, company: Company): BudgetPeople {
  const projectOf = (id: number) => found(company.projects.get(id), id);
  const lineOf = (project: Project, id: number) =>
    found(
      project.budgetLines.find((line) => line.id === id),
      id,
    );
  const move = (project: Project, lineId: number, amount: string) => {
    const line = lineOf(project, lineId);
    line.modifications = formatMoney(money(line.modifications).plus(amount));
    return { id: world.nextId(), budgetLineId: lineId, amount };
  };
  return {
    addBudgetLine: (id, line) => addBudgetLine(world, company, projectOf(id), line),
    setBudget: (id, lineId, original) => {
      lineOf(projectOf(id), lineId).original = original;
    },
    modifyBudget: (id, lineId, amount) => {
      const project = projectOf(id);
      project.budgetModifications.push(move(project, lineId, amount));
    },
    changeBudget: (id, lineId, amount) => {
      const project = projectOf(id);
      project.budgetChanges.push(move(project, lineId, amount));
    },
  };
}
