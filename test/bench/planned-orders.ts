import type { AllocationTables } from '../../lib/core/allocate.ts';
import type { ProjectWorld } from '../../lib/core/desired-commitments.ts';
import type { PurchaseOrder } from '../../lib/core/documents.ts';
import type { CostCodeRule } from '../../lib/core/rules/rule.ts';
import { compileRules } from '../../lib/core/rules/rule-book.ts';
import { guid } from '../../lib/sandbox/seed/identity.ts';
import { line, order, tracking } from '../core/builders.ts';

const PROJECTS = 20;
const ACCOUNTS = 40;
const ITEMS = 5;
const LINES = 12;

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Orders of twelve lines, every fourth shared by two projects. */
export function manyOrders(count: number): (PurchaseOrder & { contact: { id: string; name: string } })[] {
  return numbered(count, (index) => {
    const lines = numbered(LINES, (position) => {
      const project = (index + (index % 4 === 0 ? position % 2 : 0)) % PROJECTS;
      return line({
        id: guid('line', `${index}-${position}`),
        net: `${100 + position}.${String(index % 10_000).padStart(4, '0')}`,
        account: String(400 + ((index + position) % ACCOUNTS)),
        item: `ITM-${position % ITEMS}00`,
        tracking: tracking(`Project=Site ${project}`),
      });
    });
    const contact = { id: guid('contact', String(index % 100)), name: `Supplier ${index % 100}` };
    return { ...order({ id: guid('order', String(index)), number: `PO-${index}`, lines }), contact };
  });
}

/** The tables of a contractor with twenty projects: a rule for each account, and for each of its items. */
export function contractorTables(): AllocationTables {
  const rules = numbered(ACCOUNTS, (index): CostCodeRule[] => {
    const account = String(400 + index);
    const target = { costCode: codeOf(index), costType: 'M' };
    const ofItems = numbered(ITEMS, (item) => ({ account, item: `ITM-${item}*`, target }));
    return [{ account, target }, ...ofItems];
  });
  return {
    rules: compileRules(rules.flat()),
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

/** A project with 300 cost codes and a billing period that is open. */
export function projectWorld(): ProjectWorld {
  return {
    costCodes: numbered(300, (index) => ({
      id: `${9000 + index}`,
      code: codeOf(index),
      name: `Code ${index}`,
      leaf: true,
    })),
    costTypes: [{ id: '1', code: 'M', name: 'Materials' }],
    wbsCodes: [],
    segments: [],
    billingPeriods: [{ id: '7', start: '2026-11-01', end: '2026-11-30', status: 'open' }],
  };
}

const codeOf = (index: number) => `03-${String(index).padStart(3, '0')}`;
