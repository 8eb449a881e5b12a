import { NeedsPerson } from '../errors.ts';
import type { Project } from '../procore-records.ts';
import type { CostCodeRule, LineKeys, NotedRule } from '../rules/rule.ts';
import { sameTarget } from '../rules/rule.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { compileRules } from '../rules/rule-book.ts';
import { tiesWith } from '../rules/rule-ties.ts';
import { rowKey } from '../rules/table-diff.ts';

type Decision = Pick<CostCodeRule, 'target'>;

/** The rules in force and those that are suggested so far, as one table. */
export interface GrowingBook {
  /** What decides about the line: the rules in force alone, or those together with the suggested ones. */
  inForce(line: LineKeys, project: Project | undefined): Decision | undefined;
  withSuggested(line: LineKeys, project: Project | undefined): Decision | undefined;
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
    const decision = decide(inForce, it);
    return decision ? [{ ...it, decision }] : [];
  });
  return {
    inForce: (line, project) => decide(inForce, { line, project }),
    withSuggested: (line, project) => decide(together, { line, project }),
    suggest(rule) {
      if (keys.has(rowKey(rule)) || tiesWith(rule, all)) return false;
      const next = compileRules([...all, rule]);
      // More rules never leave a line undecided.
      if (decided.some((it) => !sameTarget(decide(next, it)!, it.decision))) return false;
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
const TIE: Decision = { target: { leaveOut: 'rules of equal rank' } };

function decide(book: RuleBook, { line, project }: Placed): Decision | undefined {
  try {
    return book.find(line, project);
  } catch (error) {
    if (error instanceof NeedsPerson) return TIE;
    throw error;
  }
}
