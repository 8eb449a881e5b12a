import { describe, expect, it } from '@jest/globals';
import { exportTable } from '../../../lib/flows/mappings/export-table.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import { PROJECTS } from '../../../lib/flows/mappings/project-csv.ts';
import { RULES } from '../../../lib/flows/mappings/rule-csv.ts';
import type { Offline } from './offline.ts';
import { eachTestOffline } from './offline.ts';

const HEADER = 'account,item,tracking,project,cost_code,cost_type,wbs_code,leave_out,note';
const GOOD = '5000,,,,03-300,M,,,';
const file = (...rows: string[]) => [HEADER, ...rows].join('\n');

let deployment: Offline['deployment'];
eachTestOffline((offline) => {
  ({ deployment } = offline);
});

const rows = async () => (await deployment.tables.read('acme', 'cost-codes')).rows;

async function refused(content: string | Uint8Array, take = importMappings): Promise<unknown> {
  const error = await take('acme', content, deployment).catch((reason) => reason);
  expect(error).toMatchObject({ name: 'BadInput', code: 'csv-invalid' });
  return error.facts.rows;
}

describe('a file as Excel and its kin save it', () => {
  it.each([
    ['with line ends of an old Mac', file(GOOD).replaceAll('\n', '\r')],
    ['with tabs', file(GOOD).replaceAll(',', '\t')],
    ['with tabs and a mark', `\uFEFF${file(GOOD).replaceAll(',', '\t')}`],
    ['with semicolons in a quoted header', file(GOOD).replaceAll(',', ';').replace('account', '"account"')],
    ['with blanks in the header', file(GOOD).replaceAll('cost_type', ' cost_type ')],
    [
      'with every cell in quotes',
      file(GOOD).replace(
        GOOD,
        GOOD.split(',')
          .map((cell) => `"${cell}"`)
          .join(),
      ),
    ],
    ['with empty lines before its end', `${file(GOOD)}\n\n\r\n`],
  ])('is read %s', async (_what, content) => {
    await importMappings('acme', new TextEncoder().encode(content), deployment);
    expect(await rows()).toEqual([{ account: '5000', target: { costCode: '03-300', costType: 'M' } }]);
  });

  it('keeps separators, quotes and line breaks within quotes, also between semicolons', async () => {
    const note = 'say "no"; then, maybe\r\nlater\tor never';
    const content = file(GOOD).replaceAll(',', ';');
    await importMappings('acme', `${content}"${note.replaceAll('"', '""')}"`, deployment);
    expect(await rows()).toMatchObject([{ note }]);
  });

  it.each([
    ['little-endian with its mark', Buffer.from(`\uFEFF${file(GOOD)}`, 'utf16le')],
    ['little-endian without', Buffer.from(file(GOOD), 'utf16le')],
    ['big-endian', Buffer.from(`\uFEFF${file(GOOD)}`, 'utf16le').swap16()],
  ])('is refused in UTF-16, %s, with what to do', async (_what, content) => {
    expect(await refused(content)).toEqual([
      'the file is UTF-16, which Excel calls "Unicode Text"; save it as "CSV UTF-8"',
    ]);
  });

  it('is refused where it is a workbook and no CSV', async () => {
    expect(await refused(Buffer.from('PK\u0003\u0004\u0014\u0000\u0006\u0008\xff\xfe', 'latin1'))).toEqual([
      'the file is not UTF-8; save it as "CSV UTF-8"',
    ]);
  });
});

