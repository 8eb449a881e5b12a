import { describe, expect, it } from '@jest/globals';
import { allocate } from '../../lib/core/allocate.ts';
import type { CostCodeRule } from '../../lib/core/rules/rule.ts';
import { compileRules } from '../../lib/core/rules/rule-book.ts';
import { line, oakStreet, order, riverside } from './builders.ts';

const target = { costCode: '03-300', costType: 'M' };
const find = (rule: Partial<CostCodeRule>, wanted: ReturnType<typeof line>, project = riverside) =>
  compileRules([{ target, ...rule }]).find(wanted, project)?.target;

const tracked = (option: string, optionId?: string) =>
  line({ tracking: [{ category: 'Area', option, ...(optionId !== undefined && { optionId }) }] });

describe('a rule whose ids are known', () => {
  it.each([
    [
      'its account',
      { account: '310', ids: { account: 'A' } },
      line({ account: '311', accountId: 'A' }),
      line({ accountId: 'B' }),
      line(),
    ],
    [
      'its item',
      { item: 'TIM', ids: { item: 'I' } },
      line({ item: 'TIMBER', itemId: 'I' }),
      line({ item: 'TIM', itemId: 'J' }),
      line({ item: 'TIM' }),
    ],
    [
      'its tracking option',
      { tracking: { category: 'Area', option: 'North' }, ids: { option: 'O' } },
      tracked('North wing', 'O'),
      tracked('North', 'P'),
      tracked('North'),
    ],
  ])(
    'outlives a change of name of %s, and does not go over to another of the former name',
    (_case, rule, renamed, other, bare) => {
      expect(find(rule, renamed)).toEqual(target);
      expect(find(rule, other)).toBeUndefined();
      // A document that does not tell the id is taken at its word.
      expect(find(rule, bare)).toEqual(target);
    },
  );

  it('follows its project', () => {
    const rule = { project: 'Riverside', ids: { project: riverside.id } };
    expect(find(rule, line())).toEqual(target);
    expect(find(rule, line(), { ...oakStreet, name: 'Riverside' })).toBeUndefined();
  });
});

describe('a row of the projects table whose ids are known', () => {
  const tables = (projects: (typeof riverside)[]) => ({
    rules: compileRules([{ target }]),
    projectRules: [
      { category: 'Job', option: 'River', project: '24-101', ids: { option: 'O', project: riverside.id } },
    ],
    projects,
  });
  const job = (option: string, optionId: string) =>
    order({ lines: [line({ tracking: [{ category: 'Job', option, optionId }] })] });

  it('leads from the renamed option to the renumbered project', () => {
    const renumbered = { ...riverside, number: '25-001', name: 'Riverside, phase 2' };
    const shares = allocate(job('River, phase 2', 'O'), tables([renumbered, oakStreet]));
    expect(shares.map(({ project }) => project)).toEqual([renumbered]);
  });

  it('does not lead to another project that took over the number', () => {
    const successor = { ...oakStreet, number: '24-101' };
    expect(() => allocate(job('River', 'O'), tables([successor]))).toThrow(
      expect.objectContaining({ code: 'project-not-visible' }),
    );
  });
});
