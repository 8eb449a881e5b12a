import type { Command } from 'commander';
import { doctor } from '../../lib/flows/doctor/doctor.ts';
import type { ReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { openReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { diagnosisInWords } from './doctor-table.ts';
import type { CommandOutcome, GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import type { Opened } from './open.ts';
import { chooseConnection, open, withDesk } from './open.ts';
import { tellSlowly } from './tell-slowly.ts';

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
      const reference = () => referenceOf(deployment);
      const desk = () => withDesk(deployment).desk;
      const means = { ...(only && { only }), reference, desk, progress };
      const diagnosis = await doctor(deployment, means).finally(done);
      print(io, options.json, diagnosis.findings, () => diagnosisInWords(diagnosis));
      if (diagnosis.findings.some(({ ok }) => !ok)) outcome.exitCode = 1;
    });
}

function referenceOf(deployment: Opened): ReferenceData {
  const { addresses, clients, tableName } = deployment;
  const { procoreWebhookUrl: webhookUrl, referenceQueueUrl } = addresses;
  return openReferenceData(deployment, clients, { tableName, webhookUrl, referenceQueueUrl });
}
