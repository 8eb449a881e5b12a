import type { DocumentLine } from '../documents.ts';
import { NeedsPerson } from '../errors.ts';
import type { Project } from '../procore-records.ts';
import type { CostCodeRule } from './rule.ts';
import { compareSpecificity, describeRule, isPrefix, matches, sameTarget } from './rule.ts';

/** A compiled table: what a line costs to look up does not grow with the number of rules that name other things. */
export interface RuleBook {
  /**
   * The most specific rule for the line, if any; without a project, among the rules that ask for none.
   * Throws NeedsPerson('rules-tie').
   */
  find(line: DocumentLine, project: Project | undefined): CostCodeRule | undefined;
}

export function compileRules(rules: CostCodeRule[]): RuleBook {
  const ranked = rules.toSorted((a, b) => compareSpecificity(b, a));
  /** Places in `ranked`, so that those on one shelf are in the order of their rank. */
  const shelves = new Map<string, number[]>();
  for (const [rank, rule] of ranked.entries()) {
    for (const name of new Set(shelvesOf(rule))) {
      const shelf = shelves.get(name);
      if (shelf) shelf.push(rank);
      else shelves.set(name, [rank]);
    }
  }

  /** Of the rules on a shelf those of the highest rank that matches at all. */
  function topmost(name: string, line: DocumentLine, project: Project | undefined): number[] {
    const found: number[] = [];
    for (const rank of shelves.get(name) ?? []) {
      const rule = ranked[rank]!;
      if (found.length > 0 && compareSpecificity(rule, ranked[found[0]!]!) < 0) break;
      if (matches(rule, line, project)) found.push(rank);
    }
    return found;
  }

  return {
    find(line, project) {
      const found = shelvesFor(line, project).flatMap((name) => topmost(name, line, project));
      const [first, ...others] = found.sort((a, b) => a - b).map((rank) => ranked[rank]!);
      if (!first) return undefined;
      const rival = others.find((rule) => compareSpecificity(rule, first) === 0 && !sameTarget(rule, first));
      if (rival) {
        throw new NeedsPerson('rules-tie', { facts: { rules: [describeRule(first), describeRule(rival)] } });
      }
      return first;
    },
  };
}

/** A rule waits under that of its keys which fewest lines carry, by its text and by its id. */
function shelvesOf({ account, item, tracking, project, ids }: CostCodeRule): string[] {
  if (item !== undefined && !isPrefix(item)) return shelf('item', item, ids?.item);
  if (tracking) return shelf('option', optionText(tracking), ids?.option);
  if (project !== undefined) return shelf('project', project, ids?.project);
  return account === undefined ? ['any'] : shelf('account', account, ids?.account);
}

function shelvesFor(line: DocumentLine, project: Project | undefined): string[] {
  return [
    ...shelf('item', line.item, line.itemId),
    ...line.tracking.flatMap((choice) => shelf('option', optionText(choice), choice.optionId)),
    ...(project ? shelf('project', project.id, project.number, project.name) : []),
    ...shelf('account', line.account, line.accountId),
    'any',
  ];
}

function shelf(key: string, ...names: (string | undefined)[]): string[] {
  return names.flatMap((name) => (name === undefined ? [] : [`${key} ${name.toLowerCase()}`]));
}

function optionText({ category, option }: { category: string; option: string }): string {
  return `${category}=${option}`;
}
