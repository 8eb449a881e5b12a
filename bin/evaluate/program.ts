import { Command, CommanderError } from 'commander';
import { readInput } from '../cli/files.ts';
import type { Io } from '../cli/io.ts';
import { say } from '../cli/io.ts';
import { reportError, reportUsage } from '../cli/report-error.ts';
import { table, wrap } from '../cli/table.ts';
import { BILLS_HELP, evaluateBills } from './bills.ts';
import { readLabelledNames } from './labelled-names.ts';
import { MATCHERS } from './matchers.ts';
import { nowAndThen } from './now-and-then.ts';
import type { Score } from './score.ts';
import { score } from './score.ts';

const HELP = `
The file is a CSV with the header xero_name;procore_candidates;expected;country;why (commas will do). Candidates are
separated by |. expected is one of them, or NONE where a vendor is to be created, or ASK where a person must decide.

Examples:
  npm run evaluate -- vendors test/fixtures/vendor-names.csv
  npm run evaluate -- vendors our-suppliers.csv --json`;

/** Runs one command line of the evaluation. Returns the exit code: 0 once it is scored, 2 where the command is wrong. */
export async function evaluate(argv: string[], io: Io): Promise<number> {
  const json = argv.includes('--json');
  try {
    await buildProgram(io).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      reportError(error, json, io);
      return 1;
    }
    if (error.exitCode === 0) return 0;
    reportUsage(error, json, io);
    return 2;
  }
}

function buildProgram(io: Io): Command {
  const program = new Command('npm run evaluate --')
    .description('Judges the rules by examples that people have labelled')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .exitOverride();
  program
    .command('vendors')
    .description('How suppliers of Xero are matched with vendors of Procore, beside two simpler ways')
    .argument('<file>', 'CSV of labelled names, - for standard input')
    .option('--json', 'print the score as one line of JSON at the end')
    .addHelpText('after', HELP)
    .action(async (file: string, { json }: { json?: boolean }) => {
      const names = readLabelledNames(await readInput(file, io));
      const scores = Object.entries(MATCHERS).map(([name, matcher]) => {
        const tell = nowAndThen((row: number) => say(io, `${name}: row ${row} of ${names.at(-1)!.row} …`));
        return [name, score(names, matcher, tell)] as const;
      });
      const [[, own]] = scores as [(typeof scores)[number]];
      io.stdout.write(`${scoresAsTable(scores)}\n${missesInWords(own)}\n`);
      if (json) io.stdout.write(`${JSON.stringify(own)}\n`);
    });
  program
    .command('bills')
    .description('How bills of Xero are matched with purchase orders, beside two simpler ways')
    .argument('<file>', 'JSON of books and labelled bills, - for standard input')
    .option('--json', 'print the score as one line of JSON at the end')
    .addHelpText('after', BILLS_HELP)
    .action((file: string, { json }: { json?: boolean }) => evaluateBills(file, json, io));
  return program;
}

function scoresAsTable(scores: (readonly [string, Score])[]): string {
  const head = ['', 'total', 'automatic', 'wrong', 'precision', 'recall', 'asked'];
  const rows = scores.map(([name, { total, automatic, wrong, precision, recall, asked }]) => [
    name,
    String(total),
    String(automatic),
    String(wrong),
    precision.toFixed(4),
    recall.toFixed(4),
    String(asked),
  ]);
  return table(head, rows, head.slice(1));
}

function missesInWords({ misses }: Score): string {
  if (misses.length === 0) return 'The matcher misses none.';
  const rows = misses.map(({ row, name, answer, expected, why, reason }) =>
    [String(row), name, answer, expected, why, reason].map((text) => wrap(text, 40)),
  );
  const head = ['Row', 'Supplier in Xero', 'Answered', 'Expected', 'Label', 'Went by'];
  return `What the matcher misses:\n${table(head, rows, ['Row'])}`;
}
