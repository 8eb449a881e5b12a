import { NeedsPerson } from '../errors.ts';
import type { Project } from '../procore-records.ts';
import type { CostCodeRule, LineKeys, NotedRule, RuleTarget } from '../rules/rule.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { compileRules } from '../rules/rule-book.ts';
import { tiesWith } from '../rules/rule-ties.ts';
import { rowKey } from '../rules/table-diff.ts';

/** The rules in force and those that are suggested so far, as one table. */
export interface GrowingBook {
  /** Where the rules in force send the line, or those together with the suggested ones. */
  inForce(line: LineKeys, project: Project | undefined): RuleTarget | undefined;
  withSuggested(line: LineKeys, project: Project | undefined): RuleTarget | undefined;
  /**
   * False, and nothing is added, where there is a rule of these keys, one that it would tie with, or one in force
   * that would no longer decide about a line that it decides about now.
   */
  suggest(rule: NotedRule): boolean;
  /** All rules, those in force first. */
  rules(): CostCodeRule[];
  suggested(): NotedRule[];
}

/** A line with the project that it goes to, where that is known. */
export interface Placed {
  line: LineKeys;
  project?: Project | undefined;
}

export function growingBook(rules: CostCodeRule[], lines: Placed[] = []): GrowingBook {
  const suggested: NotedRule[] = [];
  const all = [...rules];
  const keys = new Set(all.map(rowKey));
  const inForce = compileRules(rules);
  let together = inForce;
  const decided = lines.flatMap((it) => {
    const answer = answerOf(inForce, it);
    return answer ? [{ ...it, answer }] : [];
  });
  return {
    inForce: (line, project) => answerOf(inForce, { line, project }),
    withSuggested: (line, project) => answerOf(together, { line, project }),
    suggest(rule) {
      if (keys.has(rowKey(rule)) || tiesWith(rule, all)) return false;
      const next = compileRules([...all, rule]);
      if (decided.some((it) => !isSame(answerOf(next, it), it.answer))) return false;
      keys.add(rowKey(rule));
      suggested.push(rule);
      all.push(rule);
      together = next;
      return true;
    },
    rules: () => all,
    suggested: () => suggested,
  };
}

/** A tie in force is for a person, and no gap to be filled. */
const TIE: RuleTarget = { leaveOut: 'rules of equal rank' };

function answerOf(book: RuleBook, { line, project }: Placed): RuleTarget | undefined {
  try {
    return book.find(line, project)?.target;
  } catch (error) {
    if (error instanceof NeedsPerson) return TIE;
    throw error;
  }
}

function isSame(a: RuleTarget | undefined, b: RuleTarget): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
