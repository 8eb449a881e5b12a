import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { changesOfVersion, historyOfTable, undo } from '../../lib/flows/mappings/history.ts';
import { whoAmI } from './consent.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import type { SheetCommands } from './table-sheets.ts';
import { changesTable, importInWords, versionsTable } from './table-views.ts';

export function addHistory(group: Command, { name, sheet }: SheetCommands, io: Io): void {
  group
    .command('history')
    .argument('[version]', 'shows what this version changed, row by row', versionNumber)
    .description('Who changed the table, when, how and by how much; versions are kept for 400 days')
    .addHelpText('after', examples(name, 'history', 'history 4', 'history --json'))
    .action(async (version: number | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      if (version === undefined) {
        const versions = await historyOfTable(id, sheet.table, deployment);
        print(io, options.json, versions, () => versionsTable(versions));
      } else {
        const changes = await changesOfVersion(id, sheet.table, version, deployment);
        print(io, options.json, changes, () => changesTable(changes));
      }
    });
}

export function addUndo(group: Command, { name, sheet }: SheetCommands, io: Io): void {
  group
    .command('undo')
    .argument(
      '[version]',
      'whose rows to put in force again; default those before the last change',
      versionNumber,
    )
    .description('Put an earlier version of the table in force again, and try again what was parked')
    .addHelpText('after', examples(name, 'undo', 'undo 3'))
    .action(async (version: number | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const imported = await undo(id, sheet.table, version, { by: whoAmI() }, deployment);
      print(io, options.json, imported, () => importInWords(imported));
    });
}

function versionNumber(text: string): number {
  const version = Number(text);
  if (!Number.isInteger(version) || version < 0)
    throw new InvalidArgumentError('Not the number of a version.');
  return version;
}

function examples(name: string, ...lines: string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  ml-connector ${name} ${line}`)].join('\n');
}
