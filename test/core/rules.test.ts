import { describe, expect, it } from '@jest/globals';
import type { DocumentLine } from '../../lib/core/documents.ts';
import type { Project } from '../../lib/core/procore-records.ts';
import type { CostCodeRule, RuleTarget } from '../../lib/core/rules/rule.ts';
import { describeRule } from '../../lib/core/rules/rule.ts';
import { compileRules } from '../../lib/core/rules/rule-book.ts';
import { findTies } from '../../lib/core/rules/rule-ties.ts';
import { line, lineWithoutAccount, oakStreet, riverside, tracking } from './builders.ts';
import { answerOf } from './rule-tables.ts';

const to = (costCode: string): RuleTarget => ({ costCode, costType: 'Materials' });
const trade = (option: string) => ({ category: 'Trade', option });

function lookUp(rules: CostCodeRule[], wanted: DocumentLine, project = riverside) {
  return answerOf(rules, wanted, project);
}

describe('the lookup table of cost codes', () => {
  it('knows nothing before rules are imported', () => {
    expect(lookUp([], line())).toBeUndefined();
    expect(findTies([])).toEqual([]);
  });

  it('takes a rule without keys for every line, one without an account included', () => {
    expect(lookUp([{ target: to('01-000') }], line())).toEqual(to('01-000'));
    expect(lookUp([{ target: to('01-000') }], lineWithoutAccount())).toEqual(to('01-000'));
  });

  it('never sends a line without an account by the rule of an account', () => {
    expect(lookUp([{ account: '310', target: to('03-300') }], lineWithoutAccount())).toBeUndefined();
  });

  it('tells account 310 from 3100 and from 031', () => {
    const rules = [{ account: '310', target: to('03-300') }];
    expect(lookUp(rules, line({ account: '3100' }))).toBeUndefined();
    expect(lookUp(rules, line({ account: '031' }))).toBeUndefined();
  });

  const table: CostCodeRule[] = [
    { target: to('any') },
    { account: '310', target: to('account') },
    { account: '310', item: '*', target: to('any item') },
    { account: '310', item: 'TIM-*', target: to('timber') },
    { account: '310', item: 'TIM-2*', target: to('two-by') },
    { account: '310', item: 'TIM-2X4', target: to('two-by-four') },
    { account: '310', item: 'TIM-*', project: '24-117', target: to('timber at Oak Street') },
    { account: '310', item: 'TIM-*', project: '24-117', tracking: trade('Framing'), target: to('framing') },
  ];
  it.each<[string, DocumentLine, Project, string]>([
    ['another account falls to the rule for anything', line({ account: '400' }), riverside, 'any'],
    ['an account beats anything', line(), riverside, 'account'],
    ['an item beats its account alone', line({ item: 'CON-32' }), riverside, 'any item'],
    ['a prefix beats any item', line({ item: 'TIM-6X6' }), riverside, 'timber'],
    ['a longer prefix beats a shorter one', line({ item: 'TIM-2X6' }), riverside, 'two-by'],
    ['the exact item beats every prefix', line({ item: 'TIM-2X4' }), riverside, 'two-by-four'],
    [
      'more keys beat an exact item: the project’s own rule',
      line({ item: 'TIM-2X4' }),
      oakStreet,
      'timber at Oak Street',
    ],
    [
      'four keys beat three',
      line({ item: 'TIM-2X4', tracking: tracking('Trade=Framing') }),
      oakStreet,
      'framing',
    ],
    [
      'a rule whose project is another does not count',
      line({ item: 'TIM-6X6', tracking: tracking('Trade=Framing') }),
      riverside,
      'timber',
    ],
  ])('%s', (_case, wanted, project, costCode) => {
    expect(lookUp(table, wanted, project)).toEqual(to(costCode));
    expect(lookUp(table.toReversed(), wanted, project)).toEqual(to(costCode));
    expect(findTies(table)).toEqual([]);
  });

  it('takes a prefix for itself too: TIM-* is for TIM- and not for tim-', () => {
    const rules = [{ item: 'TIM-*', target: to('06-100') }];
    expect(lookUp(rules, line({ item: 'TIM-' }))).toEqual(to('06-100'));
    expect(lookUp(rules, line({ item: 'tim-1' }))).toBeUndefined();
    expect(lookUp(rules, line())).toBeUndefined();
  });

  it('takes a star in the middle of an item as the character that it is', () => {
    const rules = [{ item: 'A*B', target: to('06-100') }];
    expect(lookUp(rules, line({ item: 'A*B' }))).toEqual(to('06-100'));
    expect(lookUp(rules, line({ item: 'A1B' }))).toBeUndefined();
  });
});

describe('a line with two tracking categories', () => {
  const both = line({ tracking: tracking('Job=Riverside', 'Trade=Concrete') });

  it('is found by either of them, whichever comes first in Xero', () => {
    const rules = [{ account: '310', tracking: trade('Concrete'), target: to('03-300') }];
    expect(lookUp(rules, both)).toEqual(to('03-300'));
    expect(lookUp(rules, { ...both, tracking: both.tracking.toReversed() })).toEqual(to('03-300'));
  });

  it('is not found by an option of the right name in the wrong category', () => {
    const rules = [{ tracking: { category: 'Job', option: 'Concrete' }, target: to('03-300') }];
    expect(lookUp(rules, both)).toBeUndefined();
  });

  it('is found whatever the case that category and option were typed in', () => {
    const rules = [{ tracking: { category: 'TRADE', option: 'concrete' }, target: to('03-300') }];
    expect(lookUp(rules, both)).toEqual(to('03-300'));
  });

  const rivals: CostCodeRule[] = [
    { tracking: trade('Concrete'), target: to('03-300') },
    { tracking: { category: 'Job', option: 'Riverside' }, target: to('01-000') },
  ];
  it('is refused where two rules of equal rank name one category each, and the import says so beforehand', () => {
    expect(lookUp(rivals, both)).toBe('tie');
    expect(findTies(rivals)).toEqual([{ first: 0, second: 1 }]);
  });

  it('names both rules in the refusal', () => {
    expect(() => compileRules(rivals).find(both, riverside)).toThrow(
      expect.objectContaining({
        code: 'rules-tie',
        facts: { rules: ['* / * / Trade=Concrete / *', '* / * / Job=Riverside / *'] },
      }),
    );
  });

  it('may meet two options of one category in the table, since it carries only one of them', () => {
    const rules = [
      { tracking: trade('Concrete'), target: to('03-300') },
      { tracking: trade('Timber'), target: to('06-100') },
    ];
    expect(findTies(rules)).toEqual([]);
    expect(lookUp(rules, both)).toEqual(to('03-300'));
  });
});

