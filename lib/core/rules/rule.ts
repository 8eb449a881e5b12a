import type { DocumentLine, TrackingChoice } from '../documents.ts';
import type { Project } from '../procore-records.ts';

/** What rules look at of a line. */
export type LineKeys = Pick<DocumentLine, 'account' | 'accountId' | 'item' | 'itemId' | 'tracking'>;

/** Where a rule sends a line: codes as people write them, resolved to Procore ids per project. */
export type RuleTarget = { costCode: string; costType: string } | { wbsCode: string } | { leaveOut: string };

/** One row of the lookup table. An absent key matches anything. */
export interface CostCodeRule {
  account?: string;
  /** An item code, or a prefix pattern such as `TIM-*`. */
  item?: string;
  tracking?: { category: string; option: string };
  /** Number, name or id of a Procore project. */
  project?: string;
  /**
   * The vendors' own ids of what the texts named when they were imported: where both sides have one it counts
   * instead of the text, so that a rule outlives a change of code or name.
   */
  ids?: { account?: string; item?: string; option?: string; project?: string };
  target: RuleTarget;
}

/** A rule as it is stored: what the planner reads, and what its author noted. */
export interface NotedRule extends CostCodeRule {
  note?: string;
}

/** Where lines go that a tracking option names: a row of the projects table. */
export interface ProjectRule {
  category: string;
  option: string;
  /** Number, name or id of a Procore project. */
  project: string;
  /** As of CostCodeRule. */
  ids?: { option?: string; project?: string };
}

export function matches(rule: CostCodeRule, line: LineKeys, project: Project | undefined): boolean {
  const { account, item, tracking, ids } = rule;
  return (
    (account === undefined || isMeant(ids?.account, line.accountId, account === line.account)) &&
    (item === undefined ||
      isMeant(ids?.item, line.itemId, line.item !== undefined && itemMatches(item, line.item))) &&
    (tracking === undefined || carries(line.tracking, tracking, ids?.option)) &&
    (rule.project === undefined || (project !== undefined && isOfProject(rule, project)))
  );
}

/** Whether one of the choices is the option that is wanted. */
export function carries(
  choices: TrackingChoice[],
  wanted: { category: string; option: string },
  wantedId?: string,
): boolean {
  return choices.some(({ category, option, optionId }) =>
    isMeant(wantedId, optionId, isSame(category, wanted.category) && isSame(option, wanted.option)),
  );
}

/** Whether a row is about the project; one without a project is about none. */
export function isOfProject(
  { project: text, ids }: Pick<CostCodeRule | ProjectRule, 'project' | 'ids'>,
  project: Project,
): boolean {
  return isMeant(ids?.project, project.id, text !== undefined && namesProject(text, project));
}

/** Whether text typed by a person (number, name or id) names the project. */
export function namesProject(text: string, project: Project): boolean {
  return (
    text === project.id ||
    (project.number !== undefined && isSame(text, project.number)) ||
    isSame(text, project.name)
  );
}

function isMeant(wantedId: string | undefined, id: string | undefined, byText: boolean): boolean {
  return wantedId !== undefined && id !== undefined ? wantedId === id : byText;
}

export function itemMatches(pattern: string, item: string): boolean {
  return isPrefix(pattern) ? item.startsWith(pattern.slice(0, -1)) : pattern === item;
}

/** Number of named keys first; among equals an exact item beats a prefix, a longer prefix a shorter one. */
export function specificity(rule: CostCodeRule): [keys: number, item: number] {
  const keys = [rule.account, rule.item, rule.tracking, rule.project].filter(
    (key) => key !== undefined,
  ).length;
  if (rule.item === undefined) return [keys, 0];
  return [keys, isPrefix(rule.item) ? rule.item.length : Number.MAX_SAFE_INTEGER];
}

export function compareSpecificity(a: CostCodeRule, b: CostCodeRule): number {
  const [[keysA, itemA], [keysB, itemB]] = [specificity(a), specificity(b)];
  return keysA - keysB || itemA - itemB;
}

export function sameTarget(a: { target: RuleTarget }, b: { target: RuleTarget }): boolean {
  return JSON.stringify(a.target) === JSON.stringify(b.target);
}

/** `5000 / TIM-* / Cost Area=Concrete / *` */
export function describeRule(rule: CostCodeRule): string {
  const tracking = rule.tracking && optionText(rule.tracking);
  return [rule.account, rule.item, tracking, rule.project].map((key) => key ?? '*').join(' / ');
}

/** `Cost Area=Concrete`, as people write an option and its category. */
export function optionText({ category, option }: { category: string; option: string }): string {
  return `${category}=${option}`;
}

export function isPrefix(item: string): boolean {
  return item.endsWith('*');
}

/** Names are compared without case, as both vendors do. */
export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
