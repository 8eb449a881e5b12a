import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Vendor } from '../../lib/core/procore-records.ts';
import { indexVendors, normaliseName } from '../../lib/core/vendor-match.ts';

const originId = 'xero:contact:430fa14a-f945-44d3-9f97-5df5e28441b8';
const vendor = (id: string, name: string, origin?: string): Vendor => ({
  id,
  name,
  ...(origin !== undefined && { originId: origin }),
});
const match = (name: string, ...vendors: Vendor[]) => indexVendors(vendors).match({ name, originId });

/** A supplier in Xero and a vendor in Procore that people call the same. */
const SAME: [xero: string, procore: string][] = [
  ['Hudson Concrete', 'HUDSON CONCRETE'],
  ['Hudson Concrete', ' Hudson  Concrete '],
  ['Hudson Concrete', 'Hudson Concrete, Inc.'],
  ['Hudson Concrete Inc', 'Hudson Concrete Incorporated'],
  ['Hudson Concrete Co.', 'Hudson Concrete Company'],
  ['Hudson Concrete Co., Inc.', 'Hudson Concrete'],
  ['Bayside Rebar LLC', 'Bayside Rebar L.L.C.'],
  ['Bayside Rebar, LLC', 'bayside rebar llc'],
  ['Northline Electrical Ltd', 'Northline Electrical Limited'],
  ['Northline Electrical Pty Ltd', 'Northline Electrical'],
  ['Northline Electrical (Pty) Ltd.', 'Northline Electrical Pty. Limited'],
  ['Smith & Sons', 'Smith and Sons'],
  ['Smith&Sons', 'Smith & Sons'],
  ['Smith & Co', 'Smith'],
  ['Smith and Company, LLC', 'SMITH & CO.'],
  ['Smith ＆ Sons', 'Smith & Sons'],
  ["O'Brien Masonry", 'OBrien Masonry'],
  ['O’Brien Masonry', "O'Brien Masonry"],
  ['Hawaiʻi Steel', 'Hawaii Steel'],
  ['A-1 Fencing', 'A 1 Fencing'],
  ['Miller/Jones Drywall', 'Miller Jones Drywall'],
  ['Wall-to-Wall Flooring', 'Wall to Wall Flooring'],
  ['The Roofing Company', 'Roofing Co'],
  ['The Home Store', 'Home Store'],
  ['A.B.C. Supply', 'ABC Supply'],
  ['ABC Supply (Acct #4471)', 'ABC Supply Acct 4471'],
  ['“Quick” Plumbing!', 'Quick Plumbing'],
  ['Béton Québec Ltée', 'Beton Quebec'],
  ['Béton', 'Be\u0301ton'],
  ['Ångström Glas', 'Angstrom Glas'],
  ['Łódź Windows', 'Łodz Windows'],
  ['İnşaat', 'Insaat'],
  ['Ｈｕｄｓｏｎ Concrete', 'Hudson Concrete'],
  ['Pro\uFB01t Builders', 'Profit Builders'],
  ['Hudson\u00A0Concrete', 'Hudson Concrete'],
  ['Hud\u200Bson Concrete', 'Hudson Concrete'],
  ['\uFEFFHudson Concrete', 'Hudson Concrete'],
  ['Hudson\tConcrete\n', 'Hudson Concrete'],
  ['\u200Fשיכון ובינוי\u200E', 'שיכון ובינוי'],
  ['שִׁכּוּן', 'שכון'],
  ['شركة البناء', 'شركة\u00A0البناء'],
  ['شَرِكة أحمد', 'شركة احمد'],
  ['ЁЛКА Строй', 'Елка строй'],
  ['ΔΟΜΙΚΗ Αθήνα', 'Δομική ΑΘΗΝΑ'],
  ['株式会社　大林組', '株式会社 大林組'],
  ['ｶﾞﾗｽ', 'ガラス'],
  ['한국건설', '한국건설'.normalize('NFD')],
];

/** Names that are near each other and yet two companies. */
const DIFFERENT: [xero: string, procore: string][] = [
  ['Hudson Concrete', 'Hudson Concrete Pumping'],
  ['Hudson Concrete', 'Hudson Concret'],
  ['Hudson Concrete', 'Concrete Hudson'],
  ['Hudson Concrete', 'HudsonConcrete'],
  ['A1 Fencing', 'A2 Fencing'],
  ['Smith', 'Smith and Sons'],
  ['Smith & Jones', 'Smith Jones'],
  ['Incline Inc', 'Inc Line'],
  ['Company Store', 'Store'],
  ['Limited Edition Tile', 'Edition Tile'],
  ['The', 'Limited'],
  ['LLC', 'Inc'],
  ['ABC Supply #4471', 'ABC Supply #4472'],
  ['C++ Electric', 'C# Electrical'],
  ['शिव', 'शव'],
  ['राम', 'रोम'],
  ['バンク', 'ハンク'],
  ['ข้าว', 'ขาว'],
  ['한국건설', '한국건살'],
  ['شركة البناء', 'شركة البنان'],
];

