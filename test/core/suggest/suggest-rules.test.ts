import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CostCodeRule, LineKeys, RuleTarget } from '../../../lib/core/rules/rule.ts';
import { compileRules } from '../../../lib/core/rules/rule-book.ts';
import { findTies } from '../../../lib/core/rules/rule-ties.ts';
import { listCodes } from '../../../lib/core/suggest/code-list.ts';
import type { Posted } from '../../../lib/core/suggest/from-posted.ts';
import type { RuleWorld, Wanted } from '../../../lib/core/suggest/rule-world.ts';
import { suggestRules } from '../../../lib/core/suggest/suggest-rules.ts';
import { oakStreet, riverside, tracking } from '../builders.ts';
import { anyLine, anyTable } from '../rule-tables.ts';

const codes = listCodes([
  {
    costCodes: [
      { id: '0', code: '03', name: 'Concrete', leaf: false },
      { id: '1', code: '03-300', name: 'Cast-in-Place Concrete', leaf: true },
      { id: '2', code: '09-250', name: 'Gypsum Board', leaf: true },
      { id: '3', code: '01-650', name: 'Freight and Delivery', leaf: true },
      { id: '4', code: '22-100', name: 'Plumbing', leaf: true },
    ],
    costTypes: [
      { id: '11', code: 'M', name: 'Materials' },
      { id: '12', code: 'S', name: 'Subcontract' },
    ],
    wbsCodes: [
      { id: '21', code: '09-250.M' },
      { id: '22', code: '09-250.S' },
      { id: '23', code: '01-650.M' },
      { id: '24', code: '03-300.M' },
      { id: '25', code: '22-100.S' },
    ],
  },
]);

const to = (code: string, type = 'M'): RuleTarget => ({ costCode: code, costType: type });
const keys = (account: string, item?: string, ...options: string[]): LineKeys => ({
  account,
  ...(item !== undefined && { item }),
  tracking: tracking(...options),
});
const posted = (count: number, line: LineKeys, target: RuleTarget, project = riverside): Posted[] =>
  Array.from({ length: count }, () => ({ line, target, project }));

function suggest(world: Partial<RuleWorld> & { wanted?: Wanted[] }) {
  const { wanted, ...rest } = world;
  const lines = wanted ?? (rest.posted ?? []).map(({ line, project }) => ({ line, project, lines: 1 }));
  const { suggested, open } = suggestRules(lines, {
    rules: [],
    posted: [],
    codes,
    names: { account: new Map(), item: new Map() },
    isProjectCategory: (category) => category === 'Project',
    textOf: ({ number, name }) => number ?? name,
    ...rest,
  });
  return { rules: suggested, open };
}

