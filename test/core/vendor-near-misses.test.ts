import { describe, expect, it } from '@jest/globals';
import type { VendorMatch } from '../../lib/core/vendor-match.ts';
import { indexVendors } from '../../lib/core/vendor-match.ts';

const match = (name: string, ...names: string[]): VendorMatch =>
  indexVendors(names.map((vendor, at) => ({ id: String(at), name: vendor }))).match({
    name,
    originId: 'xero:contact:1',
  });

/** What a person is asked, and why. */
const NEAR: [why: string, xero: string, procore: string, reason: string][] = [
  [
    'another legal form',
    'Hudson Concrete Inc',
    'Hudson Concrete LLC',
    'differs by the legal form: Inc / LLC',
  ],
  ['private or public', 'Hudson Concrete Ltd', 'Hudson Concrete PLC', 'legal form: Ltd / PLC'],
  ['proprietary or not', 'Hudson Concrete Pty Ltd', 'Hudson Concrete Ltd', 'legal form: Pty / Ltd'],
  ['of Australia or of Singapore', 'Tan Steel Pty Ltd', 'Tan Steel Pte Ltd', 'legal form: Pty / Pte'],
  ['a letter left out', 'Hudson Concrete', 'Hudson Concret', 'one letter differs: concrete / concret'],
  ['letters swapped', 'Hudson Concrete', 'Hudosn Concrete', 'one letter differs: hudson / hudosn'],
  ['two letters', 'Stephens Lintels', 'Stevens Lintels', '2 letters differ: stephens / stevens'],
  ['an umlaut in full', 'Müller Crane', 'Mueller Crane', 'one letter differs'],
  ['a sharp s in full', 'Strauß Hoists', 'Strauss Hoists', 'differs by spaces, order or short words'],
  [
    'abbreviated',
    'Intl Mfg Supply',
    'International Manufacturing Supply',
    'abbreviated: mfg / manufacturing',
  ],
  ['abbreviated', 'Hudson Bros Const', 'Hudson Brothers Construction', 'abbreviated: bros / brothers'],
  ['abbreviated', 'Hudson Assoc', 'Hudson Associates', 'abbreviated: assoc / associates'],
  ['abbreviated', 'Hudson Svcs', 'Hudson Services', 'abbreviated: svcs / services'],
  ['with an apostrophe', "Nat'l Fire Alarm", 'National Fire Alarm', 'abbreviated: natl / national'],
  ['an initial', 'J Hale Masonry', 'John Hale Masonry', 'abbreviated: j / john'],
  ['a short first name', 'Bob Hanley Painting', 'Robert Hanley Painting', 'short words'],
  ['a number in words', 'First Choice Roofing', '1st Choice Roofing', 'short words'],
  ['a space missing', 'BlueSky Roofing', 'Blue Sky Roofing', 'differs by spaces'],
  ['a hyphen missing', 'A-1 Fencing', 'A1 Fencing', 'differs by spaces'],
  ['the last name first', 'Smith, John', 'John Smith', 'order'],
  ['a word more', 'Hudson Concrete', 'Hudson Concrete Pumping', 'one has more words: pumping'],
  ['a word less', 'Smith & Sons', 'Smith', 'one has more words: sons'],
  ['partners', 'Smith & Co', 'Smith', 'one has more words: co'],
  ['common words confused', 'Hudson Services', 'Hudson Solutions', 'other words: services / solutions'],
  ['in brackets', 'Hudson Concrete', 'Hudson Concrete (USD)', 'one has more words: usd'],
  ['behind a dash', 'Hudson Concrete', 'Hudson Concrete - DO NOT USE', 'one has more words: do not use'],
  ['a long addition', 'Hudson', 'Hudson (closed, call Mary Lou first)', 'only a part is alike: hudson'],
  ['a trading name', 'Acme LLC dba Bright Roofs', 'Bright Roofs Inc.', 'only a part is alike: bright roofs'],
  ['a trading name', 'Acme Pty Ltd t/a Bright Roofs', 'Acme', 'only a part is alike: acme'],
  ['a former name', 'Bright Roofs (formerly Acme Tile)', 'Acme Tile', 'only a part is alike: acme tile'],
  ['a number on one side', 'ABC Supply', 'ABC Supply #4471', 'one has more words: 4471'],
  ['letters that look alike', 'АВС Steel', 'ABC Steel', 'other alphabets'],
  ['an Arabic letter', 'شركة البناء', 'شركة البنان', 'one letter differs'],
];

