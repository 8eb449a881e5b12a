import { describe, expect, it } from '@jest/globals';
import type { Vendor } from '../../lib/core/procore-records.ts';
import { indexVendors } from '../../lib/core/vendor-match.ts';

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
  ['Smith and Company, LLC', 'SMITH & CO.'],
  ['Smith ＆ Sons', 'Smith & Sons'],
  ["O'Brien Masonry", 'OBrien Masonry'],
  ['O’Brien Masonry', "O'Brien Masonry"],
  ['Hawaiʻi Steel', 'Hawaii Steel'],
  ['A-1 Fencing', 'A 1 Fencing'],
  ['Miller/Jones Drywall', 'Miller Jones Drywall'],
  ['Wall-to-Wall Flooring', 'Wall to Wall Flooring'],
  ['The Roofing Company', 'Roofing Co'],
  ['Home Store, The', 'Home Store'],
  ['J. R. Hale Masonry', 'JR Hale Masonry'],
  ['Smith &amp; Sons', 'Smith + Sons'],
  ['Hudson Concrete Co.Ltd', 'Hudson Concrete Company Limited'],
  ['Bayside Rebar Limited Liability Company', 'Bayside Rebar L L C'],
  ['Bayside Rebar Limited Partnership', 'Bayside Rebar LP'],
  ['Northline Public Limited Company', 'Northline PLC'],
  ['Northline Designated Activity Company', 'Northline DAC'],
  ['Homes for All Company Limited by Guarantee', 'Homes for All CLG'],
  ['Tógálaithe Teoranta', 'Togalaithe Ltd'],
  ['Cwmni Adeiladu Cyf', 'Cwmni Adeiladu Limited'],
  ['Coupland Scaffolds P/L', 'Coupland Scaffolds Pty Ltd'],
  ['Botha Staal (Edms) Bpk', 'Botha Staal (Pty) Ltd'],
  ['Botha Staal BK', 'Botha Staal Close Corporation'],
  ['Tan Engineering Private Limited', 'Tan Engineering Pte. Ltd.'],
  ['Toitures Roy Limitée', 'Toitures Roy Ltée'],
  ['Toitures Roy Enr.', 'Toitures Roy'],
  ['The Home Store', 'Home Store'],
  ['A.B.C. Supply', 'ABC Supply'],
  ['ABC Supply (Acct #4471)', 'ABC Supply Acct 4471'],
  ['“Quick” Plumbing!', 'Quick Plumbing'],
  ['Béton Québec Ltée', 'Beton Quebec'],
  ['Béton', 'Be\u0301ton'],
  ['Ångström Glas', 'Angstrom Glas'],
  ['Łódź Windows', 'Lodz Windows'],
  ['Sørensen Tæpper', 'Sorensen Taepper'],
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

describe('a supplier of Xero and a vendor of Procore', () => {
  it.each(SAME)('%j and %j are the same', (xero, procore) => {
    expect(match(xero, vendor('1', procore))).toEqual({ vendor: vendor('1', procore) });
    expect(match(procore, vendor('1', xero))).toEqual({ vendor: vendor('1', xero) });
  });
});

describe('a name of symbols only', () => {
  it.each(['***', '★★★', '#', '—', '\u200B', '', '🏗️👷'])('%j has nothing to compare by', (name) => {
    expect(match(name, vendor('1', '+++ - +++'), vendor('2', '…'), vendor('3', `${name}!`))).toBe('none');
  });

  it('matches its exact double and no other name of symbols', () => {
    expect(match('★★★', vendor('1', '***'))).toBe('none');
    expect(match('★★★', vendor('1', '***'), vendor('2', '★★★'))).toEqual({ vendor: vendor('2', '★★★') });
  });
});

describe('a name as long as Xero allows', () => {
  const long = `${'Hudson & Daughters '.repeat(13)}Concrete`.slice(0, 255);

  it('matches itself, and with another end it is for a person', () => {
    expect(match(long, vendor('1', long.toUpperCase()))).toMatchObject({ vendor: { id: '1' } });
    expect(match(long, vendor('1', `${long.slice(0, -1)}x`))).toMatchObject({
      near: [{ vendor: { id: '1' } }],
    });
  });

  it.each([
    ['symbols', '&'],
    ['one letter', 'ß'],
    ['marks on one letter', '\u0301'],
    ['parts', '(a) - '],
    ['numbers', '12 '],
    ['right to left', 'שיכון ובינוי '],
  ])('is no trouble even where all of it is %s', (_, piece) => {
    const name = `a${piece.repeat(254)}`.slice(0, 255);
    expect(match(name, vendor('1', 'Hudson Concrete'), vendor('2', `${name}x`))).toBeDefined();
    expect(match(name, vendor('1', 'Hudson Concrete'), vendor('2', name))).toEqual({
      vendor: vendor('2', name),
    });
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
    expect(match('Hudson Concrete', ...twins)).toEqual({
      equal: twins.slice(0, 2).map((twin) => ({
        vendor: twin,
        score: 1,
        reason: 'the same name, legal form: none / none',
      })),
    });
  });

  it('is for a person to say where several sound alike and none is exact', () => {
    const alike = [vendor('1', 'Hudson Concrete Inc'), vendor('2', 'HUDSON CONCRETE LLC')];
    expect(match('Hudson Concrete', ...alike)).toEqual({
      equal: [
        { vendor: alike[0], score: 1, reason: 'the same name, legal form: none / Inc' },
        { vendor: alike[1], score: 1, reason: 'the same name, legal form: none / LLC' },
      ],
    });
  });

  it('is the one of its own legal form beside one of another', () => {
    const incorporated = vendor('2', 'Hudson Concrete, Incorporated');
    expect(match('Hudson Concrete Inc', vendor('1', 'Hudson Concrete LLC'), incorporated)).toEqual({
      vendor: incorporated,
    });
  });

  it('is for a person where one vendor names no legal form and another names a different one', () => {
    const [open, other] = [vendor('1', 'HUDSON CONCRETE'), vendor('2', 'Hudson Concrete LLC')];
    expect(match('Hudson Concrete Inc', other, open)).toMatchObject({
      equal: [
        { vendor: open, score: 1 },
        { vendor: other, score: 0.95, reason: 'differs by the legal form: Inc / LLC' },
      ],
    });
  });

  it('is for a person where the name is nothing but a legal form, written in another way', () => {
    expect(match('L.L.C.', vendor('1', 'LLC'))).toMatchObject({ equal: [{ vendor: { id: '1' } }] });
    expect(match('The Company', vendor('1', 'Company, The'))).toMatchObject({
      equal: [{ vendor: { id: '1' } }],
    });
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