describe('a rule for one project', () => {
  it.each([
    ['its number', '24-101'],
    ['its name', 'Riverside Medical Center'],
    ['its name in another case', 'RIVERSIDE MEDICAL CENTER'],
    ['its Procore id', '562949953'],
  ])('names it by %s', (_how, project) => {
    expect(lookUp([{ project, target: to('03-300') }], line())).toEqual(to('03-300'));
    expect(lookUp([{ project, target: to('03-300') }], line(), oakStreet)).toBeUndefined();
  });

  it('does not take part of a name or number for the project', () => {
    for (const project of ['Riverside', '24', '56294995', '']) {
      expect(lookUp([{ project, target: to('03-300') }], line())).toBeUndefined();
    }
  });

  it('is not for lines that belong to no project', () => {
    const rules = [
      { project: '24-101', target: to('03-300') },
      { account: '310', target: { leaveOut: 'office' } },
    ];
    expect(compileRules(rules).find(line(), undefined)?.target).toEqual({ leaveOut: 'office' });
  });

  it('ties with a rule that names the same project by another text once a line meets both', () => {
    const rules = [
      { project: '24-101', target: to('03-300') },
      { project: 'Riverside Medical Center', target: to('06-100') },
    ];
    expect(lookUp(rules, line())).toBe('tie');
  });
});

describe('two rules of equal rank', () => {
  const accountAndTrade: CostCodeRule = { account: '310', tracking: trade('Concrete'), target: to('03-300') };
  const accountAndProject: CostCodeRule = { account: '310', project: '24-101', target: to('06-100') };
  const wanted = line({ tracking: tracking('Trade=Concrete') });

  it('tie where one line can meet both', () => {
    const rules = [accountAndTrade, accountAndProject];
    expect(findTies(rules)).toEqual([{ first: 0, second: 1 }]);
    expect(lookUp(rules, wanted)).toBe('tie');
    expect(lookUp(rules, wanted, oakStreet)).toEqual(to('03-300'));
  });

  it('are fine where a more specific rule covers everything that both of them match', () => {
    const rules = [
      accountAndTrade,
      accountAndProject,
      { account: '310', tracking: trade('Concrete'), project: '24-101', target: to('09-900') },
    ];
    expect(findTies(rules)).toEqual([]);
    expect(lookUp(rules, wanted)).toEqual(to('09-900'));
  });

  it('still tie where the more specific rule covers only some of it', () => {
    const rules = [
      accountAndTrade,
      accountAndProject,
      {
        account: '310',
        item: 'CON-*',
        tracking: trade('Concrete'),
        project: '24-101',
        target: to('09-900'),
      },
    ];
    expect(findTies(rules)).toEqual([{ first: 0, second: 1 }]);
    expect(lookUp(rules, wanted)).toBe('tie');
    expect(lookUp(rules, { ...wanted, item: 'CON-1' })).toEqual(to('09-900'));
  });

  it('are fine where both say the same', () => {
    const rules = [accountAndTrade, { ...accountAndProject, target: accountAndTrade.target }];
    expect(findTies(rules)).toEqual([]);
    expect(lookUp(rules, wanted)).toEqual(to('03-300'));
  });

  it('tie with a third that says otherwise even though the first two agree', () => {
    const agreeing = { ...accountAndTrade, tracking: { category: 'Phase', option: '1' } };
    const line2 = line({ tracking: tracking('Trade=Concrete', 'Phase=1') });
    expect(lookUp([accountAndTrade, agreeing, accountAndProject], line2)).toBe('tie');
    expect(lookUp([accountAndProject, agreeing, accountAndTrade], line2)).toBe('tie');
  });

  it('tie across an account’s rules and those for any account', () => {
    const rules: CostCodeRule[] = [
      { account: '310', target: to('03-300') },
      { tracking: trade('Concrete'), target: to('06-100') },
    ];
    expect(findTies(rules)).toEqual([{ first: 0, second: 1 }]);
    expect(lookUp(rules, wanted)).toBe('tie');
  });

  it('are reported once each in a table of copies, by their rows', () => {
    const rules = ['a', 'b', 'c'].map((code) => ({ account: '310', target: to(code) }));
    expect(findTies(rules)).toEqual([
      { first: 0, second: 1 },
      { first: 0, second: 2 },
      { first: 1, second: 2 },
    ]);
  });
});

describe('a rule in words', () => {
  it('shows its keys in the order of the CSV, a star for any', () => {
    expect(describeRule({ target: to('x') })).toBe('* / * / * / *');
    expect(
      describeRule({
        account: '310',
        item: 'TIM-*',
        tracking: trade('Framing'),
        project: '24-101',
        target: to('x'),
      }),
    ).toBe('310 / TIM-* / Trade=Framing / 24-101');
  });
});
