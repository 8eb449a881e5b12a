import type { Command } from 'commander';
import type { Code } from '../../lib/core/codes.ts';
import { letsIn } from '../../lib/core/connection.ts';
import { Stop } from '../../lib/core/errors.ts';
import { refreshEverything } from '../../lib/flows/reference/refresh-everything.ts';
import type { CommandOutcome, GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { refreshedInWords } from './refresh-table.ts';
import { tellSlowly } from './tell-slowly.ts';

const HELP = `
Reads what people map with anew: accounts, items, tracking options and contacts of Xero; projects, vendors, codes,
units, tax codes, budget views, commitments and direct costs of Procore. This happens by itself once a day, and
whenever Procore tells of a change. What was waiting for it goes on by itself. Ends with exit code 1 where a list
could not be read; all others are.

Examples:
  ml-connector refresh
  ml-connector refresh --connection "Harlan & Reyes Builders" --json`;

export function addRefresh(program: Command, io: Io, outcome: CommandOutcome): void {
  program
    .command('refresh')
    .description('Read the reference data of both sides now, and say what changed')
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const connection = await chooseConnection(deployment, options.connection);
      if (!letsIn(connection)) {
        throw new Stop((connection.code ?? 'unexpected') as Code, { facts: { connection: connection.name } });
      }
      const { progress, done } = tellSlowly(io);
      const refreshed = await refreshEverything(deployment, connection, progress).finally(done);
      print(io, options.json, refreshed, () => refreshedInWords(refreshed));
      if (refreshed.lists.some((list) => 'problem' in list)) outcome.exitCode = 1;
    });
}
