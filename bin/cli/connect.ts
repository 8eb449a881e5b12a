import type { Command } from 'commander';
import { BadInput } from '../../lib/core/errors.ts';
import type { Connected } from '../../lib/flows/connect/connect.ts';
import { connect } from '../../lib/flows/connect/connect.ts';
import { askConnection } from './ask-connection.ts';
import { readInput } from './files.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { open } from './open.ts';

const HELP = `
The same name again gives the connection new secrets and settings and sets it live.

Examples:
  ml-connector connect --file connection.json
  ml-connector connect --file - < connection.json
  ml-connector connect                              asks for everything`;

export function addConnect(program: Command, io: Io): void {
  program
    .command('connect')
    .description('Connect a Xero organisation to a Procore company, and print the id of the connection')
    .option('--file <file>', 'connection file in JSON; - reads standard input')
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { file?: string }>();
      const deployment = await open(options, io);
      const file = options.file === undefined ? await askConnection(io) : await readJson(options.file, io);
      const connected = await connect(file, deployment);
      comment(connected, io);
      print(io, options.json, { id: connected.connectionId }, () => connected.connectionId);
    });
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

function comment(connected: Connected, io: Io): void {
  const { created, organisation, currency, companyId, projects, settingsWithoutEffect } = connected;
  say(
    io,
    `${created ? 'Connected' : 'Connected again'}: ${organisation} (${currency}) to Procore company ${companyId}.`,
  );
  if (projects.length === 0)
    say(io, 'Procore shows no project yet: permit projects for the app in App Management.');
  for (const name of settingsWithoutEffect) {
    say(io, `The setting ${name} is stored, but nothing acts on it in this version.`);
  }
}
