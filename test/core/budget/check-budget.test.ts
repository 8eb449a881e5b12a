import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProjectBudget } from '../../../lib/core/budget/check-budget.ts';
import { budgetPictures, raises, watched } from '../../../lib/core/budget/check-budget.ts';
import { figuresOf } from '../../../lib/core/budget/figures.ts';
import type { Spending } from '../../../lib/core/budget/spending.ts';
import type { Awaited } from '../../../lib/core/budget/unseen.ts';
import { reserved, settled } from '../../../lib/core/budget/unseen.ts';
import { formatMoney, money, sum } from '../../../lib/core/money.ts';
import type { BudgetRow } from '../../../lib/core/procore-records.ts';

const PROJECT = { id: '7', name: 'Oak Street' };
const CONCRETE = { costCodeId: '1', costTypeId: 'M' };
const FENCE = { costCodeId: '2', costTypeId: 'E' };

function row(target: typeof CONCRETE, amounts: [string, string, string, string], budgeted = true): BudgetRow {
  const [revised, committed, direct, pending] = amounts.map(money);
  return {
    ...target,
    name: target.costCodeId,
    budgeted,
    columns: {
      'Revised Budget': revised!,
      'Committed Costs': committed!,
      'Direct Costs': direct!,
      'Pending Cost Changes': pending!,
    },
  };
}

const NOW = new Date('2026-11-22T09:00:00.000Z');

function budget(rows: BudgetRow[], earlier: Spending[] = [], awaited: Awaited = {}): ProjectBudget {
  const codeName: ProjectBudget['codeName'] = ({ ...target }) => JSON.stringify(target);
  return { project: PROJECT, rows, earlier, awaited, now: NOW, codeName };
}

const spending = (amount: string, target = CONCRETE): Spending => ({
  projectId: PROJECT.id,
  target,
  amount: money(amount),
});

