import type { Command } from 'commander';
import { reconnect } from '../../lib/flows/consent/reconnect.ts';
import type { WaitOptions } from './consent.ts';
import { NO_WAIT, show, TIMEOUT, throughConsent, whoAmI, withConsents } from './consent.ts';
import type { Io } from './io.ts';
import { chooseConnection, open } from './open.ts';

const HELP = `
Nobody types a secret again: mappings, links, settings and credentials stay. For a web app of Xero it prints a link at
which somebody consents again, and waits for that; for a custom connection, and where the trouble was in Procore, it
asks both sides whether they let the connector in again. New credentials are given with connect --file.

Examples:
  ml-connector connections reconnect "Harlan & Reyes Builders"
  ml-connector connections reconnect harlan-reyes-builders-1a2b3c4d --no-wait --json`;

export function addReconnect(connections: Command, io: Io): void {
  connections
    .command('reconnect')
    .description('Bring a connection back to life after its consent ended or access was mended')
    .argument('<name-or-id>', 'which connection')
    .option(...NO_WAIT)
    .option(...TIMEOUT)
    .addHelpText('after', HELP)
    .action(async (wanted: string, _options, command: Command) => {
      const options = command.optsWithGlobals<WaitOptions>();
      const deployment = withConsents(await open(options, io));
      const connection = await chooseConnection(deployment, wanted);
      const outcome = await reconnect(connection, deployment, { by: whoAmI() });
      if ('consent' in outcome) await throughConsent(outcome.consent, deployment, options, io);
      else show(outcome.connected, options.json, io);
    });
}
