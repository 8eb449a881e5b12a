import type { Project } from '../procore-records.ts';
import type { CostCodeRule, LineKeys, NotedRule } from '../rules/rule.ts';
import { carries, optionText } from '../rules/rule.ts';
import type { CodeList, FoundCode, ListedCode } from './code-list.ts';
import { siblingType } from './cost-types.ts';
import type { Posted } from './from-posted.ts';
import { levelsOf, suggestFromPosted, votesInWords } from './from-posted.ts';
import type { GrowingBook } from './growing-book.ts';
import { growingBook } from './growing-book.ts';

/** Lines that are alike to rules, and how many there are. */
export interface Wanted {
  line: LineKeys;
  project?: Project | undefined;
  lines: number;
}

export interface RuleWorld {
  /** In force. */
  rules: CostCodeRule[];
  posted: Posted[];
  codes: CodeList;
  /** What accounts and items are called, by code. */
  names: { account: Map<string, string>; item: Map<string, string> };
  isProjectCategory(category: string): boolean;
  /** What a project is called in a table. */
  textOf(project: Project): string;
}

/** Keys for which nothing could be suggested, and what came near. */
export interface OpenKeys {
  what: string;
  lines: number;
  candidates: string[];
}

/**
 * Suggests rules for lines that have none: by what was posted before, else by codes, else by names. With those in
 * force they make a table without ties.
 */
export function suggestRules(
  wanted: Wanted[],
  world: RuleWorld,
): { suggested: NotedRule[]; open: OpenKeys[] } {
  const book = growingBook(world.rules);
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
  return { suggested: book.suggested(), open: openOf(lacking(), world, near) };
}

/** A way to tell a cost code from what a line is coded with. */
interface Guess {
  /** The keys of a rule for the line, and the text to go by; none where the line has no such key. */
  keys(line: LineKeys): { keys: Omit<CostCodeRule, 'target'>; text: string }[];
  find(text: string): FoundCode[];
  reason(found: ListedCode): string;
}

/** In the order of trust. */
function guesses({ codes, names, isProjectCategory }: RuleWorld): Guess[] {
  const account = (named: (code: string) => string | undefined) => (line: LineKeys) => {
    const text = line.account === undefined ? undefined : named(line.account);
    return text ? [{ keys: { account: line.account! }, text }] : [];
  };
  const item = (named: (code: string) => string | undefined) => (line: LineKeys) => {
    const text = line.item === undefined ? undefined : named(line.item);
    return text ? [{ keys: { ...ofAccount(line), item: line.item! }, text }] : [];
  };
  const options = (line: LineKeys) =>
    line.tracking
      .filter(({ category }) => !isProjectCategory(category))
      .map(({ category, option }) => ({
        keys: { ...ofAccount(line), tracking: { category, option } },
        text: option,
      }));
  const byCode = (whose: string) => ({
    find: codes.byCode,
    reason: ({ code }: ListedCode) => `code ${code} is the ${whose}'s`,
  });
  const byName = {
    find: codes.byName,
    reason: ({ code, name }: ListedCode) => `named like ${code} ${name}`,
  };
  return [
    { keys: account((code) => code), ...byCode('account') },
    { keys: item((code) => code), ...byCode('item') },
    { keys: account((code) => names.account.get(code)), ...byName },
    { keys: item((code) => names.item.get(code)), ...byName },
    { keys: options, ...byName },
  ];
}

function ofAccount({ account }: LineKeys): Pick<CostCodeRule, 'account'> {
  return account === undefined ? {} : { account };
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

/** More candidates nobody compares. */
const LISTED = 5;

function openOf(
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
