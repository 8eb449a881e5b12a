import { describe, expect, it } from '@jest/globals';
import { coverageOf } from '../../lib/core/coverage/coverage.ts';
import { shareOf } from '../../lib/core/coverage/sums.ts';
import type { CostCodeRule } from '../../lib/core/rules/rule.ts';
import { compileRules } from '../../lib/core/rules/rule-book.ts';
import { line, lineWithoutAccount, oakStreet, order, riverside, tracking } from './builders.ts';

const target = { costCode: '03-300', costType: 'M' };
const projectRules = [
  { category: 'Job', option: 'River', project: '24-101' },
  { category: 'Job', option: 'Oak', project: '24-117' },
];
const cover = (documents: ReturnType<typeof order>[], rules: CostCodeRule[]) =>
  coverageOf(
    documents,
    { rules: compileRules(rules), projectRules, projects: [riverside, oakStreet] },
    'USD',
  );
const on = (...lines: ReturnType<typeof line>[]) =>
  order({
    lines: lines.map((it, index) => ({
      ...it,
      id: String(index),
      tracking: [...tracking('Job=River'), ...it.tracking],
    })),
  });
const gapsOf = (...given: Parameters<typeof cover>) =>
  cover(...given).gaps.map(({ kind, what, lacks, lines, money }) => [
    kind,
    what,
    lacks,
    lines,
    money.USD?.toFixed(2),
  ]);

describe('the coverage of lines by the tables', () => {
  it('is all where every line is booked or left out on purpose', () => {
    const rules = [
      { account: '310', target },
      { account: '400', target: { leaveOut: 'office' } },
    ];
    const { gaps, all, mapped } = cover([on(line(), line({ account: '400' }))], rules);
    expect([gaps, shareOf(mapped, all, 'USD')]).toEqual([[], 100]);
  });

  it('lacks an account as a whole where none of its lines has a rule, whatever its items', () => {
    expect(gapsOf([on(line({ item: 'A' }), line({ item: 'B' }), line())], [])).toEqual([
      ['account', 'account 310', 'no rule', 3, '300.00'],
    ]);
  });

  it('lacks the item or the option where others of the account have a rule', () => {
    const lines = [
      line({ item: 'TIM-1' }),
      line({ item: 'CON-1' }),
      line({ tracking: tracking('Area=Slab') }),
      line({ net: '7' }),
    ];
    expect(gapsOf([on(...lines)], [{ account: '310', item: 'TIM-*', target }])).toEqual([
      ['item', 'account 310 with item CON-1', 'no rule', 1, '100.00'],
      ['option', 'account 310 with Area=Slab', 'no rule', 1, '100.00'],
      ['account', 'account 310 without an item', 'no rule', 1, '7.00'],
    ]);
  });

  it('lacks projects, by the option of a project category alone', () => {
    const harbor = line({ tracking: tracking('Job=Harbor', 'Area=Slab') });
    expect(gapsOf([order({ lines: [harbor, line()] })], [{ target }])).toEqual([
      ['option', 'Job=Harbor', 'no project', 1, '100.00'],
      ['option', 'lines without tracking', 'no project', 1, '100.00'],
    ]);
  });

  it('tells apart what else may be wrong', () => {
    const both = line({ tracking: tracking('Job=Oak') });
    const ties: CostCodeRule[] = [
      { account: '310', tracking: { category: 'Area', option: 'Slab' }, target },
      { account: '310', project: '24-101', target: { wbsCode: 'x' } },
    ];
    const lines = [both, lineWithoutAccount({ tracking: [] }), line({ tracking: tracking('Area=Slab') })];
    expect(gapsOf([on(...lines)], ties).map(([kind, what, lacks]) => [kind, what, lacks])).toEqual([
      ['option', 'Job=River + Job=Oak', 'two projects'],
      ['line', 'lines without an account', 'no account'],
      ['rule', '310 / * / Area=Slab / * and 310 / * / * / 24-101', 'equal rank'],
    ]);
  });

  it('weighs by money, a discount like a charge, other currencies apart and after that of the books', () => {
    const documents = [
      on(line({ account: '1', net: '-500' }), line({ account: '2', net: '400' })),
      { ...on(line({ account: '3', net: '9000' })), id: 'b', currency: 'CAD' },
    ];
    const { gaps, all } = cover(documents, []);
    expect(gaps.map(({ what, documents }) => [what, documents])).toEqual([
      ['account 1', 1],
      ['account 2', 1],
      ['account 3', 1],
    ]);
    expect(Object.entries(all.money).map(([currency, sum]) => [currency, sum.toFixed(2)])).toEqual([
      ['USD', '900.00'],
      ['CAD', '9000.00'],
    ]);
  });

  it('is never said to be whole before it is, and of no money goes by lines', () => {
    const rules = [{ account: '310', target }];
    const almost = cover([on(line({ net: '99999' }), line({ account: '1', net: '0.01' }))], rules);
    expect(shareOf(almost.mapped, almost.all, 'USD')).toBe(99);
    const free = cover([on(line({ net: '0' }), line({ net: '0', account: '1' }))], rules);
    expect(shareOf(free.mapped, free.all, 'USD')).toBe(50);
    const none = cover([], rules);
    expect(shareOf(none.mapped, none.all, 'USD')).toBe(100);
  });

  it('knows the rows that decided, and the contacts behind lines that are not left out', () => {
    const rules: CostCodeRule[] = [
      { account: '310', target },
      { account: '310', item: 'TIM-*', target },
      { account: '400', target: { leaveOut: 'office' } },
    ];
    const office = { ...on(line({ account: '400' })), id: 'b', contact: { id: 'c-2', name: 'Stationers' } };
    const { used, contacts } = cover([on(line({ item: 'TIM-1' })), office], rules);
    expect([...rules, ...projectRules].map((row) => used.has(row))).toEqual([false, true, true, true, false]);
    expect(contacts).toMatchObject([{ name: 'Hudson Concrete', lines: 1 }]);
  });
});