describe('what was posted before', () => {
  it('suggests the account where four of five lines agree', () => {
    expect(
      suggest({
        posted: [...posted(4, keys('5000'), to('03-300')), ...posted(1, keys('5000'), to('09-250'))],
      }).rules,
    ).toEqual([{ account: '5000', target: to('03-300'), note: '4 of 5 lines posted before' }]);
  });

  it.each([
    ['fewer than three lines', posted(2, keys('5000'), to('03-300'))],
    [
      'lines that do not agree',
      [...posted(3, keys('5000'), to('03-300')), ...posted(1, keys('5000'), to('09-250'))],
    ],
  ])('suggests nothing from %s, and shows what they say', (_case, votes) => {
    const { rules, open } = suggest({ posted: votes });
    expect(rules).toEqual([]);
    expect(open).toMatchObject([
      {
        what: 'account 5000',
        candidates: [
          expect.stringMatching(/^03-300 M \(\d of \d lines posted before\)$/),
          ...(votes.length > 2 ? [expect.anything()] : []),
        ],
      },
    ]);
  });

  it('goes on to the kind of item where the account does not agree, and to the item alone', () => {
    const votes = [
      ...posted(3, keys('5000', 'CON-1'), to('03-300')),
      ...posted(3, keys('5000', 'DRY-1'), to('09-250')),
      ...posted(3, keys('5000', 'FRT'), to('01-650')),
    ];
    expect(suggest({ posted: votes }).rules.map(({ item, target }) => [item, target])).toEqual([
      ['CON-*', to('03-300')],
      ['DRY-*', to('09-250')],
      ['FRT', to('01-650')],
    ]);
  });

  it('goes on to the tracking option, and to the project, which it names by its column', () => {
    const votes = [
      ...posted(3, keys('5100', undefined, 'Area=Slab', 'Project=A'), to('03-300', 'S')),
      ...posted(3, keys('5100', undefined, 'Area=Walls', 'Project=A'), to('09-250', 'S')),
      ...posted(3, keys('5200', undefined, 'Project=A'), to('03-300')),
      ...posted(3, keys('5200', undefined, 'Project=B'), to('09-250'), oakStreet),
    ];
    expect(suggest({ posted: votes }).rules.map(({ note: _, ...rule }) => rule)).toEqual([
      { account: '5100', tracking: { category: 'Area', option: 'Slab' }, target: to('03-300', 'S') },
      { account: '5100', tracking: { category: 'Area', option: 'Walls' }, target: to('09-250', 'S') },
      { account: '5200', project: '24-101', target: to('03-300') },
      { account: '5200', project: '24-117', target: to('09-250') },
    ]);
  });

  it('makes an exception of a kind of item that agrees on something else than its account', () => {
    const votes = [
      ...posted(20, keys('5000'), to('03-300')),
      ...posted(4, keys('5000', 'DRY-1'), to('09-250')),
    ];
    expect(suggest({ posted: votes }).rules).toEqual([
      { account: '5000', target: to('03-300'), note: '20 of 24 lines posted before' },
      { account: '5000', item: 'DRY-*', target: to('09-250'), note: '4 of 4 lines posted before' },
    ]);
  });

  it('suggests WBS codes where these are what was posted on', () => {
    const target = { wbsCode: '03-300.M.North' };
    expect(suggest({ posted: posted(3, keys('5000'), target) }).rules).toMatchObject([{ target }]);
  });

  it('is not heard where a rule stands already', () => {
    const rules = [{ account: '5000', target: to('01-650') }];
    expect(suggest({ rules, posted: posted(9, keys('5000'), to('03-300')) })).toEqual({
      rules: [],
      open: [],
    });
  });

  it('counts what has a rule already, where others of the account have none', () => {
    const rules: CostCodeRule[] = [
      { account: '5100', tracking: { category: 'Area', option: 'Walls' }, target: to('09-250', 'S') },
    ];
    const votes = [
      ...posted(9, keys('5100', undefined, 'Area=Walls'), to('09-250', 'S')),
      ...posted(3, keys('5100', undefined, 'Area=Slab'), to('03-300', 'S')),
    ];
    expect(suggest({ rules, posted: votes }).rules.map(({ tracking: option }) => option)).toEqual([
      { category: 'Area', option: 'Slab' },
    ]);
  });
});

describe('codes', () => {
  it.each([['03300'], ['03.300'], ['3-300'], ['03-300']])(
    'suggest the cost code for the account %s',
    (account) => {
      expect(suggest({ wanted: [{ line: keys(account), lines: 2 }] }).rules).toEqual([
        { account, target: to('03-300'), note: "code 03-300 is the account's" },
      ]);
    },
  );

  it('suggest the cost code for an item of its account', () => {
    expect(suggest({ wanted: [{ line: keys('5000', '01650'), lines: 1 }] }).rules).toEqual([
      { account: '5000', item: '01650', target: to('01-650'), note: "code 01-650 is the item's" },
    ]);
  });

  it('that are alike by chance are only shown', () => {
    expect(suggest({ wanted: [{ line: keys('3300'), lines: 1 }] })).toEqual({
      rules: [],
      open: [{ what: 'account 3300', lines: 1, candidates: ['03-300 Cast-in-Place Concrete, M'] }],
    });
  });
});

