import type { Command } from 'commander';
import type { Code } from '../../lib/core/codes.ts';
import type { Connection } from '../../lib/core/connection.ts';
import { mayCarry, standingOf } from '../../lib/core/connection.ts';
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
import { seconds } from './option-values.ts';
import { tellSlowly } from './tell-slowly.ts';

const HELP = `
Without --connection it looks at every connection that is neither broken nor paused.

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
      const { going: connections, waiting } = await chosen(deployment, options.connection, io);
      let enqueued = 0;
      for (const connection of connections) {
        enqueued += await poll(connection, deployment, options.full === true, io);
      }
      say(io, `${enqueued} documents to look at.`);
      await drained(
        deployment,
        {
          timeoutSeconds: options.timeout,
          local: options.stack === undefined,
          // What belongs to the others comes and goes until they are mended.
          despitePutOff: waiting.length > 0,
        },
        io,
      );
      const documents = await countStates(connections, deployment);
      print(io, options.json, { enqueued, documents }, () => inWords(documents));
    });
}

/** Throws Stop with the reason where none may carry documents: they would wait until somebody mends or resumes it. */
async function chosen(
  deployment: Deployment,
  wanted: string | undefined,
  io: Io,
): Promise<{ going: Revised<Connection>[]; waiting: Revised<Connection>[] }> {
  const all =
    wanted === undefined ? await deployment.connections.list() : [await chooseConnection(deployment, wanted)];
  if (all.length === 0) throw new Stop('connection-missing');
  const { going = [], waiting = [] } = Object.groupBy(all, (it) => (mayCarry(it) ? 'going' : 'waiting'));
  if (going.length === 0) throw reasonToWait(waiting[0]!);
  for (const connection of waiting) say(io, reasonToWait(connection).message);
  return { going, waiting };
}

/** Why the documents of a connection that may carry none have to wait. */
export function reasonToWait(connection: Connection): Stop {
  const code = standingOf(connection) === 'paused' ? 'connection-paused' : connection.code;
  return new Stop((code ?? 'unexpected') as Code, { facts: { connection: connection.name } });
}

async function poll(
  connection: Revised<Connection>,
  deployment: Deployment,
  full: boolean,
  io: Io,
): Promise<number> {
  const telling = tellSlowly(io);
  telling.progress(`Looking at ${connection.name}`);
  const progress = (contacts: number) => telling.progress(`${contacts} contacts dealt with`);
  try {
    return (await pollConnection(connection, deployment, { full, progress })).enqueued;
  } catch (error) {
    if (error instanceof Stop && breaksConnection(error.code))
      await breakConnection(deployment, connection, error);
    throw error;
  } finally {
    telling.done();
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