describe('rows that do not fit', () => {
  it.each([
    ['too short', '5000,,,,03-300,M', 'row 3, column note: the row has 6 cells, the header 9'],
    ['too long', `${GOOD},more`, 'row 3, column note: the row has 10 cells, the header 9'],
    ['cut off within quotes', '"5000', 'row 3: the quotes do not fit (CSV_QUOTE_NOT_CLOSED)'],
    [
      'with a quote in the middle',
      '50"00,,,,03-300,M,,,',
      'row 3: the quotes do not fit (INVALID_OPENING_QUOTE)',
    ],
    [
      'with text behind a quote',
      '"5000"x,,,,03-300,M,,,',
      'row 3: the quotes do not fit (CSV_INVALID_CLOSING_QUOTE)',
    ],
  ])('are named where they are %s', async (_what, row, problem) => {
    expect(await refused(file('5900,,,,01-410,O,,,', row))).toEqual([problem]);
    expect(await rows()).toEqual([]);
  });

  it('are counted by rows and not by lines, after cells with line breaks', async () => {
    expect(await refused(file(`${GOOD}"two\nlines"`, '5100,,,,05-100,,,,'))).toEqual([
      'row 3, column cost_type: is missing beside the cost_code',
    ]);
  });

  it.each([
    [
      'tracking and projects in another case',
      '5000,,Area=Slab,Oak,03-300,M,,,',
      '5000,,AREA=slab,OAK,09-250,M,,,',
    ],
    ['the same keys with stars', '5000,,,,03-300,M,,,', '5000,*,,*,09-250,M,,,'.replace(',*,', ',,')],
  ])('are refused that are about the same: %s', async (_what, first, second) => {
    expect(await refused(file(first, second))).toEqual([
      expect.stringMatching(/^row 3, column account: row 2 is about the same/),
    ]);
  });

  it('of projects are refused where two are about one option, whatever the case', async () => {
    const content = 'tracking_category,tracking_option,procore_project\nProject,Oak Ö,1\nPROJECT,oak ö,2\n';
    expect(await refused(content, importProjects)).toEqual([
      'row 3, column tracking_option: row 2 is about the same option',
    ]);
  });

  it.each([
    [HEADER.toUpperCase(), /^row 1: column account is missing$/, /^row 1: column ACCOUNT is unknown$/],
    [HEADER.replace('cost_code', 'cost code'), /column cost_code is missing/, /column cost code is unknown/],
    [HEADER.replaceAll(',', '|'), /column account is missing/, /is unknown/],
    [PROJECTS.format([]).trim(), /column account is missing/, /column tracking_category is unknown/],
  ])('stand under the right words: %s', async (header, missing, unknown) => {
    const problems = (await refused(`${header}\n`)) as string[];
    expect(problems).toContainEqual(expect.stringMatching(missing));
    expect(problems).toContainEqual(expect.stringMatching(unknown));
  });
});

describe('names that are hard to write', () => {
  const NAMES = [
    '\u{1F3D7}\uFE0F Tower \u{1F469}\u200D\u{1F527}',
    '\u05D1\u05E0\u05D9\u05D9\u05DF 7 \u202Eabc\u202C',
    'x'.repeat(255),
    '\u200B',
    '=HYPERLINK("http://evil.example")',
    '+1 Tower',
    '-5',
    '- 5',
    '@home',
    "'quoted",
    '\u00E9 and e\u0301',
  ];

  it.each(NAMES)('%j is kept, and exported as it can be imported again', async (option) => {
    const project = { category: 'Job', option, project: option };
    const rule = {
      tracking: { category: 'Job', option },
      project: option,
      target: { wbsCode: option },
      note: option,
    };
    await importProjects('acme', PROJECTS.format([project]), deployment);
    await importMappings('acme', RULES.format([rule]), deployment);
    expect((await deployment.tables.read('acme', 'projects')).rows).toEqual([project]);
    expect(await rows()).toEqual([rule]);
    const { csv } = await exportTable(RULES, 'acme', deployment);
    expect(csv).toBe(RULES.format([rule]));
    // No cell begins like a formula, but for plain numbers.
    for (const cell of csv.split('\n')[1]!.split(',')) {
      expect(/^"?[=+\-@]/.test(cell) && !/^-?\d+$/.test(cell)).toBe(false);
    }
  });

  it('may not be empty, nor blanks alone', async () => {
    const header = 'tracking_category,tracking_option,procore_project';
    expect(await refused(`${header}\nJob,\u00A0 ,\u2003\n`, importProjects)).toEqual([
      'row 2, column tracking_option: is empty',
      'row 2, column procore_project: is empty',
    ]);
  });
});

describe('a table of five thousand rules', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `5000,ITM-${index},,,03-${index},M,,,`);

  it('is imported and exported whole', async () => {
    expect(await importMappings('acme', file(...many), deployment)).toMatchObject({ rows: 5000 });
    expect((await exportTable(RULES, 'acme', deployment)).csv).toBe(`${file(...many)}\n`);
  });

  it('is refused for its last row', async () => {
    expect(await refused(file(...many, '5000,ITM-7,,,01-000,M,,,'))).toEqual([
      expect.stringMatching(/^row 5002, column account: row 9 is about the same/),
    ]);
  });

  it('that tie one with another is refused soon, with the first of them', async () => {
    const ties = Array.from({ length: 5000 }, (_, index) => `,,C${index}=x,,03-${index},M,,,`);
    const problems = (await refused(file(...ties))) as string[];
    expect(problems).toHaveLength(21);
    expect(problems[0]).toMatch(/^row 3, column account: could match the same line as row 2/);
  });
});
