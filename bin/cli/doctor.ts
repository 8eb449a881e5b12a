import type { Command } from 'commander';
import { doctor } from '../../lib/flows/doctor/doctor.ts';
import type { Finding } from '../../lib/flows/doctor/finding.ts';
import type { CommandOutcome, GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { table, wrap } from './table.ts';

const HELP = `
Ends with exit code 1 where it finds a problem; warnings are no problems.

Examples:
  ml-connector doctor
  ml-connector doctor --stack MlConnector --json`;

export function addDoctor(program: Command, io: Io, outcome: CommandOutcome): void {
  program
    .command('doctor')
    .description('Check everything that the connections need, and say how to mend what is wrong')
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const only =
        options.connection === undefined ? undefined : await chooseConnection(deployment, options.connection);
      const findings = await doctor(deployment, only);
      print(io, options.json, findings, () => asTable(findings));
      if (findings.some(({ ok }) => !ok)) outcome.exitCode = 1;
    });
}

const MARKS = { ok: 'ok', warning: 'look', problem: 'WRONG' };

function asTable(findings: Finding[]): string {
  const rows = findings.map(({ level, connection = '', check, says, fix }) => [
    MARKS[level],
    connection,
    check,
    wrap(fix === undefined ? says : `${says}\nFix: ${fix}`, 70),
  ]);
  return table(['', 'Connection', 'Check', 'Says'], rows);
}
