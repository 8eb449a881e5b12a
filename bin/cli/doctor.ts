import type { Command } from 'commander';
import { doctor } from '../../lib/flows/doctor/doctor.ts';
import { diagnosisInWords } from './doctor-table.ts';
import type { CommandOutcome, GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { chooseConnection, open } from './open.ts';

const HELP = `
Asks both vendors, a dozen calls of Xero and some per project of Procore, and changes nothing but tokens that have
run out. Ends with exit code 1 where it finds a problem; warnings are no problems.

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
      const { progress, done } = tellSlowly(io);
      const diagnosis = await doctor(deployment, { ...(only && { only }), progress }).finally(done);
      print(io, options.json, diagnosis.findings, () => diagnosisInWords(diagnosis));
      if (diagnosis.findings.some(({ ok }) => !ok)) outcome.exitCode = 1;
    });
}

/** Progress is told when the wait has taken this long, and then this often. */
const TELL_EVERY_MS = 2000;

function tellSlowly(io: Io): { progress: (what: string) => void; done: () => void } {
  let current = '';
  const timer = setInterval(() => say(io, `${current} …`), TELL_EVERY_MS);
  return {
    progress: (what) => {
      current = what;
    },
    done: () => clearInterval(timer),
  };
}
