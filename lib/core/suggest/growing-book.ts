import { NeedsPerson } from '../errors.ts';
import type { Project } from '../procore-records.ts';
import type { CostCodeRule, LineKeys, NotedRule, RuleTarget } from '../rules/rule.ts';
import { compileRules } from '../rules/rule-book.ts';
import { tiesWith } from '../rules/rule-ties.ts';
import { rowKey } from '../rules/table-diff.ts';

/** The rules in force and those that are suggested so far, as one table. */
export interface GrowingBook {
  /** Where the rules in force send the line, or those together with the suggested ones. */
  inForce(line: LineKeys, project: Project | undefined): RuleTarget | undefined;
  withSuggested(line: LineKeys, project: Project | undefined): RuleTarget | undefined;
  /** False, and nothing is added, where there is a rule of these keys or one that it would tie with. */
  suggest(rule: NotedRule): boolean;
  /** All rules, those in force first. */
  rules(): CostCodeRule[];
  suggested(): NotedRule[];
}

export function growingBook(rules: CostCodeRule[]): GrowingBook {
  const suggested: NotedRule[] = [];
  const all = [...rules];
  const keys = new Set(all.map(rowKey));
  const inForce = compileRules(rules);
  let together = inForce;
  return {
    inForce: (line, project) => answerOf(() => inForce.find(line, project)),
    withSuggested: (line, project) => answerOf(() => together.find(line, project)),
    suggest(rule) {
      if (keys.has(rowKey(rule)) || tiesWith(rule, all)) return false;
      keys.add(rowKey(rule));
      suggested.push(rule);
      all.push(rule);
      together = compileRules(all);
      return true;
    },
    rules: () => all,
    suggested: () => suggested,
  };
}

/** A tie in force is for a person, and no gap to be filled. */
const TIE: RuleTarget = { leaveOut: 'rules of equal rank' };

function answerOf(find: () => CostCodeRule | undefined): RuleTarget | undefined {
  try {
    return find()?.target;
  } catch (error) {
    if (error instanceof NeedsPerson) return TIE;
    throw error;
  }
}
