import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Code } from '../../lib/core/codes.ts';
import type { Connection } from '../../lib/core/connection.ts';
import type { DocumentState } from '../../lib/core/documents.ts';
import { Stop } from '../../lib/core/errors.ts';
import { breakConnection, breaksConnection } from '../../lib/flows/connections/break-connection.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { pollConnection } from '../../lib/flows/poll/poll-xero.ts';
import type { Revised } from '../../lib/store/table.ts';
import { drained } from './drain.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { chooseConnection, open } from './open.ts';

const HELP = `
Without --connection it looks at every connection.

Examples:
  ml-connector poll                  what changed since the last look
  ml-connector poll --full           every document again, after something was put right in Procore
  ml-connector poll --timeout 1800`;

interface PollOptions extends GlobalOptions {
  full?: boolean;
  timeout: number;
}

export function addPoll(program: Command, io: Io): void {
  program
    .command('poll')
    .description('Look for changed documents in Xero now, and wait until all are dealt with')
    .option('--full', 'read every document again, whenever it changed')
    .option('--timeout <seconds>', 'how long to wait', seconds, 600)
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<PollOptions>();
      const deployment = await open(options, io);
      const connections = await chosen(deployment, options.connection);
      let enqueued = 0;
      for (const connection of connections) {
        enqueued += await poll(connection, deployment, options.full === true);
      }
      say(io, `${enqueued} documents to look at.`);
      await drained(deployment, { timeoutSeconds: options.timeout, local: options.stack === undefined }, io);
      const documents = await countStates(connections, deployment);
      print(io, options.json, { enqueued, documents }, () => inWords(documents));
    });
}

/** Throws Stop with the reason where one of them is broken: its documents would wait until somebody mends it. */
async function chosen(deployment: Deployment, wanted: string | undefined): Promise<Revised<Connection>[]> {
  const all =
    wanted === undefined ? await deployment.connections.list() : [await chooseConnection(deployment, wanted)];
  if (all.length === 0) throw new Stop('connection-missing');
  const broken = all.find(({ state }) => state === 'broken');
  if (broken) throw new Stop((broken.code ?? 'unexpected') as Code, { facts: { connection: broken.name } });
  return all;
}

async function poll(connection: Revised<Connection>, deployment: Deployment, full: boolean): Promise<number> {
  try {
    return (await pollConnection(connection, deployment, { full })).enqueued;
  } catch (error) {
    if (error instanceof Stop && breaksConnection(error.code))
      await breakConnection(deployment, connection, error);
    throw error;
  }
}

async function countStates(connections: Connection[], { documents }: Deployment) {
  const counts: Record<DocumentState, number> = {
    posted: 0,
    'awaiting-approval': 0,
    parked: 0,
    'left-out': 0,
    rejected: 0,
  };
  for (const { id } of connections) {
    for (const { state } of await documents.list(id)) counts[state] += 1;
  }
  return {
    posted: counts.posted,
    awaitingApproval: counts['awaiting-approval'],
    parked: counts.parked,
    leftOut: counts['left-out'],
    rejected: counts.rejected,
  };
}

function inWords(counts: Awaited<ReturnType<typeof countStates>>): string {
  const { posted, awaitingApproval, parked, leftOut, rejected } = counts;
  return `${posted} posted, ${awaitingApproval} awaiting approval, ${parked} parked, ${leftOut} left out, ${rejected} rejected`;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Not a number of seconds.');
  return value;
}
