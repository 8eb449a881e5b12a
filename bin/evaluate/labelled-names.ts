import { collectProblems, readCsv } from '../../lib/flows/mappings/csv-table.ts';

/** What a person answered to one name: a candidate, or that a vendor is to be created, or that it must be asked. */
export type Answer = { vendor: string } | 'NONE' | 'ASK';

export interface LabelledName {
  /** As a spreadsheet counts; the header is row 1. */
  row: number;
  name: string;
  candidates: string[];
  expected: Answer;
  why: string;
}

const COLUMNS = ['xero_name', 'procore_candidates', 'expected', 'country', 'why'] as const;
/** Hundreds of candidates of 255 characters. */
const LONGEST_CELL = 100_000;

/**
 * Reads `xero_name;procore_candidates;expected;country;why`, candidates separated by `|`. Throws
 * BadInput('csv-invalid') naming rows and columns.
 */
export function readLabelledNames(content: Uint8Array): LabelledName[] {
  const problems = collectProblems();
  const names = readCsv(content, COLUMNS, problems, LONGEST_CELL).map(({ row, cells }): LabelledName => {
    const { xero_name: name, procore_candidates, expected, why } = cells;
    const candidates = procore_candidates
      .split('|')
      .map((candidate) => candidate.trim())
      .filter((candidate) => candidate !== '');
    if (name === '') problems.add(row, 'xero_name', 'is empty');
    const sort = expected === 'NONE' || expected === 'ASK';
    if (!sort && !candidates.includes(expected))
      problems.add(row, 'expected', `"${expected}" is none of the candidates, and neither NONE nor ASK`);
    return { row, name, candidates, expected: sort ? expected : { vendor: expected }, why };
  });
  if (names.length === 0) problems.add(2, 'xero_name', 'there is no row below the header');
  problems.throwIfAny();
  return names;
}

export function answerInWords(answer: Answer): string {
  return typeof answer === 'string' ? answer : answer.vendor;
}