/** Names that have something in common and are two companies. */
const DIFFERENT: [xero: string, procore: string][] = [
  ['A1 Fencing', 'A2 Fencing'],
  ['ABC Supply #4471', 'ABC Supply #4472'],
  ['ABC Supply #4471', 'ABC Suply #4472'],
  ['Unit One Joinery', 'Unit 2 Joinery'],
  ['Pier 1 2 Imports', 'Pier 12 Imports'],
  ['Acme Tile 12 dba Bright Roofs', 'Bright Roofs (branch 13)'],
  ['Hudson Concrete', 'Hudson Roofing'],
  ['Hudson Concrete Austin', 'Hudson Concrete Dallas'],
  ['JB Roofing', 'JD Roofing'],
  ['Ball Roofing', 'Hall Roofing'],
  ['Hudson Concrete (UK)', 'Avon Concrete (UK)'],
  ['Construction', 'Hudson Construction'],
  ['Austin Concrete Pumping', 'Austin Convention Center'],
  ['The', 'Limited'],
  ['For', 'As'],
  ['LLC', 'Inc'],
  ['शिव', 'शव'],
  ['राम', 'रोम'],
  ['バンク', 'ハンク'],
  ['ข้าว', 'ขาว'],
  ['한국건설', '한국건살'],
];

describe('a name that is only near a vendor is for a person', () => {
  it.each(NEAR)('%s: %j and %j', (_, xero, procore, reason) => {
    const asked = match(xero, 'Quite Another Company', procore);
    expect(asked).toEqual({
      near: [
        {
          vendor: { id: '1', name: procore },
          score: expect.any(Number),
          reason: expect.stringContaining(reason),
        },
      ],
    });
    expect(match(procore, xero)).toHaveProperty('near');
  });

  it('with the likeliest vendor first', () => {
    const asked = match(
      'Hudson Concrete',
      'Hudson Concrete Pumping',
      'Hudson Concret',
      'Hudson Concrete Ready Mix',
      'Hudson Roofing',
    );
    expect(asked).toMatchObject({
      near: [{ vendor: { id: '1' } }, { vendor: { id: '0' } }, { vendor: { id: '2' } }],
    });
    const scores = (asked as { near: { score: number }[] }).near.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
  });

  it('among many that are just as near, no more than a person can look through', () => {
    const many = Array.from(
      { length: 500 },
      (_, at) => `Hudson Concrete ${'abcdefghijklmnopqrstuvwxy'[at % 25]}`,
    );
    expect((match('Hudson Concrete', ...many) as { near: unknown[] }).near).toHaveLength(10);
  });

  it('not where a vendor of the very name is there, too', () => {
    expect(match('Hudson Concrete', 'Hudson Concret', 'hudson concrete')).toMatchObject({
      vendor: { id: '1' },
    });
  });

  it('found among vendors that were added after the first question', () => {
    const vendors = indexVendors([]);
    expect(vendors.match({ name: 'Hudson Concret', originId: 'a' })).toBe('none');
    vendors.add({ id: '7', name: 'Hudson Concrete' });
    expect(vendors.match({ name: 'Hudson Concret', originId: 'a' })).toMatchObject({
      near: [{ vendor: { id: '7' } }],
    });
  });
});

describe('two companies', () => {
  it.each(DIFFERENT)('%j and %j', (xero, procore) => {
    expect(match(xero, procore)).toBe('none');
    expect(match(procore, xero)).toBe('none');
  });
});
