import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NotedRule } from '../../lib/core/rules/rule.ts';
import { changesInWords, compareTables, countChanges, rowKey } from '../../lib/core/rules/table-diff.ts';
import { anyTable } from './rule-tables.ts';

const concrete = { costCode: '03-300', costType: 'M' };
const rule = (account: string, fields: Partial<NotedRule> = {}): NotedRule => ({
  account,
  target: concrete,
  ...fields,
});
const pump = { costCode: '03-300', costType: 'E' };

describe('what changed between two versions of a table', () => {
  it('is told row by row, in words', () => {
    const before = [
      rule('5000'),
      rule('5100', { note: 'subs' }),
      rule('5200', { target: { leaveOut: 'office' } }),
    ];
    const after = [
      rule('5000', { target: pump }),
      rule('5100', { note: 'subs' }),
      rule('5300', { item: 'A-*', project: '1047' }),
    ];
    expect(compareTables(before, after)).toEqual([
      { what: 'changed', before: '5000 / * / * / * → 03-300 M', after: '5000 / * / * / * → 03-300 E' },
      { what: 'added', after: '5300 / A-* / * / 1047 → 03-300 M' },
      { what: 'removed', before: '5200 / * / * / * → left out: office' },
    ]);
    expect(changesInWords(countChanges(compareTables(before, after)))).toBe('1 added, 1 removed, 1 changed');
  });

  it('of projects is about the option, whichever project it had', () => {
    const row = (option: string, project: string) => ({ category: 'Job', option, project });
    expect(
      compareTables([row('Oak', '1047'), row('River', '1042')], [row('oak', '1051'), row('River', '1042')]),
    ).toEqual([{ what: 'changed', before: 'Job=Oak → 1047', after: 'Job=oak → 1051' }]);
  });

  it('is nothing where only ids became known, or rows stand in another order', () => {
    const known = rule('5000', { ids: { account: 'A' } });
    expect(compareTables([rule('5000'), rule('5100')], [rule('5100'), known])).toEqual([]);
    expect(changesInWords(countChanges([]))).toBe('nothing changed');
  });

  it('is a change where a record was renamed, or another took over its name', () => {
    const [renamed, before] = ['5105', '5100'].map((account) => rule(account, { ids: { account: 'A' } })) as [
      NotedRule,
      NotedRule,
    ];
    expect(compareTables([before], [renamed])).toMatchObject([{ what: 'changed' }]);
    expect(compareTables([before], [{ ...before, ids: { account: 'B' } }])).toEqual([
      {
        what: 'changed',
        before: '5100 / * / * / * → 03-300 M',
        after: '5100 / * / * / * → 03-300 M, another record of the same name',
      },
    ]);
  });

  /** As every import makes sure. */
  const withoutRepeats = anyTable.map((rows) => [...new Map(rows.map((row) => [rowKey(row), row])).values()]);

  it('adds up: what was there, less what is gone, and what is new, is what is there', () => {
    fc.assert(
      fc.property(withoutRepeats, withoutRepeats, (before, after) => {
        const { added, removed } = countChanges(compareTables(before, after));
        expect(before.length - removed + added).toBe(after.length);
        expect(compareTables(after, after)).toEqual([]);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});
