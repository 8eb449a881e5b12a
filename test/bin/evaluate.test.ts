import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from './run-evaluate.ts';

const HEADER = 'xero_name;procore_candidates;expected;country;why';
const FIXTURE = 'test/fixtures/vendor-names.csv';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ml-connector-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function vendors(content: string | Uint8Array, ...argv: string[]) {
  const path = join(folder, 'names.csv');
  await writeFile(path, content);
  return run('vendors', path, ...argv);
}

describe('vendors of a labelled file', () => {
  const rows = [
    'Hudson Concrete Inc;Hudson Concrete, Inc.|Hudson Roofing;Hudson Concrete, Inc.;US;punctuation',
    'Hudson Concrete Inc;Hudson Concrete LLC;ASK;US;another form',
    'Hudson Concrete;Avon Roofing;NONE;UK;a new one',
    'Hudson Concrete;;NONE;UK;an empty company',
    'Bright Roofs;Bright Roofs Ltd;ASK;UK;labelled more carefully than the rules are',
    'Bright Roofs;Brigth Roofs;Brigth Roofs;UK;labelled more boldly',
  ];

  it('are scored: precision over automatic answers, recall over labels that are a name', async () => {
    const { code, json } = await vendors([HEADER, ...rows].join('\n'), '--json');
    expect(code).toBe(0);
    expect(json).toEqual({
      total: 6,
      automatic: 4,
      wrong: 1,
      precision: 0.75,
      recall: 0.5,
      asked: 2,
      misses: [
        {
          row: 6,
          name: 'Bright Roofs',
          answer: 'Bright Roofs Ltd',
          expected: 'ASK',
          why: 'labelled more carefully than the rules are',
          reason: 'the only equal',
        },
        {
          row: 7,
          name: 'Bright Roofs',
          answer: 'ASK',
          expected: 'Brigth Roofs',
          why: 'labelled more boldly',
          reason: 'Brigth Roofs: one letter differs: bright / brigth',
        },
      ],
    });
  });

  it('are shown beside two simpler ways, with what is missed and why', async () => {
    const { code, out, err } = await vendors([HEADER, ...rows].join('\n'));
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n').map((line) => line.replaceAll(/[│\s]+/g, ' ').trim());
    expect(lines).toContain('matcher 6 4 1 0.7500 0.5000 2');
    expect(lines).toContain('exact name 6 6 4 0.3333 0.0000 0');
    expect(lines).toContain('plain Levenshtein 6 6 2 0.6667 1.0000 0');
    expect(lines.some((line) => line.startsWith('6 Bright Roofs Bright Roofs Ltd ASK labelled more'))).toBe(
      true,
    );
  });

  it('may come from a spreadsheet: BOM, CRLF, commas, quoted line breaks, columns in another order', async () => {
    const csv =
      '\uFEFFwhy,expected,country,xero_name,procore_candidates\r\n' +
      '"two\r\nlines",Hudson Concrete,US,"Hudson\r\nConcrete",Hudson Concrete|Avon\r\n' +
      '"a ""quote""",NONE,US,"Hudson, Concrete & Co","Avon, Ltd"\r\n';
    const { json } = await vendors(csv, '--json');
    expect(json).toMatchObject({ total: 2, wrong: 0, recall: 1, misses: [] });
  });

  it('may be long names, emoji and from right to left', async () => {
    const long = 'Hudson & Daughters '.repeat(13).trim();
    const names = [`${long};${long.toUpperCase()}`, '🏗️;🏗️', 'שיכון ובינוי;שיכון  ובינוי'];
    const labelled = names.map((pair) => `${pair};${pair.split(';')[1]};IL;`);
    const { json } = await vendors([HEADER, ...labelled].join('\n'), '--json');
    expect(json).toMatchObject({ total: 3, wrong: 0, recall: 1 });
  });

  it('are refused with row and column where something is wrong, and nothing is scored', async () => {
    const bad = [
      'Hudson;Hudson Inc|Avon;Hudson;US;not a candidate',
      ';Avon;NONE;US;no name',
      'Hudson;Avon;;US;no label',
      'Hudson;Avon;NONE',
    ];
    const { code, out, err } = await vendors([HEADER, ...bad].join('\n'));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('Code:  csv-invalid');
    expect(err).toContain('row 2, column expected: "Hudson" is none of the candidates');
    expect(err).toContain('row 3, column xero_name: is empty');
    expect(err).toContain('row 4, column expected: ""');
    expect(err).toContain('row 5, column why: the row has 3 cells, the header 5');
  });

  it.each([
    ['a column that nobody knows', `${HEADER};colour\na;b;b;US;;red`, 'row 1: column colour is unknown'],
    [
      'a column too few',
      'xero_name;expected;country;why\na;b;US;',
      'row 1: column procore_candidates is missing',
    ],
    ['no row', HEADER, 'row 2, column xero_name: there is no row'],
    ['nothing at all', '', 'column xero_name is missing'],
    ['quotes that do not close', `${HEADER}\n"Hudson;b;b;US;`, 'row 2: the quotes do not fit'],
    ['another encoding', new Uint8Array([0xff, 0xfe, 0x41, 0x00]), 'UTF-16'],
  ])('are refused: %s', async (_, content, says) => {
    const { code, json, err } = await vendors(content, '--json');
    expect(code).toBe(1);
    expect(json.error).toMatchObject({ code: 'csv-invalid', message: expect.stringContaining(says) });
    expect(err).toContain(says);
  });
});

describe('the command line', () => {
  it('explains itself with examples', async () => {
    const { code, out } = await run('vendors', '--help');
    expect(code).toBe(0);
    expect(out).toContain('npm run evaluate -- vendors test/fixtures/vendor-names.csv');
  });

  it('says what it does not understand, and which file it cannot read', async () => {
    expect(await run('vendors')).toMatchObject({ code: 2, err: expect.stringContaining('file') });
    expect(await run('suppliers')).toMatchObject({ code: 2 });
    const { code, json } = await run('vendors', join(folder, 'none.csv'), '--json');
    expect([code, json.error.code]).toEqual([1, 'file-unreadable']);
  });
});

describe('the labelled names of this project', () => {
  it('are matched as well as is promised', async () => {
    const { code, json } = await run('vendors', FIXTURE, '--json');
    expect(code).toBe(0);
    expect(json.total).toBeGreaterThanOrEqual(500);
    expect(json.precision).toBeGreaterThanOrEqual(0.999);
    expect(json.recall).toBeGreaterThanOrEqual(0.95);
  });
});
