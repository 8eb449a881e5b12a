import type { Command } from 'commander';
import { openReferenceQueue } from '../../lib/aws/reference-queue.ts';
import { BadInput } from '../../lib/core/errors.ts';
import { connect } from '../../lib/flows/connect/connect.ts';
import { beginConsent } from '../../lib/flows/consent/begin-consent.ts';
import { askConnection } from './ask-connection.ts';
import type { WaitOptions } from './consent.ts';
import { NO_WAIT, show, TIMEOUT, throughConsent, whoAmI, withConsents } from './consent.ts';
import { readInput } from './files.ts';
import type { Io } from './io.ts';
import { open } from './open.ts';

const HELP = `
The same name again gives the connection new secrets and settings and sets it live.

With the grant authorization_code it prints a link at which somebody lets the connector into Xero and chooses the
organisation, and waits for that.

Examples:
  ml-connector connect --file connection.json
  ml-connector connect --file - < connection.json
  ml-connector connect --file connection.json --no-wait
  ml-connector connect                              asks for everything`;

export function addConnect(program: Command, io: Io): void {
  program
    .command('connect')
    .description('Connect a Xero organisation to a Procore company, and print the id of the connection')
    .option('--file <file>', 'connection file in JSON; - reads standard input')
    .option(...NO_WAIT)
    .option(...TIMEOUT)
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<WaitOptions & { file?: string }>();
      const opened = await open(options, io);
      const file = options.file === undefined ? await askConnection(io) : await readJson(options.file, io);
      if (needsConsent(file)) {
        const deployment = withConsents(opened);
        const link = await beginConsent(file, deployment, { by: whoAmI() });
        await throughConsent(link, deployment, options, io);
      } else {
        const reference = openReferenceQueue(opened.clients.sqs, opened.addresses.referenceQueueUrl);
        show(await connect(file, opened, { by: whoAmI(), reference }), options.json, io);
      }
    });
}

function needsConsent(file: unknown): boolean {
  return (file as { xero?: { grant?: unknown } } | null)?.xero?.grant === 'authorization_code';
}

async function readJson(file: string, io: Io): Promise<unknown> {
  const text = new TextDecoder().decode(await readInput(file, io));
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's message quotes what it stumbled over, which may be a secret.
    const place = /line \d+ column \d+/.exec(String(error))?.[0];
    throw new BadInput('connection-file-invalid', {
      facts: { fields: [`not JSON${place ? ` at ${place}` : ''}`] },
    });
  }
}
