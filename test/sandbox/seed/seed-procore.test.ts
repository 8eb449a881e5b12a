import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import { systemClock } from '../../../lib/core/ports.ts';
import { buildCompany } from '../../../lib/sandbox/procore/build-company.ts';
import { LIKELIER } from '../../../lib/sandbox/procore/unverified.ts';
import { newWorld } from '../../../lib/sandbox/procore/world.ts';
import { expectedOutcome } from '../../../lib/sandbox/seed/expected-outcome.ts';
import { seedProcore } from '../../../lib/sandbox/seed/seed-procore.ts';

const TODAY = '2026-11-22';
const company = seedProcore(TODAY);
const [riverside, oak, cedar] = company.projects;

describe('the seeded company', () => {
  it('has three numbered projects with budgets, and is the same whenever it is asked for', () => {
    expect(company.projects.map(({ number }) => number)).toEqual(['1042', '1047', '1051']);
    for (const { budgetLines = [] } of company.projects) expect(budgetLines.length).toBeGreaterThan(10);
    expect(seedProcore(TODAY)).toEqual(seedProcore(TODAY));
  });

  it("is accepted by Procore's stand-in with nothing missing", () => {
    const built = buildCompany(newWorld(systemClock, LIKELIER), company);
    expect(built.projects.size).toBe(3);
    expect([...built.costTypes.values()].map(({ code }) => code)).toEqual(['L', 'M', 'E', 'S', 'C', 'O']);
  });

  it('has cost codes under headings, and earthwork everywhere but at the school', () => {
    for (const { costCodes } of company.projects) {
      const headings = new Set(costCodes.map(({ parent }) => parent).filter(Boolean));
      expect(costCodes.filter(({ parent }) => parent === undefined).map(({ code }) => code)).toEqual([
        ...headings,
      ]);
    }
    const has = (project: typeof oak) => project?.costCodes.some(({ code }) => code === '31-200');
    expect([has(riverside), has(oak), has(cedar)]).toEqual([true, true, false]);
  });

  it.each(['2026-11-22', '2027-01-01', '2028-02-29', '2026-12-31'])(
    'has one open billing period around %s in two projects and none in the third',
    (today) => {
      const open = seedProcore(today).projects.map(({ billingPeriods = [] }) =>
        billingPeriods.filter(({ status }) => status === 'open'),
      );
      expect(open.map(({ length }) => length)).toEqual([1, 1, 0]);
      for (const { start, end, due } of open.flat())
        expect(start <= today && today <= end && end < due).toBe(true);
    },
  );

  it('has closed months before the open one, without gaps', () => {
    expect(riverside?.billingPeriods).toEqual([
      { start: '2026-08-01', end: '2026-08-31', due: '2026-09-05', status: 'closed' },
      { start: '2026-09-01', end: '2026-09-30', due: '2026-10-05', status: 'closed' },
      { start: '2026-10-01', end: '2026-10-31', due: '2026-11-05', status: 'closed' },
      { start: '2026-11-01', end: '2026-11-30', due: '2026-12-05', status: 'open' },
    ]);
  });

  it('has budgets that hold all the orders that go there', () => {
    const committed = Map.groupBy(
      expectedOutcome(TODAY).flatMap(({ commitments }) =>
        commitments.flatMap(({ project, lines }) => lines.map((line) => ({ project, ...line }))),
      ),
      ({ project, costCode, costType }) => `${project} ${costCode}.${costType}`,
    );
    const budget = new Map(
      company.projects.flatMap(({ number, budgetLines = [] }) =>
        budgetLines.map(({ costCode, costType, original, modifications = '0' }) => [
          `${number} ${costCode}.${costType}`,
          new Big(original).plus(modifications),
        ]),
      ),
    );
    for (const [budgetCode, lines] of committed) {
      const total = lines.reduce((sum, { amount }) => sum.plus(amount), new Big(0));
      expect([budgetCode, budget.get(budgetCode)?.gte(total)]).toEqual([budgetCode, true]);
    }
  });

  it('calls one supplier by two names and does not know five', () => {
    const names = company.vendors?.map(({ name }) => name) ?? [];
    expect(names.filter((name) => name.startsWith('Brazos'))).toHaveLength(2);
    expect(names).toContain('Acme Concrete, LLC');
    expect(names.some((name) => /Capitol|Travis|Lakeline|Maple|Mesquite/.test(name))).toBe(false);
  });
});
