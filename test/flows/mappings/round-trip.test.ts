import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import type { Lists } from '../../../lib/core/rules/directory.ts';
import { openDirectory } from '../../../lib/core/rules/directory.ts';
import type { TableRow } from '../../../lib/core/rules/identify.ts';
import { identify, withCurrentTexts } from '../../../lib/core/rules/identify.ts';
import type { NotedRule, ProjectRule } from '../../../lib/core/rules/rule.ts';
import { readRows, values } from '../../../lib/flows/mappings/import-table.ts';
import { PROJECTS } from '../../../lib/flows/mappings/project-csv.ts';
import { RULES } from '../../../lib/flows/mappings/rule-csv.ts';
import type { Sheet } from '../../../lib/flows/mappings/sheet.ts';

const runs = { seed: 20261122, numRuns: 500 };

/** What spreadsheets and CSV readers stumble over, and plain text of any script, up to 255 characters. */
const awkward = fc.constantFrom(
  '=SUM(A1)',
  '+1',
  '-5',
  '-5 units',
  '@home',
  "'quoted",
  "'=quoted",
  'a,b;c\td',
  'say "no"',
  'two\nlines',
  'two\r\nlines',
  '\u{1F3D7}\uFE0F',
  '\u05D1\u05E0\u05D9\u05D9\u05DF \u202Ebackwards',
  '\u200B',
  'é',
  'e\u0301',
  'ж'.repeat(255),
  '0042',
  '1e5',
  'TRUE',
  'NULL',
);
const text = fc
  .oneof(awkward, fc.string({ unit: 'binary', maxLength: 255 }), fc.string({ maxLength: 12 }))
  // Blanks around cells are not kept; half a character is none in UTF-8.
  .map((it) => it.trim())
  .filter((it) => it !== '' && it.isWellFormed());
/** As Xero and Procore keep names. */
const name = text.filter((it) => !it.includes('*'));
const category = name.filter((it) => !it.includes('='));
const code = name;

const anyRule: fc.Arbitrary<NotedRule> = fc.record(
  {
    account: code,
    item: fc.oneof(
      code,
      code.map((it) => `${it}*`),
    ),
    tracking: fc.record({ category, option: name }),
    project: name,
    note: text,
    target: fc.oneof(
      fc.record({ costCode: text, costType: text }),
      fc.record({ wbsCode: text }),
      fc.record({ leaveOut: text.filter((it) => !/^(no?|false|0)$/i.test(it)) }),
    ),
  },
  { requiredKeys: ['target'] },
);
const anyProject: fc.Arbitrary<ProjectRule> = fc.record({ category: name, option: name, project: name });

/** The CSV as an editor saves it, read as an import reads it. */
const read = <Row extends TableRow>(sheet: Sheet<Row>, csv: string): Row[] =>
  values(readRows(sheet, new TextEncoder().encode(csv)));

describe('any table of rules', () => {
  it('is read as it was written, and written as it was read', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), (rules) => {
        const csv = RULES.format(rules);
        expect(read(RULES, csv)).toEqual(rules);
        expect(RULES.format(read(RULES, csv))).toBe(csv);
      }),
      runs,
    );
  });

  it('survives a spreadsheet that saves with semicolons, a mark and line ends of Windows', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), (rules) => {
        const cells = parse(RULES.format(rules)) as string[][];
        const saved = stringify(cells, {
          delimiter: ';',
          record_delimiter: '\r\n',
          bom: true,
          quoted_match: /[\r\n]/,
        });
        expect(read(RULES, saved)).toEqual(rules);
      }),
      runs,
    );
  });
});

describe('any table of projects', () => {
  it('is read as it was written, and written as it was read', () => {
    fc.assert(
      fc.property(fc.array(anyProject, { maxLength: 8 }), (rows) => {
        const csv = PROJECTS.format(rows);
        expect(read(PROJECTS, csv)).toEqual(rows);
        expect(PROJECTS.format(read(PROJECTS, csv))).toBe(csv);
      }),
      runs,
    );
  });
});

/** Few names, so that records are often called alike, renamed to one another's names and taken for one another. */
const few = fc.constantFrom('1', '2', 'North', 'north', 'South', 'N*', '=1');
const id = fc.constantFrom('A', 'B', 'C', '1');
const lists: fc.Arbitrary<Lists> = fc.record({
  account: fc.uniqueArray(
    fc.record({ id, code: few, name: few, type: fc.constant('EXPENSE'), active: fc.boolean() }),
    { selector: (it) => it.id },
  ),
  item: fc.uniqueArray(fc.record({ id, code: few, name: few }), { selector: (it) => it.id }),
  option: fc.uniqueArray(
    fc.record({
      id,
      option: few,
      categoryId: id,
      category: fc.constantFrom('Area', 'Job'),
      active: fc.boolean(),
    }),
    { selector: (it) => it.id },
  ),
  project: fc.uniqueArray(fc.record({ id, name: few, number: few, active: fc.boolean() }), {
    selector: (it) => it.id,
  }),
});
const row: fc.Arbitrary<NotedRule> = fc.record(
  {
    account: few.filter((it) => !it.includes('*')),
    item: few,
    tracking: fc.record({ category: fc.constantFrom('Area', 'Job'), option: few }),
    project: few,
    target: fc.constant({ wbsCode: 'x' }),
  },
  { requiredKeys: ['target'] },
);

describe('any export', () => {
  const nothing = () => undefined;

  it('imported again, exports the same bytes, however the records were renamed since the first import', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), lists, lists, (rules, then, now) => {
        const imported = rules.map((rule) => identify(rule, openDirectory(then), nothing).row);
        const directory = openDirectory(now);
        const csv = RULES.format(imported.map((rule) => withCurrentTexts(rule, directory)));
        const again = read(RULES, csv).map((rule) => identify(rule, directory, nothing).row);
        expect(RULES.format(again.map((rule) => withCurrentTexts(rule, directory)))).toBe(csv);
      }),
      { ...runs, numRuns: 5000 },
    );
  });

  it('means the same records when it is imported again, wherever a text names one alone', () => {
    fc.assert(
      fc.property(row, lists, lists, (rule, then, now) => {
        const imported = identify(rule, openDirectory(then), nothing).row;
        const directory = openDirectory(now);
        const current = withCurrentTexts(imported, directory);
        const again = identify(current, directory, nothing).row;
        const entry = imported.ids?.project && directory.get('project', imported.ids.project);
        // A project always has its id to be named by.
        if (entry) expect(again.ids?.project).toBe(entry.id);
      }),
      { ...runs, numRuns: 5000 },
    );
  });
});
