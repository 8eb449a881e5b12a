import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { CostCodeRule } from '../../../lib/core/rules/rule.ts';
import { compileRules } from '../../../lib/core/rules/rule-book.ts';
import { findTies } from '../../../lib/core/rules/rule-ties.ts';
import { PROJECT_OPTIONS } from '../../../lib/sandbox/seed/chart.ts';
import { connectionFile, PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import type { SeedLine } from '../../../lib/sandbox/seed/order.ts';
import { ORDERS } from '../../../lib/sandbox/seed/orders.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import { seedProcore } from '../../../lib/sandbox/seed/seed-procore.ts';
import { seedXero } from '../../../lib/sandbox/seed/seed-xero.ts';

type Row = Record<string, string>;
const rows = (csv: string): Row[] => parse(csv, { columns: true });
const rules = rows(RULES_CSV);

describe('rules.csv', () => {
  it('has the columns that the import reads, and one target per rule', () => {
    expect(RULES_CSV.split('\n')[0]).toBe(
      'account,item,tracking,project,cost_code,cost_type,wbs_code,leave_out,note',
    );
    for (const { cost_code, cost_type, wbs_code, leave_out } of rules) {
      expect([cost_code && cost_type, wbs_code, leave_out].filter(Boolean)).toHaveLength(1);
      expect(Boolean(cost_code)).toBe(Boolean(cost_type));
    }
  });

  it('leaves no line on which two rules could disagree', () => {
    expect(findTies(rules.map(asRule))).toEqual([]);
  });

  it('names accounts, items, options and projects that exist', () => {
    const { accounts = [], items = [], trackingCategories = [] } = seedXero('2026-11-22');
    const options = trackingCategories.flatMap(({ Name, Options }) =>
      Options.map((one) => `${Name}=${one.Name}`),
    );
    for (const { account, item, tracking, project } of rules) {
      expect(accounts.map(({ Code }) => Code)).toContain(account);
      if (set(item)) expect(items.some(({ Code }) => Code.startsWith(item!.replace('*', '')))).toBe(true);
      if (set(tracking)) expect(options).toContain(tracking);
      if (set(project)) expect(Object.values(PROJECTS).map(({ number }) => number)).toContain(project);
    }
  });

  it("sends every line where the contractor's accountant books it", () => {
    const book = compileRules(rules.map(asRule));
    for (const { number, lines } of ORDERS) {
      for (const [index, line] of lines.entries()) {
        if (line.price === undefined) continue;
        const found = book.find(asDocumentLine(line), projectOf(line));
        expect([number, index, found && targetOf(found)]).toEqual([number, index, line.budgetCode]);
      }
    }
  });
});

describe('projects.csv', () => {
  it('gives every job but the newest its Procore project, by number or name', () => {
    expect(PROJECTS_CSV.split('\n')[0]).toBe('tracking_category,tracking_option,procore_project');
    const mapped = rows(PROJECTS_CSV);
    const { harbor, ...running } = PROJECT_OPTIONS;
    expect(mapped.map((row) => row.tracking_option)).toEqual(Object.values(running));
    expect(mapped.map((row) => row.tracking_option)).not.toContain(harbor);
    const known = seedProcore('2026-11-22').projects.flatMap(({ number, name }) => [number, name]);
    for (const { procore_project, tracking_category } of mapped) {
      expect(known).toContain(procore_project);
      expect(tracking_category).toBe('Project');
    }
  });
});

describe('connectionFile', () => {
  it('connects the seeded organisation to the seeded company and starts before every document', () => {
    const file = connectionFile('2026-11-22');
    expect(file.xero.tenantId).toBe(seedXero('2026-11-22').tenantId);
    expect(file.procore.companyId).toBe(String(seedProcore('2026-11-22').id));
    const dates = seedXero('2026-11-22').purchaseOrders?.map((order) => order.Date ?? '') ?? [];
    expect(dates.every((date) => date > file.settings.startDate)).toBe(true);
  });

  it('carries secrets that nobody could take for real ones', () => {
    const { xero, procore } = connectionFile('2026-11-22');
    for (const secret of [xero.clientSecret, xero.refreshToken, xero.webhookKey, procore.clientSecret]) {
      expect(secret).toMatch(/^demo-.*not-for-real-use$/);
    }
  });
});

const set = (text: string | undefined) => text !== undefined && text !== '' && text !== '*';

function asRule(row: Row): CostCodeRule {
  const [category = '', option = ''] = row.tracking?.split('=') ?? [];
  const { cost_code = '', cost_type = '', wbs_code, leave_out } = row;
  return {
    ...(set(row.account) && { account: row.account! }),
    ...(set(row.item) && { item: row.item! }),
    ...(set(row.tracking) && { tracking: { category, option } }),
    ...(set(row.project) && { project: row.project! }),
    target: leave_out
      ? { leaveOut: leave_out }
      : wbs_code
        ? { wbsCode: wbs_code }
        : { costCode: cost_code, costType: cost_type },
  };
}

function targetOf({ target }: CostCodeRule): string | undefined {
  if ('leaveOut' in target) return undefined;
  return 'wbsCode' in target ? target.wbsCode : `${target.costCode}.${target.costType}`;
}

function asDocumentLine(line: SeedLine) {
  const zero = { net: 0, tax: 0 } as never as { net: never; tax: never };
  return {
    id: '',
    description: line.description,
    ...zero,
    ...(line.account && { account: line.account }),
    ...(line.item && { item: line.item }),
    tracking: line.area ? [{ category: 'Cost Area', option: line.area }] : [],
  };
}

function projectOf({ project }: SeedLine) {
  if (project === undefined || project === 'harbor') return { id: '', name: '' };
  const { id, number, name } = PROJECTS[project];
  return { id: String(id), number, name };
}