describe('a supplier of Xero and a vendor of Procore', () => {
  it.each(SAME)('%j and %j are the same', (xero, procore) => {
    expect(normaliseName(xero)).toBe(normaliseName(procore));
    expect(normaliseName(xero)).not.toBe('');
    expect(match(xero, vendor('1', procore))).toEqual({ vendor: vendor('1', procore) });
    expect(match(procore, vendor('1', xero))).toEqual({ vendor: vendor('1', xero) });
  });

  it.each(DIFFERENT)('%j and %j are not', (xero, procore) => {
    expect(match(xero, vendor('1', procore))).toBe('none');
    expect(match(procore, vendor('1', xero))).toBe('none');
  });
});

describe('a name of symbols only', () => {
  it.each(['***', '★★★', '#', '—', '\u200B', ''])('%j has nothing to compare by', (name) => {
    expect(normaliseName(name)).toBe('');
  });

  it('matches its exact double and no other name of symbols', () => {
    expect(match('★★★', vendor('1', '***'))).toBe('none');
    expect(match('★★★', vendor('1', '***'), vendor('2', '★★★'))).toEqual({ vendor: vendor('2', '★★★') });
  });
});

describe('a name as long as Xero allows', () => {
  const long = `${'Hudson & Daughters '.repeat(13)}Concrete`.slice(0, 255);

  it('matches itself, and not the same with another end', () => {
    expect(match(long, vendor('1', long.toUpperCase()))).toMatchObject({ vendor: { id: '1' } });
    expect(match(long, vendor('1', `${long.slice(0, -1)}x`))).toBe('none');
  });

  it('is no trouble even as 255 symbols or one word', () => {
    expect(normaliseName('&'.repeat(255))).toBe('and');
    expect(normaliseName('ß'.repeat(255))).toHaveLength(255);
    expect(normaliseName(`a${'\u0301'.repeat(254)}`)).toBe('a');
  });
});

describe('the vendor of a contact', () => {
  it('is the one that the connector made for it, whatever it is called now', () => {
    const own = vendor('2', 'Renamed in Procore', originId);
    expect(match('Hudson Concrete', vendor('1', 'Hudson Concrete'), own)).toEqual({ vendor: own });
  });

  it('is the one with the exact name before one that only sounds alike', () => {
    const exact = vendor('2', 'Hudson Concrete Inc');
    expect(match('Hudson Concrete Inc', vendor('1', 'Hudson Concrete'), exact)).toEqual({ vendor: exact });
  });

  it('is for a person to say where several have the exact name', () => {
    const twins = [
      vendor('1', 'Hudson Concrete'),
      vendor('2', 'Hudson Concrete'),
      vendor('3', 'Hudson Concrete LLC'),
    ];
    expect(match('Hudson Concrete', ...twins)).toEqual({ candidates: twins.slice(0, 2) });
  });

  it('is for a person to say where several sound alike and none is exact', () => {
    const alike = [vendor('1', 'Hudson Concrete Inc'), vendor('2', 'HUDSON CONCRETE LLC')];
    expect(match('Hudson Concrete', ...alike)).toEqual({ candidates: alike });
  });

  it('is none in an empty company', () => {
    expect(match('Hudson Concrete')).toBe('none');
  });

  it('may be shared with another contact of the same name', () => {
    const other = vendor('1', 'Hudson Concrete', 'xero:contact:another');
    expect(match('Hudson Concrete', other)).toEqual({ vendor: other });
  });

  it('is found once it has been made within the same batch', () => {
    const index = indexVendors([]);
    expect(index.match({ name: 'Hudson Concrete', originId })).toBe('none');
    const made = vendor('9', 'Hudson Concrete', originId);
    index.add(made);
    expect(index.match({ name: 'Anything', originId })).toEqual({ vendor: made });
    expect(index.match({ name: 'Hudson Concrete Inc', originId: 'another' })).toEqual({ vendor: made });
  });
});

describe('any name', () => {
  const anyName = fc.string({ unit: 'grapheme', maxLength: 60 });

  it('is its own normal form’s normal form, and matches itself', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const normal = normaliseName(name);
        expect(normaliseName(normal)).toBe(normal);
        expect(match(name, vendor('1', name))).toEqual({ vendor: vendor('1', name) });
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('is the same in either Unicode form and with spaces around', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const normal = normaliseName(name);
        expect(normaliseName(name.normalize('NFD'))).toBe(normal);
        expect(normaliseName(`  ${name.normalize('NFC')}\t`)).toBe(normal);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