describe('names', () => {
  const wanted = [{ line: keys('5400'), lines: 1 }];
  const named = (name: string) => ({ names: { account: new Map([['5400', name]]), item: new Map() } });

  it('suggest a cost code that is called alike', () => {
    expect(suggest({ wanted, ...named('FREIGHT & DELIVERY') }).rules).toEqual([
      { account: '5400', target: to('01-650'), note: 'named like 01-650 Freight and Delivery' },
    ]);
  });

  it('of items and options suggest theirs, with the account', () => {
    const lines = [
      { line: keys('5000', 'X1', 'Project=Plumbing'), lines: 1 },
      { line: keys('5100', undefined, 'Area=Plumbing'), lines: 1 },
    ];
    const names = { account: new Map(), item: new Map([['X1', 'Gypsum bord']]) };
    const rules = [{ account: '5000', item: 'other', target: to('03-300') }];
    expect(suggest({ wanted: lines, names, rules }).rules.map(({ note: _, ...rule }) => rule)).toEqual([
      { account: '5000', item: 'X1', target: to('09-250') },
      { account: '5100', tracking: { category: 'Area', option: 'Plumbing' }, target: to('22-100', 'S') },
    ]);
  });

  it('that are only part of another are shown', () => {
    expect(suggest({ wanted, ...named('Delivery') })).toMatchObject({
      rules: [],
      open: [{ what: 'account 5400, Delivery', candidates: ['01-650 Freight and Delivery, M'] }],
    });
  });

  it('do not suggest headings', () => {
    expect(suggest({ wanted, ...named('Concrete') }).rules).toEqual([]);
  });
});

describe('the cost type', () => {
  const wanted = [{ line: keys('5100', '09250'), lines: 1 }];

  it("is that of the account's other rules, by code or by name", () => {
    const rules = ['S', 'Subcontract'].map((costType, index) => ({
      account: '5100',
      item: `other-${index}`,
      target: to('03-300', costType),
    }));
    expect(suggest({ wanted, rules }).rules).toMatchObject([{ target: to('09-250', 'S') }]);
  });

  it('is else that with which the cost code is used', () => {
    const rules = [{ account: '5300', target: to('09-250', 'M') }];
    expect(suggest({ wanted, rules }).rules).toMatchObject([{ target: to('09-250', 'M') }]);
  });

  it('is for a person where the budget knows several', () => {
    expect(suggest({ wanted })).toMatchObject({
      rules: [],
      open: [{ candidates: ['09-250 Gypsum Board, M or S'] }],
    });
  });
});

describe('whatever was posted', () => {
  const anyPosted = fc.array(
    fc.record({
      line: anyLine.map(({ account = '310', ...line }) => ({ ...line, account })),
      project: fc.constantFrom(riverside, oakStreet),
      target: fc.constantFrom(to('03-300'), to('09-250'), to('01-650')),
      times: fc.integer({ min: 1, max: 5 }),
    }),
    { maxLength: 8 },
  );
  const runs = { seed: 20261122, numRuns: 1500 };

  it('the suggestions make no tie with the table, repeat no row of it and change none of its answers', () => {
    let some = 0;
    fc.assert(
      fc.property(anyTable, anyPosted, (rules, votes) => {
        if (findTies(rules).length > 0) return;
        const all = votes.flatMap(({ times, line, target, project }) => posted(times, line, target, project));
        const { rules: suggested } = suggest({
          rules,
          posted: all,
          textOf: ({ number, name }) => (number === '24-101' ? number : name),
        });
        some += suggested.length;
        expect(findTies([...rules, ...suggested])).toEqual([]);
        const [before, after] = [compileRules(rules), compileRules([...rules, ...suggested])];
        for (const rule of suggested) expect(rule.note).toMatch(/./);
        for (const { line, project } of all) {
          const answer = before.find(line, project)?.target;
          if (answer) expect(after.find(line, project)?.target).toEqual(answer);
        }
      }),
      runs,
    );
    expect(some).toBeGreaterThan(500);
  });
});
