import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CostCodeRule } from '../../lib/core/rules/rule.ts';
import { compareSpecificity, matches } from '../../lib/core/rules/rule.ts';
import { findTies } from '../../lib/core/rules/rule-ties.ts';
import { answerOf, anyLine, anyProject, anyRule, anyTable, naiveFind } from './rule-tables.ts';

describe('any table of cost-code rules', () => {
  const runs = { seed: 20261102, numRuns: 3000 };

  it('gives what weighing every row by hand gives', () => {
    fc.assert(
      fc.property(anyTable, anyLine, anyProject, (rules, wanted, project) => {
        expect(answerOf(rules, wanted, project)).toEqual(naiveFind(rules, wanted, project));
      }),
      runs,
    );
  });

  it('gives the same whatever the order of its rows', () => {
    const shuffled = anyTable.chain((rules) =>
      fc.tuple(
        fc.constant(rules),
        fc.shuffledSubarray(rules, { minLength: rules.length, maxLength: rules.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, anyLine, anyProject, ([rules, others], wanted, project) => {
        expect(answerOf(others, wanted, project)).toEqual(answerOf(rules, wanted, project));
      }),
      runs,
    );
  });

  it('never ties on a line once its import found no ties', () => {
    let untied = 0;
    fc.assert(
      fc.property(anyTable, anyLine, anyProject, (rules, wanted, project) => {
        if (findTies(rules).length > 0) return;
        untied += 1;
        expect(answerOf(rules, wanted, project)).not.toBe('tie');
      }),
      { ...runs, numRuns: 20_000 },
    );
    expect(untied).toBeGreaterThan(1000);
  });

  it('finds ties whatever the order of its rows', () => {
    fc.assert(
      fc.property(anyTable, (rules) => {
        expect(findTies(rules.toReversed())).toHaveLength(findTies(rules).length);
      }),
      runs,
    );
  });
});

describe('any table whose rules know ids', () => {
  const id = fc.constantFrom('A', 'B', undefined);
  const withIds = <T>(of: fc.Arbitrary<T>) => fc.tuple(of, id, id, id);
  const table = fc.array(withIds(anyRule), { maxLength: 10 }).map((rows) =>
    rows.map(([rule, account, item, option]) => {
      // A pattern names no single item.
      const ofItem = rule.item?.endsWith('*') ? undefined : item;
      const ids = Object.entries({ account, item: ofItem, option }).filter(
        ([, known]) => known !== undefined,
      );
      return { ...rule, ids: Object.fromEntries(ids) as CostCodeRule['ids'] & {} };
    }),
  );
  const wantedLine = withIds(anyLine).map(([wanted, accountId, itemId, optionId]) => ({
    ...wanted,
    ...(accountId !== undefined && { accountId }),
    ...(itemId !== undefined && { itemId }),
    tracking: wanted.tracking.map((choice) => ({ ...choice, ...(optionId !== undefined && { optionId }) })),
  }));

  it('finds by its index what looking at every row finds', () => {
    fc.assert(
      fc.property(table, wantedLine, anyProject, (rules, wanted, project) => {
        const fitting = rules.filter((rule) => matches(rule, wanted, project));
        const top = fitting.filter((rule) => fitting.every((other) => compareSpecificity(rule, other) >= 0));
        const targets = new Set(top.map(({ target }) => JSON.stringify(target)));
        expect(answerOf(rules, wanted, project)).toEqual(targets.size > 1 ? 'tie' : top[0]?.target);
      }),
      { seed: 20261122, numRuns: 3000 },
    );
  });
});
