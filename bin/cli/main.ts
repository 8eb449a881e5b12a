import { CommanderError } from 'commander';
import type { Io } from './io.ts';
import { buildProgram } from './program.ts';
import { reportError, reportUsage } from './report-error.ts';

/** Runs one command line. Returns the exit code: 0 only on success, 2 where the command line is wrong. */
export async function main(argv: string[], io: Io): Promise<number> {
  const json = argv.includes('--json');
  try {
    const outcome = { exitCode: 0 };
    await buildProgram(io, outcome).parseAsync(argv, { from: 'user' });
    return outcome.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      reportError(error, json, io);
      return 1;
    }
    // --help and --version end this way, too.
    if (error.exitCode === 0) return 0;
    reportUsage(error, json, io);
    return 2;
  }
}
