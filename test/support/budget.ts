import { formatMoney, money, sum } from '../../lib/core/money.ts';
import { budgetFigures } from '../../lib/sandbox/procore/budget-figures.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { PROJECTS } from '../../lib/sandbox/seed/projects.ts';
import { projectIn } from './by-hand.ts';
import type { Scene } from './scene.ts';

/** Somebody in Procore sets the project's budget so that just this much of it is left, all of it on one budget code. */
export function leaveInBudget(scene: Scene, key: keyof typeof PROJECTS, left: string): void {
  const project = projectIn(scene, key);
  const people = scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
  const all = new Set(project.wbsCodes.keys());
  const [first, ...others] = project.budgetLines;
  for (const line of others) people.setBudget(project.id, line.id, '0.00');
  const modifications = sum(project.budgetLines.map((line) => money(line.modifications)));
  const spent = budgetFigures(project, all)['Projected Costs'];
  people.setBudget(project.id, first!.id, formatMoney(money(left).plus(spent).minus(modifications)));
}

/** The same for one budget code, such as `01-540.E`; the others stay as they are. */
export function leaveOnCode(scene: Scene, key: keyof typeof PROJECTS, code: string, left: string): void {
  const project = projectIn(scene, key);
  const [costCode, costType] = code.split('.');
  const line = project.budgetLines.find(({ wbsCodeId }) => {
    const wbs = project.wbsCodes.get(wbsCodeId)!;
    return (
      project.costCodes.get(wbs.costCodeId)!.full_code === costCode &&
      scene.company.costTypes.get(wbs.costTypeId)!.code === costType
    );
  })!;
  const spent = budgetFigures(project, new Set([line.wbsCodeId]))['Projected Costs'];
  const original = money(left).plus(spent).minus(money(line.modifications));
  scene.demo.procore
    .people(CONTRACTOR.procoreCompanyId)
    .setBudget(project.id, line.id, formatMoney(original));
}
