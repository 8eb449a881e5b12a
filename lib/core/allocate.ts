import type { DocumentLine, PurchaseOrder } from './documents.ts';
import { isRemark } from './eligibility.ts';
import { NeedsPerson } from './errors.ts';
import { formatMoney } from './money.ts';
import type { Project } from './procore-records.ts';
import type { CostCodeRule, ProjectRule } from './rules/rule.ts';
import { carries, isOfProject } from './rules/rule.ts';
import type { RuleBook } from './rules/rule-book.ts';

export interface AllocationTables {
  rules: RuleBook;
  projectRules: ProjectRule[];
  /** The projects that Procore shows to this connection. */
  projects: Project[];
  /** Where lines go that name no project at all. */
  defaultProject?: string | undefined;
}

/** The lines of an order that belong to one project, each with its rule. */
export interface ProjectShare {
  project: Project;
  lines: { line: DocumentLine; target: Exclude<CostCodeRule['target'], { leaveOut: string }> }[];
}

/**
 * Shares an order's lines out to projects and cost codes. Lines that a rule leaves out on purpose are in no share,
 * so no share at all means that the whole order is left out. Throws NeedsPerson with the line it is about.
 */
export function allocate({ lines }: Pick<PurchaseOrder, 'lines'>, tables: AllocationTables): ProjectShare[] {
  const shares = new Map<string, ProjectShare>();
  for (const line of lines) {
    if (isRemark(line)) continue;
    const place = placeLine(line, tables);
    if (place === 'left-out') continue;
    const { project, target } = place;
    const share = shares.get(project.id) ?? { project, lines: [] };
    share.lines.push({ line, target });
    shares.set(project.id, share);
  }
  return [...shares.values()];
}

type Target = ProjectShare['lines'][number]['target'];

/** Where one line goes, if it is not left out on purpose. Throws NeedsPerson. */
export function placeLine(
  line: DocumentLine,
  tables: AllocationTables,
): { project: Project; target: Target } | 'left-out' {
  if (line.account === undefined) throw new NeedsPerson('line-without-account', { facts: aboutLine(line) });
  const project = projectOf(line, tables);
  if (!project) {
    // What is left out wherever it belongs, such as office supplies, need not name a project.
    if (isLeftOut(tables.rules.find(line, undefined))) return 'left-out';
    throw new NeedsPerson('project-unmapped', { facts: aboutLine(line) });
  }
  const rule = tables.rules.find(line, project);
  if (!rule) {
    throw new NeedsPerson('account-unmapped', { facts: { ...aboutLine(line), project: project.name } });
  }
  return 'leaveOut' in rule.target ? 'left-out' : { project, target: rule.target };
}

/** Undefined where the line names no project that the tables know. */
function projectOf(line: DocumentLine, tables: AllocationTables): Project | undefined {
  const rows = tables.projectRules.filter((row) => carries(line.tracking, row, row.ids?.option));
  const projects = new Map(rows.map((row) => visibleProject(row, tables)).map((found) => [found.id, found]));
  if (projects.size > 1) {
    throw new NeedsPerson('project-ambiguous', {
      facts: { ...aboutLine(line), projects: [...projects.values()].map((project) => project.name) },
    });
  }
  const [project] = projects.values();
  if (project) return project;
  // An option of a project category that has no project yet must never fall through to the default.
  if (tables.defaultProject === undefined || namesAnyProject(line, tables)) return undefined;
  return visibleProject({ project: tables.defaultProject }, tables);
}

function isLeftOut(rule: CostCodeRule | undefined): boolean {
  return rule !== undefined && 'leaveOut' in rule.target;
}

/** Whether the line carries an option of a category whose options are projects. */
export function namesAnyProject(
  line: Pick<DocumentLine, 'tracking'>,
  { projectRules }: Pick<AllocationTables, 'projectRules'>,
): boolean {
  const categories = new Set(projectRules.map((rule) => rule.category.toLowerCase()));
  return line.tracking.some((choice) => categories.has(choice.category.toLowerCase()));
}

function visibleProject(row: Pick<ProjectRule, 'project' | 'ids'>, { projects }: AllocationTables): Project {
  const { project: text } = row;
  const named = projects.filter((candidate) => isOfProject(row, candidate));
  // An id is meant as an id, even where another project happens to be called like it.
  const project = named.find(({ id }) => id === text) ?? named[0];
  if (!project) throw new NeedsPerson('project-not-visible', { facts: { project: text } });
  if (project.id !== text && named.length > 1) {
    const fits = named.map(({ name, id }) => `${name} (${id})`);
    throw new NeedsPerson('project-not-unique', { facts: { project: text, fits } });
  }
  return project;
}

/** What people need to find the line again, and to write a rule for it. */
export function aboutLine(line: DocumentLine): Record<string, string> {
  return {
    line: line.description || line.id,
    amount: formatMoney(line.net),
    ...(line.account !== undefined && { account: line.account }),
    ...(line.item !== undefined && { item: line.item }),
    ...(line.tracking.length > 0 && {
      tracking: line.tracking.map(({ category, option }) => `${category}=${option}`).join(' + '),
    }),
  };
}
