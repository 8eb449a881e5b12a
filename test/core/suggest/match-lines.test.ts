import { describe, expect, it } from '@jest/globals';
import { money } from '../../../lib/core/money.ts';
import type { WrittenSovLine } from '../../../lib/core/procore-records.ts';
import { matchLines, targetOf } from '../../../lib/core/suggest/match-lines.ts';
import { line } from '../builders.ts';

const sov = (id: string, amount: string, fields: Partial<WrittenSovLine> = {}): WrittenSovLine => ({
  id,
  amount: money(amount),
  ...fields,
});
const pairs = (...given: Parameters<typeof matchLines>) => matchLines(...given).map(([a, b]) => [a.id, b.id]);

describe('the lines of an order and of the commitment under its number', () => {
  it("belong together by origin where they are the connector's own, whatever else was changed", () => {
    const lines = [line({ id: 'a', net: '1' }), line({ id: 'b', net: '1' })];
    const written = [sov('1', '1', { originId: 'xero:line:b' }), sov('2', '99', { originId: 'xero:line:a' })];
    expect(pairs(lines, written)).toEqual([
      ['a', '2'],
      ['b', '1'],
    ]);
  });

  it('belong together by amount and text, whatever the case and punctuation', () => {
    const lines = [
      line({ id: 'a', net: '10', description: 'Rebar, #4' }),
      line({ id: 'b', net: '10.004', description: 'Pump' }),
    ];
    expect(
      pairs(lines, [sov('1', '10', { description: 'PUMP' }), sov('2', '10', { description: 'rebar 4' })]),
    ).toEqual([
      ['a', '2'],
      ['b', '1'],
    ]);
  });

  it('belong together by an amount that no other has', () => {
    const lines = [line({ id: 'a', net: '10' }), line({ id: 'b', net: '20' }), line({ id: 'c', net: '20' })];
    expect(pairs(lines, [sov('1', '10'), sov('2', '20'), sov('3', '20')])).toEqual([['a', '1']]);
  });

  it('do not belong together where the amounts differ, or are nothing', () => {
    expect(pairs([line({ id: 'a', net: '10' })], [sov('1', '10.01')])).toEqual([]);
    expect(pairs([line({ id: 'a', net: '0' })], [sov('1', '0', { description: 'Other' })])).toEqual([]);
    expect(pairs([], [sov('1', '1')])).toEqual([]);
  });
});

describe('what a line of a commitment is booked on', () => {
  const costCode = { id: '1', code: '03-300' };
  const costType = { id: '2', code: 'M' };
  it.each([
    ['cost code and cost type', { costCode, costType }, { costCode: '03-300', costType: 'M' }],
    [
      'both, as the WBS code says',
      { costCode, costType, wbsCode: { id: '3', code: '03-300.M' } },
      { costCode: '03-300', costType: 'M' },
    ],
    [
      'a WBS code with further segments',
      { costCode, costType, wbsCode: { id: '3', code: '03-300.M.N' } },
      { wbsCode: '03-300.M.N' },
    ],
    ['a WBS code alone', { wbsCode: { id: '3', code: '03-300.M' } }, { wbsCode: '03-300.M' }],
    ['a cost code without type, which is none', { costCode }, undefined],
  ])('is %s', (_case, fields, target) => {
    expect(targetOf(sov('1', '1', fields))).toEqual(target);
  });
});
