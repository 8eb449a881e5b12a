import type { Command } from 'commander';
import { describeRow } from '../../lib/core/rules/table-diff.ts';
import { suggestRuleRows } from '../../lib/flows/mappings/suggest-mappings.ts';
import { suggestProjectRows } from '../../lib/flows/mappings/suggest-projects.ts';
import type { Suggestions, SuggestOptions } from '../../lib/flows/mappings/suggestions.ts';
import { DAYS } from './coverage.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { say } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { table, wrap } from './table.ts';
import type { SheetCommands } from './table-sheets.ts';
import { tellSlowly } from './tell-slowly.ts';
import { writeCsv } from './write-csv.ts';

const SUGGEST = { 'cost-codes': suggestRuleRows, projects: suggestProjectRows };

export function addSuggest(group: Command, { name, file, sheet }: SheetCommands, io: Io): void {
  group
    .command('suggest')
    .argument('[file]', 'where to write the CSV; standard output without it')
    .option(...DAYS)
    .option('--all', 'also for what is active in Xero and was not seen in that time')
    .description('Suggest rows for what has none, as a CSV to review and import; changes nothing')
    .addHelpText('after', helpText(name, file))
    .action(async (path: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & Partial<SuggestOptions> & { days: number }>();
      const deployment = await open(options, io);
      const connection = await chooseConnection(deployment, options.connection);
      const { progress, done } = tellSlowly(io);
      const asked = { days: options.days, all: options.all === true };
      const suggest = SUGGEST[sheet.table];
      const { csv, ...told } = await suggest(connection, asked, deployment, progress).finally(done);
      sayReasons(told, io);
      await writeCsv(csv, path, told, options, io);
      if (told.suggested.length > 0) {
        say(io, `Review them, then add them with: ml-connector ${name} import --add ${path ?? file}`);
      }
    });
}

/** Beside the CSV, where no column has room for them. */
function sayReasons({ suggested, open }: Omit<Suggestions, 'csv'>, io: Io): void {
  if (suggested.length > 0) {
    const rows = suggested.map(({ row, reason }) => [wrap(describeRow(bare(row)), 60), wrap(reason, 60)]);
    say(io, `Suggested\n${table(['Row', 'Because'], rows)}`);
  } else say(io, 'Nothing is suggested.');
  if (open.length === 0) return;
  const rows = open.map(({ what, candidates }) => [
    wrap(what, 60),
    wrap(candidates.join('; ') || 'nothing near', 60),
  ]);
  say(io, `For a person to decide\n${table(['What has no row', 'What comes near'], rows)}`);
}

/** The note of a suggested rule is its reason, which has a column of its own. */
function bare(row: Suggestions['suggested'][number]['row']) {
  if (!('target' in row)) return row;
  const { note: _, ...rule } = row;
  return rule;
}

function helpText(name: string, file: string): string {
  return `
The CSV has the suggested rows alone: import it with --add, which keeps the others.

Examples:
  ml-connector ${name} suggest ${file}
  ml-connector ${name} import --add ${file}
  ml-connector ${name} suggest --days 365 --all`;
}
