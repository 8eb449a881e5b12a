import type { Project } from '../procore-records.ts';
import type { CostCodeRule, LineKeys, RuleTarget } from '../rules/rule.ts';
import { sameTarget } from '../rules/rule.ts';
import { describeTarget } from '../rules/table-diff.ts';
import type { GrowingBook } from './growing-book.ts';

/** A line that was posted in Procore, by whomever, and what it was booked on there. */
export interface Posted {
  line: LineKeys;
  project: Project;
  target: RuleTarget;
}

/** Fewer may be chance; four of five leave room for a slip of the pen. */
const VOTES = 3;
const AGREEMENT = 0.8;

type Keys = Omit<CostCodeRule, 'target' | 'ids'>;

/**
 * Suggests rules from what was posted before: for each account by the most general keys on which its lines agree, and
 * by more special ones where some of them agree on something else. Rules in force are left alone.
 */
export function suggestFromPosted(
  posted: Posted[],
  accounts: Set<string>,
  book: GrowingBook,
  levels: ReturnType<typeof levelsOf>,
): void {
  for (const [account, ofAccount] of Map.groupBy(posted, ({ line }) => line.account)) {
    if (account === undefined || !accounts.has(account)) continue;
    for (const level of levels) {
      for (const { keys, votes } of groupsBy(ofAccount, (it) =>
        level(it).map((more) => ({ account, ...more })),
      )) {
        suggestFor(keys, votes, book);
      }
    }
  }
}

/** What most of the lines of an account were booked on, in words: `03-300 M (5 of 9 lines posted before)`. */
export function votesInWords(posted: Posted[]): string[] {
  const ranked = rankTargets(posted).slice(0, 3);
  return ranked.map(
    ({ target, count }) => `${describeTarget(target)} (${count} of ${linesPosted(posted.length)})`,
  );
}

/** What the lines of one account may have in common, from the general to the special. */
export function levelsOf(
  isProjectCategory: (category: string) => boolean,
  textOf: (project: Project) => string,
) {
  const items = ({ line: { item } }: Posted): Keys[] => {
    const prefix = item === undefined ? undefined : categoryOf(item);
    return prefix === undefined ? [] : [{ item: prefix }];
  };
  const item = ({ line }: Posted): Keys[] => (line.item === undefined ? [] : [{ item: line.item }]);
  const options = ({ line }: Posted): Keys[] =>
    line.tracking
      .filter(({ category }) => !isProjectCategory(category))
      .map(({ category, option }) => ({ tracking: { category, option } }));
  const project = (it: Posted): Keys[] => [{ project: textOf(it.project) }];
  const inProject = (level: (it: Posted) => Keys[]) => (it: Posted) =>
    level(it).map((keys) => ({ ...keys, project: textOf(it.project) }));
  return [() => [{}], items, options, inProject(items), item, inProject(options), inProject(item), project];
}

/** The part of an item's code by which it is sorted: `TIM-*` of `TIM-2x4`. */
function categoryOf(item: string): string | undefined {
  const [begun] = /^.+?[-._/ ](?=.)/.exec(item) ?? [];
  return begun === undefined ? undefined : `${begun}*`;
}

function groupsBy(posted: Posted[], keysOf: (it: Posted) => Keys[]): { keys: Keys; votes: Posted[] }[] {
  const groups = new Map<string, { keys: Keys; votes: Posted[] }>();
  for (const it of posted) {
    for (const keys of keysOf(it)) {
      const name = JSON.stringify(keys);
      const group = groups.get(name) ?? { keys, votes: [] };
      group.votes.push(it);
      groups.set(name, group);
    }
  }
  return [...groups.values()].sort((a, b) => b.votes.length - a.votes.length);
}

function suggestFor(keys: Keys, votes: Posted[], book: GrowingBook): void {
  const [most] = rankTargets(votes);
  if (votes.length < VOTES || !most || most.count < votes.length * AGREEMENT) return;
  if (votes.every(({ line, project }) => book.inForce(line, project) !== undefined)) return;
  const already = votes.filter(({ line, project }) => {
    const decision = book.withSuggested(line, project);
    return decision && sameTarget(decision, most);
  });
  if (already.length * 2 >= votes.length) return;
  book.suggest({ ...keys, target: most.target, note: `${most.count} of ${linesPosted(votes.length)}` });
}

function rankTargets(posted: Posted[]): { target: RuleTarget; count: number }[] {
  const groups = Map.groupBy(posted, ({ target }) => JSON.stringify(target));
  return [...groups.values()]
    .map((same) => ({ target: same[0]!.target, count: same.length }))
    .sort((a, b) => b.count - a.count || (describeTarget(a.target) < describeTarget(b.target) ? -1 : 1));
}

function linesPosted(count: number): string {
  return `${count} ${count === 1 ? 'line' : 'lines'} posted before`;
}
