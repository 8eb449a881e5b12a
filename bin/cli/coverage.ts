import type { Command } from 'commander';
import type { Sum } from '../../lib/core/coverage/sums.ts';
import { formatMoney } from '../../lib/core/money.ts';
import type { CoverageReport } from '../../lib/flows/mappings/coverage.ts';
import { mappingCoverage } from '../../lib/flows/mappings/coverage.ts';
import { coverageInWords } from './coverage-table.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { days } from './option-values.ts';
import { tellSlowly } from './tell-slowly.ts';

const HELP = `
Reads the purchase orders and bills that changed in Xero in that time, a hundred to a call, and changes nothing.
Amounts are without tax, and a discount counts like a charge.

Examples:
  ml-connector mappings coverage
  ml-connector mappings coverage --days 365 --json`;

/** How far back to look; a quarter shows what comes up at all on running jobs. */
export const DAYS = ['--days <number>', 'how many days to look back', days, 90] as const;

export function addCoverage(group: Command, io: Io): void {
  group
    .command('coverage')
    .option(...DAYS)
    .description(
      'What was seen in Xero and lacks a rule, a project or a vendor, and how much money hangs on it',
    )
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { days: number }>();
      const deployment = await open(options, io);
      const connection = await chooseConnection(deployment, options.connection);
      const { progress, done } = tellSlowly(io);
      const report = await mappingCoverage(connection, options.days, deployment, progress).finally(done);
      for (const why of report.unasked) say(io, `Warning: ${why}`);
      print(io, options.json, asJson(report), () => coverageInWords(report));
    });
}

/** The format that scripts rely on: amounts are decimal text. */
function asJson({ all, mapped, gaps, contacts, ...report }: CoverageReport) {
  return {
    ...report,
    all: inText(all),
    mapped: inText(mapped),
    gaps: gaps.map(inText),
    contacts: contacts.map(inText),
  };
}

function inText<S extends Sum>({ money, ...sum }: S) {
  const amounts = Object.entries(money).map(([currency, amount]) => [currency, formatMoney(amount)]);
  return { ...sum, money: Object.fromEntries(amounts) as Record<string, string> };
}
