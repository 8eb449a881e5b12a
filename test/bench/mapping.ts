import { allocate } from '../../lib/core/allocate.ts';
import type { CostCodeRule } from '../../lib/core/rules/rule.ts';
import { compileRules } from '../../lib/core/rules/rule-book.ts';
import type { Bench, Figure } from './figures.ts';
import { ratio } from './figures.ts';
import { interleave } from './interleave.ts';
import { linesOf, projectTables, rulesOfOneAccount, usualRules } from './mapping-tables.ts';

const RULES = 5000;
const [FEW, MANY] = [1000, 10_000];
/** Every size is timed over as many lines, so that one clock tick weighs the same for both. */
const LINES_PER_RUN = 20_000;

/** A project and a cost code for each line: the time of one must not grow with the number of lines. */
export const mapping: Bench = async (say) => {
  const usual = { name: 'a usual table', rulesOf: usualRules, accounts: 40 };
  // An index by account would look through all of them for every line.
  const worst = { name: 'rules of one account', rulesOf: rulesOfOneAccount, accounts: 1, atMost: 2 };
  return [...(await figuresOf(usual, say)), ...(await figuresOf(worst, say))];
};

interface Case {
  name: string;
  rulesOf(count: number): CostCodeRule[];
  accounts: number;
  /** How much more a line may cost with ten times the rules. */
  atMost?: number;
}

async function figuresOf(
  { name, rulesOf, accounts, atMost }: Case,
  say: (progress: string) => void,
): Promise<Figure[]> {
  const time = await interleave(
    {
      few: run(linesOf(FEW, accounts), rulesOf(RULES)),
      many: run(linesOf(MANY, accounts), rulesOf(RULES)),
      fewRules: run(linesOf(MANY, accounts), rulesOf(RULES / 10)),
    },
    { rounds: 7, warmUp: 2, say },
  );
  const figure = (what: string, each: number, than: number) => ({
    what: `${what}, ${name}`,
    value: ratio(each, than),
    unit: '×' as const,
    madeOf: `${microseconds(each)} ÷ ${microseconds(than)}, medians of 7`,
  });
  return [
    {
      ...figure(`mapping one of ${MANY} lines ÷ one of ${FEW}, ${RULES} rules`, time.many, time.few),
      atMost: 1.5,
    },
    {
      ...figure(`mapping a line by ${RULES} rules ÷ ${RULES / 10}`, time.many, time.fewRules),
      ...(atMost !== undefined && { atMost }),
    },
  ];
}

/** Milliseconds per line. */
function run(lines: ReturnType<typeof linesOf>, rules: CostCodeRule[]): () => number {
  const anythingElse: CostCodeRule = { target: { leaveOut: 'anything else' } };
  const tables = { ...projectTables(), rules: compileRules([...rules, anythingElse]) };
  return () => {
    let booked = 0;
    const started = performance.now();
    for (let done = 0; done < LINES_PER_RUN; done += lines.length) {
      for (const line of lines) booked += allocate({ lines: [line] }, tables).length;
    }
    const spent = performance.now() - started;
    if (booked === 0) throw new Error('no line is booked by any rule');
    return spent / LINES_PER_RUN;
  };
}

function microseconds(milliseconds: number): string {
  return `${(milliseconds * 1000).toFixed(1)} µs`;
}
