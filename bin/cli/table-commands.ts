import type { Command } from 'commander';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { exportMappings, importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { exportProjects, importProjects } from '../../lib/flows/mappings/import-projects.ts';
import type { Imported } from '../../lib/flows/mappings/replace-table.ts';
import { readInput, writeOutput } from './files.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { chooseConnection, open } from './open.ts';

/** A table that people keep in a spreadsheet. */
interface SheetCommand {
  name: string;
  description: string;
  file: string;
  columns: string;
  import(connectionId: string, csv: Uint8Array, deployment: Deployment): Promise<Imported>;
  export(
    connectionId: string,
    deployment: Deployment,
  ): Promise<{ csv: string; rows: number; version: number }>;
}

const SHEETS: SheetCommand[] = [
  {
    name: 'mappings',
    description: 'Rules that give lines their cost codes',
    file: 'rules.csv',
    columns: 'account,item,tracking,project,cost_code,cost_type,wbs_code,leave_out,note',
    import: importMappings,
    export: exportMappings,
  },
  {
    name: 'projects',
    description: 'Which tracking option is which Procore project',
    file: 'projects.csv',
    columns: 'tracking_category,tracking_option,procore_project',
    import: importProjects,
    export: exportProjects,
  },
];

export function addTableCommands(program: Command, io: Io): void {
  for (const sheet of SHEETS) {
    const group = program.command(sheet.name).description(sheet.description);
    addImport(group, sheet, io);
    addExport(group, sheet, io);
  }
}

function addImport(group: Command, sheet: SheetCommand, io: Io): void {
  group
    .command('import')
    .argument('<file>', 'CSV; - reads standard input')
    .description('Replace the table by that of a CSV, whole or not at all, and try again what was parked')
    .addHelpText('after', helpText(sheet, 'import'))
    .action(async (file: string, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const imported = await sheet.import(id, await readInput(file, io), deployment);
      const { rows, version, requeued } = imported;
      print(
        io,
        options.json,
        imported,
        () => `${rows} rows imported (version ${version}), ${requeued} documents queued again`,
      );
    });
}

function addExport(group: Command, sheet: SheetCommand, io: Io): void {
  group
    .command('export')
    .argument('[file]', 'where to write the CSV; standard output without it')
    .description('Write the table in force as a CSV that import takes')
    .addHelpText('after', helpText(sheet, 'export'))
    .action(async (file: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const { csv, rows, version } = await sheet.export(id, deployment);
      if (file !== undefined) {
        await writeOutput(file, csv);
        say(io, `${rows} rows (version ${version}) written to ${file}`);
      }
      if (options.json) print(io, true, { rows, version, ...(file === undefined && { csv }) }, String);
      else if (file === undefined) io.stdout.write(csv);
    });
}

function helpText({ name, file, columns }: SheetCommand, verb: string): string {
  return `
Columns, in any order: ${columns}

Examples:
  ml-connector ${name} ${verb} ${file}
  ml-connector ${name} ${verb} ${file} --connection "Harlan & Reyes Builders"`;
}
