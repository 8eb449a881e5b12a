import type { Company, Project } from './records.ts';
import type { World } from './world.ts';

/** Keeps how the company's projects are before something changes, where budget views are late. */
export function rememberProjects(world: World, company: Company): void {
  const { budgetViewLagSeconds } = world.rules;
  if (budgetViewLagSeconds === 0) return;
  const now = world.clock.now().getTime();
  const projects = new Map([...company.projects].map(([id, project]) => [id, structuredClone(project)]));
  const kept = world.past.filter(({ until }) => until > now - budgetViewLagSeconds * 1000);
  world.past.splice(0, world.past.length, { until: now, projects }, ...kept);
}

/** The project as budget views show it by now. */
export function asBudgetsShow(world: World, project: Project): Project {
  const shown = world.clock.now().getTime() - world.rules.budgetViewLagSeconds * 1000;
  const late = world.past.findLast(({ until }) => until > shown);
  return late?.projects.get(project.id) ?? project;
}
