import type { AllocationTables } from '../allocate.ts';
import { allocate } from '../allocate.ts';
import { isRemark } from '../eligibility.ts';
import { NeedsPerson } from '../errors.ts';
import type { CostCodeRule, ProjectRule } from '../rules/rule.ts';
import { carries } from '../rules/rule.ts';
import type { Gap } from './gaps.ts';
import { gapsOf } from './gaps.ts';
import type { SeenDocument, SeenLine, Sum } from './sums.ts';
import { byWeight, sumOf } from './sums.ts';

/** A contact with the lines that Procore would get under its name. */
export type SeenContact = Sum & { id: string; name: string };

export interface Coverage {
  all: Sum;
  /** The lines that have a project and a cost code, or are left out on purpose. */
  mapped: Sum;
  /** As the next one, those first that most money hangs on. */
  gaps: Gap[];
  contacts: SeenContact[];
  /** The rows that decided about a line. */
  used: Set<CostCodeRule | ProjectRule>;
}

/** What the tables make of the lines of documents, remarks aside; amounts weigh in the books' currency. */
export function coverageOf(documents: SeenDocument[], tables: AllocationTables, currency: string): Coverage {
  const used = new Set<CostCodeRule | ProjectRule>();
  const judging = { ...tables, rules: overheard(tables.rules, (rule) => used.add(rule)) };
  const seen = documents.flatMap((document) =>
    document.lines.filter((line) => !isRemark(line)).map((line) => ({ document, line })),
  );
  const judged = seen.map((it) => ({ ...it, verdict: judge(it, judging) }));
  for (const { line } of seen) {
    for (const row of tables.projectRules) if (carries(line.tracking, row, row.ids?.option)) used.add(row);
  }
  const mapped = judged.filter(({ verdict }) => !(verdict instanceof NeedsPerson));
  const refused = judged.flatMap(({ verdict: error, ...it }) =>
    error instanceof NeedsPerson ? [{ ...it, error }] : [],
  );
  const projectCategories = new Set(tables.projectRules.map(({ category }) => category.toLowerCase()));
  const gaps = gapsOf(refused, mapped, (category) => projectCategories.has(category.toLowerCase()));
  return {
    all: sumOf(seen),
    mapped: sumOf(mapped),
    gaps: gaps.sort(byWeight(currency)),
    contacts: contactsOf(judged.filter(({ verdict }) => verdict !== 'left out')).sort(byWeight(currency)),
    used,
  };
}

function judge({ line }: SeenLine, tables: AllocationTables): 'booked' | 'left out' | NeedsPerson {
  try {
    return allocate({ lines: [line] }, tables).length > 0 ? 'booked' : 'left out';
  } catch (error) {
    if (error instanceof NeedsPerson) return error;
    throw error;
  }
}

/** The same rules, telling which were found. */
function overheard(
  { find }: AllocationTables['rules'],
  tell: (rule: CostCodeRule) => void,
): AllocationTables['rules'] {
  return {
    find(...asked) {
      const rule = find(...asked);
      if (rule) tell(rule);
      return rule;
    },
  };
}

function contactsOf(lines: SeenLine[]): SeenContact[] {
  const groups = Map.groupBy(lines, ({ document }) => document.contact?.id);
  return [...groups].flatMap(([id, ofContact]) => {
    const { contact } = ofContact[0]!.document;
    return id === undefined ? [] : [{ id, name: contact!.name, ...sumOf(ofContact) }];
  });
}
