import type { LineKeys, NotedRule } from '../rules/rule.ts';
import type { CodeList } from './code-list.ts';
import { siblingType } from './cost-types.ts';
import { levelsOf, suggestFromPosted } from './from-posted.ts';
import type { GrowingBook } from './growing-book.ts';
import { growingBook } from './growing-book.ts';
import type { Guess } from './guesses.ts';
import { guesses } from './guesses.ts';
import type { OpenKeys } from './open-keys.ts';
import { openKeys } from './open-keys.ts';
import type { RuleWorld, Wanted } from './rule-world.ts';

/**
 * Suggests rules for lines that have none: by what was posted before, else by codes, else by names. With those in
 * force they make a table without ties, in which those in force go on deciding about what they decide about now.
 */
export function suggestRules(
  wanted: Wanted[],
  world: RuleWorld,
): { suggested: NotedRule[]; open: OpenKeys[] } {
  const book = growingBook(world.rules, [...wanted, ...world.posted]);
  const lacking = () => wanted.filter(({ line, project }) => !book.withSuggested(line, project));
  const accounts = new Set(lacking().flatMap(({ line }) => line.account ?? []));
  suggestFromPosted(world.posted, accounts, book, levelsOf(world.isProjectCategory, world.textOf));
  const near = new Map<LineKeys, string[]>();
  for (const guess of guesses(world)) {
    for (const { line, project } of lacking()) {
      // What was guessed for the lines before may hold for these, too.
      if (book.withSuggested(line, project)) continue;
      near.set(line, [...(near.get(line) ?? []), ...tryGuess(guess, line, world, book)]);
    }
  }
  return { suggested: book.suggested(), open: openKeys(lacking(), world, near) };
}

/** Suggests a rule where the guess finds one cost code with one cost type; else tells what it found. */
function tryGuess(
  { keys: keysOf, find, reason }: Guess,
  line: LineKeys,
  { posted, codes }: RuleWorld,
  book: GrowingBook,
): string[] {
  const near: string[] = [];
  for (const { keys, text } of keysOf(line)) {
    const found = find(text);
    const [only, ...others] = found.filter(({ sure }) => sure);
    if (only && others.length === 0) {
      const costType = siblingType(only.code, line.account, { rules: book.rules(), posted, codes });
      const target = costType !== undefined && { costCode: only.code, costType };
      if (target && book.suggest({ ...keys, target, note: reason(only) })) return [];
    }
    near.push(...found.map(({ code, name }) => `${code} ${name}, ${typesInWords(code, codes)}`));
  }
  return near;
}

function typesInWords(code: string, codes: CodeList): string {
  return [...codes.typesOf(code)].join(' or ') || 'cost type unknown';
}
