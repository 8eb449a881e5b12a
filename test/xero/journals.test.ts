import { afterEach, describe, expect, it } from '@jest/globals';
import type { Journal } from '../../lib/core/documents.ts';
import { parseJson } from '../../lib/http/json.ts';
import { readJournal } from '../../lib/xero/journal-wire.ts';
import type { XeroOffice } from './office.ts';
import { all, openOffice, TENANT } from './office.ts';

let office: XeroOffice | undefined;

afterEach(async () => {
  await office?.sandbox.close();
  office = undefined;
});

async function open() {
  office = await openOffice();
  const { sandbox, clock } = office;
  const [account] = office.books.accounts.values();
  /** Somebody posts a journal in Xero; a second passes. */
  const journal = (fields: object = {}) => {
    clock.advance(1000);
    return sandbox.saveManualJournal(TENANT, {
      Narration: 'Accrual of crane hire',
      Status: 'POSTED',
      Date: '2026-11-20',
      JournalLines: [
        { LineAmount: 100.25, AccountCode: '310', Description: 'Crane' },
        { LineAmount: -100.25, AccountCode: '310' },
      ],
      ...fields,
    });
  };
  return { ...office, account, journal };
}

const read = (fields: object) =>
  readJournal(
    parseJson(
      JSON.stringify({
        ManualJournalID: 'j',
        Narration: 'Accrual',
        Status: 'POSTED',
        JournalLines: [],
        UpdatedDateUTC: '/Date(1795342272000)/',
        ...fields,
      }),
    ),
  );

describe('manual journals', () => {
  it('are read with debits positive and credits negative, their lines by their place', async () => {
    const { connector, journal, account } = await open();
    const { ManualJournalID: id } = journal();
    const found = (await connector().journals([{ id }])).get(id) as Journal;
    expect(found).toMatchObject({
      kind: 'journal',
      number: 'Accrual of crane hire',
      status: 'POSTED',
      date: '2026-11-20',
      hasAttachments: false,
    });
    expect(found.lines.map((line) => ({ ...line, net: String(line.net) }))).toEqual([
      {
        id: '0',
        description: 'Crane',
        net: '100.25',
        account: '310',
        accountId: account?.AccountID,
        tracking: [],
      },
      {
        id: '1',
        description: '',
        net: '-100.25',
        account: '310',
        accountId: account?.AccountID,
        tracking: [],
      },
    ]);
  });

  it('that changed are listed, and many by id cost one call', async () => {
    const { connector, journal, clock, sandbox } = await open();
    journal();
    clock.advance(60_000);
    const since = clock.now();
    const changed = [journal(), journal()];
    const [page] = await all(connector().journalsSince(since));
    const ids = changed.map(({ ManualJournalID }) => ManualJournalID);
    expect(page?.journals.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    sandbox.calls.reset();
    const sightings = changed.map((one) => ({ id: one.ManualJournalID, version: one.UpdatedDateUTC }));
    expect((await connector().journals(sightings)).size).toBe(2);
    expect([...sandbox.calls.counts]).toEqual([['GET /ManualJournals', 1]]);
  });

  it('count without the tax that a line includes, and keep the places of lines beside blank ones', () => {
    const lines = [
      { LineAmount: 115, TaxAmount: 15, AccountCode: '310' },
      { IsBlank: true },
      { LineAmount: -115, TaxAmount: -15, AccountCode: '310' },
    ];
    const net = (LineAmountTypes: string) =>
      (read({ LineAmountTypes, JournalLines: lines }) as Journal).lines.map((line) => [
        line.id,
        String(line.net),
      ]);
    expect(net('Inclusive')).toEqual([
      ['0', '100'],
      ['2', '-100'],
    ]);
    expect(net('Exclusive')[0]).toEqual(['0', '115']);
  });

  it('are named by the beginning of what they are about', () => {
    expect(read({ Narration: `Reversal\n ${'of a long story '.repeat(9)}` })).toMatchObject({
      number: expect.stringMatching(/^Reversal of a long story .{35}$/),
    });
  });

  it('that break their contract are unreadable, by their id', () => {
    expect(read({ JournalLines: null })).toMatchObject({ kind: 'unreadable', id: 'j' });
  });
});
