import type { DocumentLine, TrackingChoice } from './documents.ts';
import { NeedsPerson } from './errors.ts';
import type { Project } from './procore-records.ts';

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
  target: RuleTarget;
}

/** A compiled table. Looking up is a walk over the rules of one account, most specific first. */
export interface RuleBook {
  /**
   * The most specific rule for the line, if any; without a project, among the rules that ask for none.
   * Throws NeedsPerson('rules-tie').
   */
  find(line: DocumentLine, project: Project | undefined): CostCodeRule | undefined;
}

export function compileRules(rules: CostCodeRule[]): RuleBook {
  const ranked = rules.toSorted((a, b) => compareSpecificity(b, a));
  const byAccount = Map.groupBy(
    ranked.filter((rule) => rule.account !== undefined),
    (rule) => rule.account,
  );
  const anyAccount = ranked.filter((rule) => rule.account === undefined);
  return {
    find(line, project) {
      const named = line.account === undefined ? [] : (byAccount.get(line.account) ?? []);
      const found = [topmost(named, line, project), topmost(anyAccount, line, project)]
        .flat()
        .toSorted((a, b) => compareSpecificity(b, a));
      const [first] = found;
      const rival =
        first && found.find((rule) => compareSpecificity(rule, first) === 0 && !sameTarget(rule, first));
      if (rival) {
        throw new NeedsPerson('rules-tie', { facts: { rules: [describeRule(first), describeRule(rival)] } });
      }
      return first;
    },
  };
}

/**
 * The pairs that could both match one line with equal specificity and different targets, so that nobody could
 * say which wins. A pair is fine where a more specific rule covers everything both of them match.
 */
export function findTies(rules: CostCodeRule[]): { first: number; second: number }[] {
  const ties: { first: number; second: number }[] = [];
  const byShape = Map.groupBy(rules.keys(), (index) => specificity(rules[index]!).join());
  for (const indexes of byShape.values()) {
    for (const [position, first] of indexes.entries()) {
      for (const second of indexes.slice(position + 1)) {
        const [a, b] = [rules[first]!, rules[second]!];
        if (overlap(a, b) && !sameTarget(a, b) && !covered(a, b, rules)) ties.push({ first, second });
      }
    }
  }
  return ties;
}

export function describeRule(rule: CostCodeRule): string {
  const tracking = rule.tracking && `${rule.tracking.category}=${rule.tracking.option}`;
  return [rule.account, rule.item, tracking, rule.project].map((key) => key ?? '*').join(' / ');
}

/** Of rules sorted by rank those of the highest rank that matches at all. */
function topmost(rules: CostCodeRule[], line: DocumentLine, project: Project | undefined): CostCodeRule[] {
  const found: CostCodeRule[] = [];
  for (const rule of rules) {
    if (found[0] && compareSpecificity(rule, found[0]) < 0) break;
    if (matches(rule, line, project)) found.push(rule);
  }
  return found;
}

function matches(rule: CostCodeRule, line: DocumentLine, project: Project | undefined): boolean {
  return (
    (rule.account === undefined || rule.account === line.account) &&
    (rule.item === undefined || (line.item !== undefined && itemMatches(rule.item, line.item))) &&
    (rule.tracking === undefined || carries(line.tracking, rule.tracking)) &&
    (rule.project === undefined || (project !== undefined && namesProject(rule.project, project)))
  );
}

export function carries(choices: TrackingChoice[], wanted: { category: string; option: string }): boolean {
  return choices.some(
    ({ category, option }) => same(category, wanted.category) && same(option, wanted.option),
  );
}

/** Whether text typed by a person (number, name or id) names the project. */
export function namesProject(text: string, project: Project): boolean {
  return (
    text === project.id ||
    (project.number !== undefined && same(text, project.number)) ||
    same(text, project.name)
  );
}

function itemMatches(pattern: string, item: string): boolean {
  return isPrefix(pattern) ? item.startsWith(pattern.slice(0, -1)) : pattern === item;
}

/** Number of named keys first; among equals an exact item beats a prefix, a longer prefix a shorter one. */
function specificity(rule: CostCodeRule): [keys: number, item: number] {
  const keys = [rule.account, rule.item, rule.tracking, rule.project].filter(
    (key) => key !== undefined,
  ).length;
  if (rule.item === undefined) return [keys, 0];
  return [keys, isPrefix(rule.item) ? rule.item.length : Number.MAX_SAFE_INTEGER];
}

function compareSpecificity(a: CostCodeRule, b: CostCodeRule): number {
  const [[keysA, itemA], [keysB, itemB]] = [specificity(a), specificity(b)];
  return keysA - keysB || itemA - itemB;
}

function overlap(a: CostCodeRule, b: CostCodeRule): boolean {
  return (
    unlessBoth(a.account, b.account, (x, y) => x === y) &&
    unlessBoth(a.item, b.item, itemsOverlap) &&
    // A line carries one option of each category, so only two options of one category exclude each other.
    unlessBoth(a.tracking, b.tracking, (x, y) => !same(x.category, y.category) || same(x.option, y.option)) &&
    unlessBoth(a.project, b.project, same)
  );
}

function covered(a: CostCodeRule, b: CostCodeRule, rules: CostCodeRule[]): boolean {
  return rules.some(
    (rule) =>
      compareSpecificity(rule, a) > 0 &&
      (rule.account === undefined || rule.account === (a.account ?? b.account)) &&
      (rule.item === undefined || [a.item, b.item].some((item) => item && itemMatches(rule.item!, item))) &&
      (rule.tracking === undefined ||
        [a.tracking, b.tracking].some((choice) => choice && carries([choice], rule.tracking!))) &&
      (rule.project === undefined ||
        [a.project, b.project].some((text) => text && same(text, rule.project!))),
  );
}

function itemsOverlap(a: string, b: string): boolean {
  if (!isPrefix(a)) return itemMatches(b, a);
  if (!isPrefix(b)) return itemMatches(a, b);
  return a.slice(0, -1).startsWith(b.slice(0, -1)) || b.slice(0, -1).startsWith(a.slice(0, -1));
}

function sameTarget(a: CostCodeRule, b: CostCodeRule): boolean {
  return JSON.stringify(a.target) === JSON.stringify(b.target);
}

function unlessBoth<T>(a: T | undefined, b: T | undefined, test: (a: T, b: T) => boolean): boolean {
  return a === undefined || b === undefined || test(a, b);
}

function isPrefix(item: string): boolean {
  return item.endsWith('*');
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
