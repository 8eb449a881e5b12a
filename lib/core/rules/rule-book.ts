import { NeedsPerson } from '../errors.ts';
import type { Project } from '../procore-records.ts';
import type { CostCodeRule, LineKeys } from './rule.ts';
import { compareSpecificity, describeRule, isPrefix, matches, optionText, sameTarget } from './rule.ts';

/** A compiled table: what a line costs to look up does not grow with the number of rules that name other things. */
export interface RuleBook {
  /**
   * The most specific rule for the line, if any; without a project, among the rules that ask for none.
   * Throws NeedsPerson('rules-tie').
   */
  find(line: LineKeys, project: Project | undefined): CostCodeRule | undefined;
}

export function compileRules(rules: CostCodeRule[]): RuleBook {
  const ranked = rules.toSorted((a, b) => compareSpecificity(b, a));
  const shelvesOf = rarestFirst(ranked);
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
  function topmost(name: string, line: LineKeys, project: Project | undefined): number[] {
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

/** Under which names a rule waits: by text and by id of that of its keys which the fewest rules share. */
function rarestFirst(rules: CostCodeRule[]): (rule: CostCodeRule) => string[] {
  const sharing = new Map<string, number>();
  for (const [text] of rules.flatMap(namesOf)) sharing.set(text!, (sharing.get(text!) ?? 0) + 1);
  return (rule) => {
    const [first, ...others] = namesOf(rule);
    if (!first) return ['any'];
    return others.reduce(
      (rarest, names) => (sharing.get(names[0]!)! < sharing.get(rarest[0]!)! ? names : rarest),
      first,
    );
  };
}

/** Each key of a rule by its text and, where it is known, by its id. */
function namesOf({ account, item, tracking, project, ids }: CostCodeRule): string[][] {
  return [
    ...(item === undefined
      ? []
      : [isPrefix(item) ? shelf('items', item.slice(0, -1)) : shelf('item', item, ids?.item)]),
    ...(tracking ? [shelf('option', optionText(tracking), ids?.option)] : []),
    ...(project === undefined ? [] : [shelf('project', project, ids?.project)]),
    ...(account === undefined ? [] : [shelf('account', account, ids?.account)]),
  ];
}

function shelvesFor(line: LineKeys, project: Project | undefined): string[] {
  return [
    ...shelf('item', line.item, line.itemId),
    ...shelf('items', ...(line.item === undefined ? [] : beginnings(line.item))),
    ...line.tracking.flatMap((choice) => shelf('option', optionText(choice), choice.optionId)),
    ...(project ? shelf('project', project.id, project.number, project.name) : []),
    ...shelf('account', line.account, line.accountId),
    'any',
  ];
}

/** Every prefix that a pattern could name; Xero's item codes have 30 characters at most. */
function beginnings(item: string): string[] {
  return Array.from({ length: item.length + 1 }, (_, end) => item.slice(0, end));
}

function shelf(key: string, ...names: (string | undefined)[]): string[] {
  return names.flatMap((name) => (name === undefined ? [] : [`${key} ${name.toLowerCase()}`]));
}
