import { Command, InvalidArgumentError } from 'commander';
import { addApprovals } from './approvals.ts';
import { addAudit } from './audit.ts';
import { addBackfill } from './backfill.ts';
import { addConnect } from './connect.ts';
import { addConnections } from './connections.ts';
import { addDoctor } from './doctor.ts';
import { addDocuments } from './documents.ts';
import type { CommandOutcome } from './global-options.ts';
import type { Io } from './io.ts';
import { addMatch } from './match.ts';
import { addParked } from './parked.ts';
import { addPlan } from './plan.ts';
import { addPoll } from './poll.ts';
import { addRefresh } from './refresh.ts';
import { addResolve } from './resolve.ts';
import { addRetry } from './retry.ts';
import { addSecrets } from './secrets.ts';
import { addTableCommands } from './table-commands.ts';
import { addWebhooks } from './webhooks.ts';

export function buildProgram(io: Io, outcome: CommandOutcome): Command {
  const program = new Command('ml-connector')
    .description('Connects Xero organisations to Procore companies and shows what became of their documents')
    .option('--local', 'the local run (default where one answers and no stack is named)')
    .option('--port <number>', 'of the local run', portNumber, 4510)
    .option('--stack <name>', 'a stack deployed with `npx cdk deploy`')
    .option('--profile <name>', 'AWS profile to reach the stack with')
    .option('--connection <name-or-id>', 'which connection, where there are several')
    .option('--json', 'print JSON for scripts')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  ml-connector connect --file connection.json
  ml-connector mappings import rules.csv
  ml-connector parked
  ml-connector doctor --stack MlConnector --profile books`,
    );
  addConnect(program, io);
  addConnections(program, io);
  addTableCommands(program, io);
  addPoll(program, io);
  addBackfill(program, io);
  addRefresh(program, io, outcome);
  addDocuments(program, io);
  addParked(program, io);
  addPlan(program, io);
  addResolve(program, io);
  addRetry(program, io);
  addMatch(program, io);
  addApprovals(program, io);
  addAudit(program, io);
  addDoctor(program, io, outcome);
  addSecrets(program, io, outcome);
  addWebhooks(program, io, outcome);
  return program;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('Not a port number.');
  return port;
}
