import fc from 'fast-check';
import type { DocumentLine } from '../../lib/core/documents.ts';
import { NeedsPerson } from '../../lib/core/errors.ts';
import type { Project } from '../../lib/core/procore-records.ts';
import type { CostCodeRule, RuleTarget } from '../../lib/core/rules/rule.ts';
import { compileRules } from '../../lib/core/rules/rule-book.ts';
import { cedar, line, oakStreet, riverside, tracking } from './builders.ts';

/** Few values, so that rules and lines meet often. Each project goes by one text: two texts for one are a case apart. */
const accounts = ['310', '320'];
const items = ['TIM-2X4', 'TIM-4X4', 'CON-1'];
const patterns = ['TIM-2X4', 'CON-1', 'TIM-*', 'TIM-2*', 'T*', '*'];
const options = [
  { category: 'Trade', option: 'Concrete' },
  { category: 'Trade', option: 'Timber' },
  { category: 'Phase', option: '1' },
];
const targets: RuleTarget[] = [
  { costCode: '03-300', costType: 'Materials' },
  { wbsCode: '06-100.M' },
  { leaveOut: 'office' },
];
const projectOfText = new Map<string, Project>([
  ['24-101', riverside],
  ['Oak Street Lofts', oakStreet],
  ['562949955', cedar],
]);

export const anyRule: fc.Arbitrary<CostCodeRule> = fc.record(
  {
    account: fc.constantFrom(...accounts),
    item: fc.constantFrom(...patterns),
    tracking: fc.constantFrom(...options),
    project: fc.constantFrom(...projectOfText.keys()),
    // Mostly one target: rivals that agree are the rarer case otherwise.
    target: fc.oneof({ arbitrary: fc.constant(targets[0]!), weight: 3 }, fc.constantFrom(...targets)),
  },
  { requiredKeys: ['target'] },
);

export const anyTable = fc.array(anyRule, { maxLength: 12 });

export const anyLine: fc.Arbitrary<DocumentLine> = fc
  .record({
    account: fc.option(fc.constantFrom(...accounts)),
    item: fc.option(fc.constantFrom(...items)),
    trade: fc.constantFrom(undefined, 'Trade=Concrete', 'Trade=Timber'),
    phase: fc.constantFrom(undefined, 'Phase=1', 'Phase=2'),
  })
  .map(({ account, item, trade, phase }) => {
    const { account: _default, ...bare } = line({
      tracking: tracking(...[trade, phase].filter((choice) => choice !== undefined)),
    });
    return { ...bare, ...(account !== null && { account }), ...(item !== null && { item }) };
  });

export const anyProject = fc.constantFrom(undefined, ...projectOfText.values());

/** The target that the table gives the line, or `tie`. */
export function answerOf(
  rules: CostCodeRule[],
  wanted: DocumentLine,
  project: Project | undefined,
): RuleTarget | 'tie' | undefined {
  try {
    return compileRules(rules).find(wanted, project)?.target;
  } catch (error) {
    if (error instanceof NeedsPerson && error.code === 'rules-tie') return 'tie';
    throw error;
  }
}

/** The rules once more, without any index: every matching row is weighed, the heaviest must agree. */
export function naiveFind(
  rules: CostCodeRule[],
  wanted: DocumentLine,
  project: Project | undefined,
): RuleTarget | 'tie' | undefined {
  const weighed = rules
    .filter((rule) => fits(rule, wanted, project))
    .map((rule) => ({ weight: weigh(rule), target: rule.target }));
  const top = Math.max(...weighed.map(({ weight }) => weight));
  const heaviest = weighed.filter(({ weight }) => weight === top).map(({ target }) => target);
  if (new Set(heaviest).size > 1) return 'tie';
  return heaviest[0];
}

function fits(rule: CostCodeRule, wanted: DocumentLine, project: Project | undefined): boolean {
  if (rule.account && rule.account !== wanted.account) return false;
  if (rule.item) {
    if (!wanted.item) return false;
    const pattern = new RegExp(`^${rule.item.replace('*', '.*')}$`);
    if (!pattern.test(wanted.item)) return false;
  }
  const { tracking: choice } = rule;
  if (choice && !wanted.tracking.some((one) => JSON.stringify(one) === JSON.stringify(choice))) return false;
  return !rule.project || projectOfText.get(rule.project) === project;
}

function weigh({ account, item, tracking: choice, project }: CostCodeRule): number {
  const keys = [account, item, choice, project].filter(Boolean).length;
  if (!item) return keys * 1000;
  return keys * 1000 + (item.endsWith('*') ? item.length : 999);
}
