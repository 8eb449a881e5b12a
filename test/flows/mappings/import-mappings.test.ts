import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import type { DocumentRecord } from '../../../lib/core/links.ts';
import { exportTable } from '../../../lib/flows/mappings/export-table.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { RULES } from '../../../lib/flows/mappings/rule-csv.ts';
import { RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import type { Offline } from './offline.ts';
import { eachTestOffline, UNASKED } from './offline.ts';

const HEADER = 'account,item,tracking,project,cost_code,cost_type,wbs_code,leave_out,note';
const GOOD = '5000,,,,03-300,M,,,';
const csv = (...rows: string[]) => [HEADER, ...rows].join('\n');

let cloud: Offline['cloud'];
let deployment: Offline['deployment'];
eachTestOffline((offline) => {
  ({ cloud, deployment } = offline);
});

const rows = async () => (await deployment.tables.read('acme', 'cost-codes')).rows;
const imported = async (content: string | Uint8Array) => {
  await importMappings('acme', content, deployment);
  return rows();
};

async function refused(content: string | Uint8Array): Promise<unknown> {
  const error = await importMappings('acme', content, deployment).catch((reason) => reason);
  expect(error).toMatchObject({ name: 'BadInput', code: 'csv-invalid' });
  expect(await rows()).toEqual([]);
  return error.facts.rows;
}

describe('importing rules', () => {
  it("takes the contractor's table whole", async () => {
    expect(await importMappings('acme', RULES_CSV, deployment)).toEqual({
      rows: 27,
      version: 1,
      changes: { added: 27, removed: 0, changed: 0 },
      warnings: [UNASKED],
      requeued: 0,
    });
    const [lumber] = await rows();
    expect(lumber).toEqual({
      account: '5000',
      item: 'TIM-*',
      target: { costCode: '06-100', costType: 'M' },
      note: 'Lumber',
    });
  });

  it('replaces the table before, and counts', async () => {
    await importMappings('acme', RULES_CSV, deployment);
    expect(await importMappings('acme', csv(GOOD), deployment)).toMatchObject({ rows: 1, version: 2 });
    expect(await rows()).toHaveLength(1);
  });

  it.each([
    [
      'everything that a row can name',
      '5000,TIM-2X4,Cost Area=Wood = oak,1047,06-100,M,,,why',
      {
        account: '5000',
        item: 'TIM-2X4',
        tracking: { category: 'Cost Area', option: 'Wood = oak' },
        project: '1047',
        target: { costCode: '06-100', costType: 'M' },
        note: 'why',
      },
    ],
    ['* and empty as any', '*,,*,,03-300,M,,,', { target: { costCode: '03-300', costType: 'M' } }],
    ['a WBS code', '5200,,,,,,01-540.E,,', { account: '5200', target: { wbsCode: '01-540.E' } }],
    ['a reason to leave out', '6100,,,,,,,Overhead,', { account: '6100', target: { leaveOut: 'Overhead' } }],
    ['a mere yes', '6100,,,,,,,yes,', { account: '6100', target: { leaveOut: 'yes' } }],
    [
      'no as not left out',
      '5400,,,,01-650,M,,no,',
      { account: '5400', target: { costCode: '01-650', costType: 'M' } },
    ],
    [
      'blanks around cells',
      ' 5400 ,, , , 01-650,M ,,,',
      { account: '5400', target: { costCode: '01-650', costType: 'M' } },
    ],
  ])('reads %s', async (_what, row, rule) => {
    expect(await imported(csv(row))).toEqual([rule]);
  });

  it.each([
    ['a byte order mark and Windows line ends', `\uFEFF${csv(GOOD).replaceAll('\n', '\r\n')}\r\n`],
    ['semicolons', csv(GOOD).replaceAll(',', ';')],
    ['other line ends in the header than below', `${HEADER}\r\n,,,,,,,,\n${GOOD}\n`],
    ['a byte order mark before a quoted header', `\uFEFF${csv(GOOD).replace('account', '"account"')}`],
    ['bytes instead of text', new TextEncoder().encode(`\uFEFF${csv(GOOD)}`)],
    ['empty rows, as spreadsheets leave them', csv('', ',,,,,,,,', GOOD, ',,,,,,,,', '')],
    [
      'columns in another order',
      'note,leave_out,wbs_code,cost_type,cost_code,project,tracking,item,account\n,,,M,03-300,,,,5000',
    ],
  ])('reads a file with %s', async (_what, content) => {
    expect(await imported(content)).toEqual([
      { account: '5000', target: { costCode: '03-300', costType: 'M' } },
    ]);
  });

  it('keeps commas, quotes and line breaks inside of quotes', async () => {
    const [rule] = await imported(csv('5000,,,,03-300,M,,,"2"" pipe, or\nanything"'));
    expect(rule).toMatchObject({ note: '2" pipe, or\nanything' });
  });
});

describe('a file with something wrong', () => {
  it.each([
    ['5000,,,,03-300,,,,', 'row 2, column cost_type: is missing beside the cost_code'],
    ['5000,,,,,M,,,', 'row 2, column cost_code: is missing beside the cost_type'],
    [
      '5000,,,,,,,,',
      'row 2, column cost_code: name a cost_code with its cost_type, or a wbs_code, or a reason to leave_out',
    ],
    [
      '5000,,,,,,,no,',
      'row 2, column cost_code: name a cost_code with its cost_type, or a wbs_code, or a reason to leave_out',
    ],
    [
      '5000,,,,03-300,M,03-300.M,,',
      'row 2, column wbs_code: a row has one target, and this one has cost_code and wbs_code',
    ],
    [
      '5000,,,,03-300,M,,x,',
      'row 2, column leave_out: a row has one target, and this one has cost_code and leave_out',
    ],
    ['5000,,Sitework,,03-300,M,,,', 'row 2, column tracking: must be Category=Option'],
    ['5000,,=Sitework,,03-300,M,,,', 'row 2, column tracking: must be Category=Option'],
    ['5*,,,,03-300,M,,,', 'row 2, column account: an account is named in full; * alone means any'],
    ['5000,T*M,,,03-300,M,,,', 'row 2, column item: * may only stand at the end'],
    ['5000,,,,03-300,M,,', 'row 2, column note: the row has 8 cells, the header 9'],
    [`5000,,,,03-300,M,,,${'x'.repeat(1001)}`, 'row 2, column note: is longer than 1000 characters'],
  ])('%s: its row and column are named', async (row, problem) => {
    expect(await refused(csv(row))).toEqual([problem]);
  });

  it('names all that is wrong at once, by the rows that a spreadsheet shows', async () => {
    expect(await refused(csv(GOOD, '', '"5100",,,,,,,,"a\nb"', '5200,,x,,,,,,'))).toEqual([
      expect.stringMatching(/^row 4, column cost_code/),
      expect.stringMatching(/^row 5, column tracking/),
      expect.stringMatching(/^row 5, column cost_code/),
    ]);
  });

  it('lists twenty problems and counts the others', async () => {
    const problems = (await refused(
      csv(...Array.from({ length: 25 }, (_, n) => `${n},,,,,,,,`)),
    )) as string[];
    expect(problems).toHaveLength(21);
    expect(problems[20]).toBe('and 5 more');
  });

  it('names both rows of a duplicate, whatever the case of its tracking', async () => {
    expect(
      await refused(csv('5100,,Area=Steel,,05-100,S,,,', GOOD, '5100,,area=steel,,05-100,S,,,')),
    ).toEqual(['row 4, column account: row 2 is about the same (5100 / * / area=steel / *)']);
  });

  it('names both rows of a tie', async () => {
    expect(await refused(csv('5100,,Area=Steel,,05-100,S,,,', '5100,,,1047,06-100,M,,,'))).toEqual([
      expect.stringMatching(
        /^row 3, column account: could match the same line as row 2 \(5100 \/ \* \/ Area=Steel \/ \*\)/,
      ),
    ]);
  });

  it.each([
    ['', HEADER.split(',').map((name) => `row 1: column ${name} is missing`)],
    [
      csv(GOOD).replace('cost_type', 'costtype'),
      ['row 1: column cost_type is missing', 'row 1: column costtype is unknown'],
    ],
    [`${HEADER},note\n`, ['row 1: column note is there twice']],
    [`${HEADER},\n`, ['row 1: a column has no name']],
    [csv('5000,,,,03-300,M,,,"open'), ['row 2: the quotes do not fit (CSV_QUOTE_NOT_CLOSED)']],
    [
      Buffer.from(csv('5000,,,,03-300,M,,,café'), 'latin1'),
      ['the file is not UTF-8; save it as "CSV UTF-8"'],
    ],
  ])('is refused as a whole: %j', async (content, problems) => {
    expect(await refused(content)).toEqual(problems);
  });

  it('leaves the table before in force', async () => {
    await importMappings('acme', csv(GOOD), deployment);
    await expect(importMappings('acme', csv('5000,,,,,,,,'), deployment)).rejects.toThrow();
    expect(await deployment.tables.read('acme', 'cost-codes')).toMatchObject({
      version: 1,
      rows: [{ account: '5000' }],
    });
  });
});

describe('an import that meets another', () => {
  it('is refused and told so', async () => {
    const outcomes = await Promise.allSettled([
      importMappings('acme', csv(GOOD), deployment),
      importMappings('acme', RULES_CSV, deployment),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(['import-overtaken']);
  });
});

describe('documents that wait', () => {
  const record = (id: number, fields: Partial<DocumentRecord>): DocumentRecord => ({
    connectionId: 'acme',
    kind: 'purchase-order',
    id: `00000000-0000-4000-8000-00000000000${id}`,
    number: `PO-${id}`,
    supplier: 'Acme Lumber',
    state: 'parked',
    total: '1.00',
    currency: 'USD',
    version: '2026-11-20T10:00:00.000Z',
    procore: [],
    decidedAt: '2026-11-20T10:00:01.000Z',
    ...fields,
  });

  it('are queued again once the table is in force: parked ones, and those that a rule left out', async () => {
    for (const it of [
      record(1, { code: 'account-unmapped' }),
      record(2, { kind: 'bill', code: 'document-unreadable', version: '' }),
      record(3, { state: 'left-out', code: 'left-out-by-rule' }),
      record(4, { state: 'left-out', code: 'before-start-date' }),
      record(5, { state: 'posted' }),
      record(6, { connectionId: 'other' }),
    ]) {
      await deployment.documents.put(it);
    }
    expect(await importMappings('acme', csv(GOOD), deployment)).toMatchObject({ rows: 1, requeued: 3 });
    const { Messages = [] } = await cloud.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: cloud.queueUrl, MaxNumberOfMessages: 10 }),
    );
    const sent = Messages.map(({ Body = '' }) => JSON.parse(Body)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(sent).toEqual([
      expect.objectContaining({
        kind: 'purchase-order',
        version: '2026-11-20T10:00:00.000Z',
        reason: 'retry',
      }),
      expect.not.objectContaining({ version: expect.anything() }),
      expect.objectContaining({ id: record(3, {}).id, receivedAt: '2026-11-22T09:00:00.000Z' }),
    ]);
  });
});

describe('exporting rules', () => {
  it('gives a file that imports to the same table and exports to the same bytes', async () => {
    const awkward = csv(
      '5000,TIM-*,Area=a=b,Oak Street,06-100,M,,,"said ""no"", twice\r\nand more"',
      "5200,,,,,,01-540.E,,'=HYPERLINK(0)",
      '6100,,,,,,,yes,@home',
      '6200,,,,,,,-,"lone\rreturn"',
    );
    const rules = await imported(awkward);
    const { csv: first, ...counted } = await exportTable(RULES, 'acme', deployment);
    expect(counted).toEqual({ rows: 4, version: 1, warnings: [] });
    expect(await imported(first)).toEqual(rules);
    expect((await exportTable(RULES, 'acme', deployment)).csv).toBe(first);
  });

  it('writes cells that a spreadsheet would run as formulas as text', async () => {
    await imported(csv('5000,,,,03-300,M,,,=cmd|calc', '5100,,,,-5,S,,,+1 more', '5200,,,,03-300,M,,,-12.5'));
    const { csv: written } = await exportTable(RULES, 'acme', deployment);
    expect(written.split('\n').slice(1, 4)).toEqual([
      "5000,,,,03-300,M,,,'=cmd|calc",
      "5100,,,,-5,S,,,'+1 more",
      '5200,,,,03-300,M,,,-12.5',
    ]);
  });

  it('gives the header alone before the first import', async () => {
    expect(await exportTable(RULES, 'acme', deployment)).toEqual({
      csv: `${HEADER}\n`,
      rows: 0,
      version: 0,
      warnings: [],
    });
  });
});
