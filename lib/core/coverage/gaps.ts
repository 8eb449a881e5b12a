import type { Code } from '../codes.ts';
import { CODES } from '../codes.ts';
import type { DocumentLine } from '../documents.ts';
import type { NeedsPerson } from '../errors.ts';
import { optionText } from '../rules/rule.ts';
import type { SeenLine, Sum } from './sums.ts';
import { sumOf } from './sums.ts';

/** What keeps lines from being booked, with all the lines that one and the same row would help. */
export interface Gap extends Sum {
  kind: 'account' | 'item' | 'option' | 'project' | 'rule' | 'line';
  /** `account 5900`, `Project=Harbor Point Garage` */
  what: string;
  /** In short: `no rule`, `no project`. */
  lacks: string;
  code: Code;
}

/** A line and why the tables do not book it. */
export type Refused = SeenLine & { error: NeedsPerson };

/**
 * Groups lines by what lacks. An account of which no line has a rule lacks one as a whole; where others of its lines
 * have one, it is the item or the option that does. `mapped` are the lines that the tables do book.
 */
export function gapsOf(
  refused: Refused[],
  mapped: SeenLine[],
  isProjectCategory: (category: string) => boolean,
): Gap[] {
  const partly = new Set(mapped.map(({ line }) => line.account));
  const name = (it: Refused): Omit<Gap, keyof Sum> => ({
    ...nameOf(it, partly, isProjectCategory),
    code: it.error.code,
  });
  const groups = Map.groupBy(refused, (it) => {
    const { what, lacks } = name(it);
    return `${what} ${lacks}`;
  });
  return [...groups.values()].map((lines) => ({ ...name(lines[0]!), ...sumOf(lines) }));
}

type Name = Pick<Gap, 'kind' | 'what' | 'lacks'>;

function nameOf(
  { line, error: { code, facts } }: Refused,
  partly: Set<string | undefined>,
  isProjectCategory: (category: string) => boolean,
): Name {
  const ofProjects = line.tracking.filter(({ category }) => isProjectCategory(category));
  const options = (ofProjects.length > 0 ? ofProjects : line.tracking).map(optionText).join(' + ');
  switch (code) {
    case 'account-unmapped':
      return { ...unmapped(line, partly.has(line.account), isProjectCategory), lacks: 'no rule' };
    case 'project-unmapped':
      return { kind: 'option', what: options || 'lines without tracking', lacks: 'no project' };
    case 'project-ambiguous':
      return { kind: 'option', what: options, lacks: 'two projects' };
    case 'line-without-account':
      return { kind: 'line', what: 'lines without an account', lacks: 'no account' };
    case 'rules-tie':
      return { kind: 'rule', what: [facts.rules ?? []].flat().join(' and '), lacks: 'equal rank' };
    case 'project-not-visible':
      return { kind: 'project', what: `project ${facts.project}`, lacks: 'not shown by Procore' };
    default:
      return { kind: 'project', what: `project ${facts.project}`, lacks: CODES[code].says };
  }
}

function unmapped(
  { account, item, tracking }: DocumentLine,
  partly: boolean,
  isProjectCategory: (category: string) => boolean,
): Omit<Name, 'lacks'> {
  const what = `account ${account}`;
  if (!partly) return { kind: 'account', what };
  if (item !== undefined) return { kind: 'item', what: `${what} with item ${item}` };
  const options = tracking.filter(({ category }) => !isProjectCategory(category)).map(optionText);
  if (options.length > 0) return { kind: 'option', what: `${what} with ${options.join(' + ')}` };
  return { kind: 'account', what: `${what} without an item` };
}