describe('what is left of a budget', () => {
  it('is the revised budget less what is committed, direct and pending, and less what was held before', () => {
    const rows = [row(CONCRETE, ['1000', '300', '50', '25']), row(FENCE, ['200', '0', '0', '0'])];
    const claim = { after: [spending('900')], before: [] };
    const [whole, code] = budgetPictures(claim, budget(rows, [spending('100', FENCE)]));
    expect([whole, code].map((one) => [formatMoney(one!.remaining), formatMoney(one!.over)])).toEqual([
      ['725.00', '175.00'],
      ['625.00', '275.00'],
    ]);
  });

  it('does not count what stands of the document itself twice', () => {
    const rows = [row(CONCRETE, ['1000', '800', '0', '0'])];
    const claim = { after: [spending('950')], before: [spending('800')] };
    const [whole] = budgetPictures(claim, budget(rows));
    expect([formatMoney(whole!.remaining), formatMoney(whole!.over)]).toEqual(['1000.00', '0.00']);
  });

  it('is less what the connector wrote a moment ago, whether the view shows it yet, in part, or not', () => {
    const claim = { after: [spending('400')], before: [] };
    const first = budgetPictures(claim, budget([row(CONCRETE, ['1000', '300', '0', '0'])]));
    const awaited = settled(first, reserved(first, {}, NOW), true, NOW);
    const remaining = (committed: string, now = NOW) =>
      budgetPictures(claim, {
        ...budget([row(CONCRETE, ['1000', committed, '0', '0'])], [], awaited),
        now,
      }).map((one) => formatMoney(one.remaining));
    expect(remaining('300')).toEqual(['300.00', '300.00']);
    expect(remaining('550')).toEqual(['300.00', '300.00']);
    expect(remaining('700')).toEqual(['300.00', '300.00']);
    // Others have spent as well, or given something back.
    expect(remaining('750')).toEqual(['250.00', '250.00']);
    expect(remaining('100')).toEqual(['500.00', '500.00']);
    const later = new Date(NOW.getTime() + 15 * 60_000);
    expect(remaining('300', later)).toEqual(['700.00', '700.00']);
  });

  it('is less all of what was written one after the other while the view was late', () => {
    const rows = [row(CONCRETE, ['1000', '300', '0', '0'])];
    let awaited: Awaited = {};
    for (const left of ['700.00', '600.00', '500.00']) {
      const claim = { after: [spending('100')], before: [] };
      const pictures = budgetPictures(claim, budget(rows, [], awaited));
      expect(formatMoney(pictures[0]!.remaining)).toBe(left);
      awaited = reserved(pictures, awaited, NOW);
    }
  });

  it('is as before once it is known that nothing will be written, beside what others reserved', () => {
    const rows = [row(CONCRETE, ['1000', '300', '0', '0'])];
    const look = (amount: string, awaited: Awaited, now = NOW) =>
      budgetPictures({ after: [spending(amount)], before: [] }, { ...budget(rows, [], awaited), now });
    const left = (awaited: Awaited, now = NOW) => formatMoney(look('1', awaited, now)[0]!.remaining);
    const first = look('100', {});
    const both = reserved(look('50', reserved(first, {}, NOW)), reserved(first, {}, NOW), NOW);
    expect(left(both)).toBe('550.00');
    const one = settled(first, both, false, NOW);
    expect(left(one)).toBe('650.00');
    expect(settled(look('50', {}), one, false, NOW)).toEqual({});
    // A worker that died over it has told nobody.
    expect(left(both, new Date(NOW.getTime() + 6 * 60_000))).toBe('700.00');
    expect(left(settled(first, both, true, NOW), new Date(NOW.getTime() + 6 * 60_000))).toBe('550.00');
  });

  it('is nothing on a code that the budget lacks', () => {
    const pictures = budgetPictures(
      { after: [spending('10', FENCE)], before: [] },
      budget([row(CONCRETE, ['1000', '0', '0', '0'])]),
    );
    expect(watched(pictures, 'budget-code').map(({ over }) => formatMoney(over))).toEqual(['10.00']);
    expect(watched(pictures, 'project').map(({ over }) => formatMoney(over))).toEqual(['0.00']);
  });

  it('cannot be told where the project has no budget, or the view no such column', () => {
    const claim = { after: [spending('10')], before: [] };
    const unbudgeted = row(CONCRETE, ['0', '10', '0', '0'], false);
    expect(() => budgetPictures(claim, budget([unbudgeted]))).toThrow('has no budget');
    const { 'Direct Costs': _hidden, ...columns } = row(CONCRETE, ['1', '0', '0', '0']).columns;
    expect(() => figuresOf({ name: '1', budgeted: true, columns })).toThrow('Direct Costs');
  });

  it('is read under the titles and keys that companies give their columns', () => {
    const named = {
      original_budget_amount: money('100'),
      budget_modifications: money('20'),
      approved_cos: money('5'),
      'Committed Cost': money('1'),
      DirectCosts: money('2'),
      pending_cost_changes: money('3'),
    };
    const { revised, committed, direct, pending } = figuresOf({ name: '', budgeted: true, columns: named });
    expect([revised, committed, direct, pending].map(formatMoney)).toEqual([
      '125.00',
      '1.00',
      '2.00',
      '3.00',
    ]);
  });
});

describe('whether a document takes more than it has', () => {
  const cents = fc.integer({ min: 0, max: 1_000_000 }).map((value) => money((value / 100).toFixed(2)));
  const some = fc.array(
    fc.record({
      projectId: fc.constantFrom('1', '2'),
      target: fc.constantFrom(CONCRETE, FENCE),
      amount: cents,
    }),
    { maxLength: 6 },
  );

  it('is said of no document that stands as it is, and of none that only shrinks', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 10 }), (standing, tenths) => {
        const less = standing.map((one) => ({ ...one, amount: one.amount.times(tenths).div(10) }));
        expect(raises({ after: standing, before: standing }, 'both')).toBe(false);
        expect(raises({ after: less, before: standing }, 'both')).toBe(false);
      }),
    );
  });

  it('is said of each that grows by a cent in a project, wherever in it', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(CONCRETE, FENCE), (standing, target) => {
        const more = [...standing, { projectId: '1', target, amount: money('0.01') }];
        expect(raises({ after: more, before: standing }, 'project')).toBe(true);
        expect(raises({ after: more, before: standing }, 'off')).toBe(false);
      }),
    );
  });

  it('of documents one after the other never more pass than there is budget', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 12 }), cents, (wanted, left) => {
        let committed = money('0');
        const held: Spending[] = [];
        for (const amount of wanted) {
          const rows = [row(CONCRETE, [left.toFixed(2), committed.toFixed(2), '0', '0'])];
          const claim = { after: [spending(amount.toFixed(2))], before: [] };
          const [whole] = budgetPictures(claim, budget(rows, held));
          if (whole!.over.gt(0)) held.push(spending(amount.toFixed(2)));
          else committed = sum([committed, amount]);
        }
        expect(committed.lte(left)).toBe(true);
      }),
    );
  });
});
