import type { LineKeys } from '../rules/rule.ts';
import { carries, optionText } from '../rules/rule.ts';
import { votesInWords } from './from-posted.ts';
import type { RuleWorld, Wanted } from './rule-world.ts';

/** Keys for which nothing could be suggested, and what came near. */
export interface OpenKeys {
  what: string;
  lines: number;
  candidates: string[];
}

/** More candidates nobody compares. */
const LISTED = 5;

/** The lines that still lack a rule, by what one would name, the most first. `near` is what guesses found for each. */
export function openKeys(
  lacking: Wanted[],
  { posted, names, isProjectCategory }: RuleWorld,
  near: Map<LineKeys, string[]>,
): OpenKeys[] {
  const options = ({ tracking }: LineKeys) => tracking.filter(({ category }) => !isProjectCategory(category));
  const groups = Map.groupBy(lacking, ({ line }) => whatOf(line, options(line)));
  return [...groups]
    .map(([what, alike]) => {
      const { line } = alike[0]!;
      const { account, item } = line;
      const votes = posted.filter(
        (it) =>
          it.line.account === account &&
          it.line.item === item &&
          options(line).every((option) => carries(it.line.tracking, option)),
      );
      const name = item === undefined ? names.account.get(account ?? '') : names.item.get(item);
      const guessed = alike.flatMap((it) => near.get(it.line) ?? []);
      return {
        what: [what, name].filter(Boolean).join(', '),
        lines: alike.reduce((sum, { lines }) => sum + lines, 0),
        candidates: [...votesInWords(votes), ...new Set(guessed)].slice(0, LISTED),
      };
    })
    .sort((a, b) => b.lines - a.lines);
}

function whatOf({ account, item }: LineKeys, options: LineKeys['tracking']): string {
  const parts = [
    ...(account === undefined ? [] : [`account ${account}`]),
    ...(item === undefined ? options.map(optionText) : [`item ${item}`]),
  ];
  return parts.join(' with ');
}
