import type { CostCodeRule } from '../../lib/core/rules/rule.ts';
import { line, tracking } from '../core/builders.ts';

const ACCOUNTS = 40;
const GROUPS = 60;
const AREAS = 12;
const PROJECTS = 20;

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const to = (index: number) => ({ costCode: `03-${index}`, costType: 'M' });

/** What many contractors have: accounts, their kinds of items, exceptions for items, areas and single projects. */
export function usualRules(count: number): CostCodeRule[] {
  const accounts = numbered(
    ACCOUNTS,
    (index): CostCodeRule => ({ account: accountOf(index), target: to(index) }),
  );
  const areas = accounts.flatMap(({ account }, at) =>
    numbered(
      AREAS,
      (area): CostCodeRule => ({
        account: account!,
        tracking: { category: 'Area', option: `Area ${area}` },
        target: to(at + area),
      }),
    ),
  );
  const groups = accounts.flatMap(({ account }, at) =>
    numbered(
      GROUPS,
      (group): CostCodeRule => ({ account: account!, item: `G${group}-*`, target: to(at + group) }),
    ),
  );
  const inProjects = numbered(
    count,
    (index): CostCodeRule => ({
      account: accountOf(index),
      item: `G${index % GROUPS}-${index}`,
      project: `24-${index % PROJECTS}`,
      target: to(index),
    }),
  );
  return [...accounts, ...areas, ...groups, ...inProjects].slice(0, count);
}

/** The hardest for an index by account: every rule names the same one, each another kind of item. */
export function rulesOfOneAccount(count: number): CostCodeRule[] {
  return numbered(count, (index) => ({ account: accountOf(0), item: `G${index}-*`, target: to(index) }));
}

/** Lines on the items, areas and projects of the tables, on all accounts or on one. */
export function linesOf(count: number, accounts = ACCOUNTS) {
  return numbered(count, (index) =>
    line({
      account: accountOf(index % accounts),
      item: `G${index % GROUPS}-${index % 500}`,
      tracking: tracking(`Project=Site ${index % PROJECTS}`, `Area=Area ${index % AREAS}`),
    }),
  );
}

export function projectTables() {
  return {
    projectRules: numbered(PROJECTS, (index) => ({
      category: 'Project',
      option: `Site ${index}`,
      project: `24-${index}`,
    })),
    projects: numbered(PROJECTS, (index) => ({
      id: `${5000 + index}`,
      name: `Site ${index}`,
      number: `24-${index}`,
    })),
  };
}

function accountOf(index: number): string {
  return String(5000 + (index % ACCOUNTS));
}
