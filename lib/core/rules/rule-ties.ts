import type { CostCodeRule } from './rule.ts';
import {
  carries,
  compareSpecificity,
  isPrefix,
  isSame,
  itemMatches,
  sameTarget,
  specificity,
} from './rule.ts';

/**
 * The pairs that could both match one line with equal specificity and different targets, so that nobody could
 * say which wins; no more than `most`. A pair is fine where a more specific rule covers everything both of them match.
 */
export function findTies(
  rules: CostCodeRule[],
  most = Number.POSITIVE_INFINITY,
): { first: number; second: number }[] {
  const ties: { first: number; second: number }[] = [];
  const byShape = Map.groupBy(rules.keys(), (index) => specificity(rules[index]!).join());
  for (const indexes of byShape.values()) {
    for (const [position, first] of indexes.entries()) {
      for (const second of indexes.slice(position + 1)) {
        if (!tie(rules[first]!, rules[second]!, rules)) continue;
        ties.push({ first, second });
        if (ties.length >= most) return ties;
      }
    }
  }
  return ties;
}

/** A rule of the table with which one more rule would tie. */
export function tiesWith(rule: CostCodeRule, rules: CostCodeRule[]): CostCodeRule | undefined {
  return rules.find((other) => compareSpecificity(other, rule) === 0 && tie(other, rule, rules));
}

function tie(a: CostCodeRule, b: CostCodeRule, rules: CostCodeRule[]): boolean {
  return overlap(a, b) && !sameTarget(a, b) && !covered(a, b, rules);
}

function overlap(a: CostCodeRule, b: CostCodeRule): boolean {
  return (
    unlessBoth(a.account, b.account, (x, y) => x === y) &&
    unlessBoth(a.item, b.item, itemsOverlap) &&
    // A line carries one option of each category, so only two options of one category exclude each other.
    unlessBoth(
      a.tracking,
      b.tracking,
      (x, y) => !isSame(x.category, y.category) || isSame(x.option, y.option),
    ) &&
    unlessBoth(a.project, b.project, isSame)
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
        [a.project, b.project].some((text) => text && isSame(text, rule.project!))),
  );
}

function itemsOverlap(a: string, b: string): boolean {
  if (!isPrefix(a)) return itemMatches(b, a);
  if (!isPrefix(b)) return itemMatches(a, b);
  return a.slice(0, -1).startsWith(b.slice(0, -1)) || b.slice(0, -1).startsWith(a.slice(0, -1));
}

function unlessBoth<T>(a: T | undefined, b: T | undefined, test: (a: T, b: T) => boolean): boolean {
  return a === undefined || b === undefined || test(a, b);
}
