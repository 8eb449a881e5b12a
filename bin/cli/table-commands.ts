import type { Command } from 'commander';
import { addRows } from '../../lib/flows/mappings/add-rows.ts';
import { exportTable } from '../../lib/flows/mappings/export-table.ts';
import { importTable } from '../../lib/flows/mappings/import-table.ts';
import { RULES } from '../../lib/flows/mappings/rule-csv.ts';
import { whoAmI } from './consent.ts';
import { addCoverage } from './coverage.ts';
import { readInput } from './files.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { addHistory, addUndo } from './table-history.ts';
import type { SheetCommands } from './table-sheets.ts';
import { SHEETS } from './table-sheets.ts';
import { addSuggest } from './table-suggest.ts';
import { importInWords, sayWarnings } from './table-views.ts';
import { tellSlowly } from './tell-slowly.ts';
import { writeCsv } from './write-csv.ts';

export function addTableCommands(program: Command, io: Io): void {
  for (const commands of SHEETS) {
    const group = program.command(commands.name).description(commands.description);
    addImport(group, commands, io);
    addExport(group, commands, io);
    addSuggest(group, commands, io);
    addHistory(group, commands, io);
    addUndo(group, commands, io);
    if (commands.sheet === RULES) addCoverage(group, io);
  }
}

function addImport(group: Command, { sheet, ...about }: SheetCommands, io: Io): void {
  group
    .command('import')
    .argument('<file>', 'CSV; - reads standard input')
    .option('--add', 'keep the rows in force, but for those with the same keys')
    .description('Replace the table by that of a CSV, whole or not at all, and try again what was parked')
    .addHelpText('after', helpText(about, 'import', `import ${about.file} --add`))
    .action(async (file: string, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { add?: boolean }>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const csv = await readInput(file, io);
      const { progress, done } = tellSlowly(io);
      progress('Looking up in Xero and Procore what the rows name');
      const take = options.add ? addRows : importTable;
      const author = { by: whoAmI(), how: options.add ? 'import --add' : 'import' };
      const imported = await take(sheet, id, csv, author, deployment).finally(done);
      sayWarnings(imported.warnings, io);
      print(io, options.json, imported, () => importInWords(imported));
    });
}

function addExport(group: Command, { sheet, ...about }: SheetCommands, io: Io): void {
  group
    .command('export')
    .argument('[file]', 'where to write the CSV; standard output without it')
    .description('Write the table in force as a CSV that import takes, with current codes and names')
    .addHelpText('after', helpText(about, 'export'))
    .action(async (file: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const { progress, done } = tellSlowly(io);
      progress('Asking Xero and Procore for current names');
      const { csv, ...exported } = await exportTable(sheet, id, deployment).finally(done);
      sayWarnings(exported.warnings, io);
      await writeCsv(csv, file, exported, options, io);
      if (file !== undefined)
        say(io, `${exported.rows} rows (version ${exported.version}) written to ${file}`);
    });
}

function helpText(
  { name, file, columns }: Omit<SheetCommands, 'sheet'>,
  verb: string,
  ...more: string[]
): string {
  const examples = [`${verb} ${file}`, ...more, `${verb} ${file} --connection "Harlan & Reyes Builders"`];
  return `
Columns, in any order: ${columns}
What may stand in each is told in the README under "Map".

Examples:
${examples.map((example) => `  ml-connector ${name} ${example}`).join('\n')}`;
}
