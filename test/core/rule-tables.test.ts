import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findTies } from '../../lib/core/rules/rule-ties.ts';
import { answerOf, anyLine, anyProject, anyTable, naiveFind } from './rule-tables.ts';

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
