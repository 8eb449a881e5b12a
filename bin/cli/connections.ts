import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import { BadInput, Stop } from '../../lib/core/errors.ts';
import { pauseConnection, resumeConnection } from '../../lib/flows/connections/pause-connection.ts';
import { removeConnection } from '../../lib/flows/connections/remove-connection.ts';
import { openReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { leaveHook } from '../../lib/flows/reference/remove-hook.ts';
import { verify } from '../../lib/store/audit.ts';
import { inShort } from './connection-in-short.ts';
import { connectionTable, inPlainWords } from './connection-views.ts';
import { whoAmI } from './consent.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { addReconnect } from './reconnect.ts';
import { lookAt } from './show-connection.ts';

type Options = GlobalOptions & { yes?: boolean };

/** Without an argument it is the only connection, or the one that --connection names. */
const WHICH = ['[name-or-id]', 'which connection'] as const;

export function addConnections(program: Command, io: Io): void {
  const group = program
    .command('connections')
    .description('The organisations that are connected: how they stand, pause, resume, remove');
  addList(group, io);
  addShow(group, io);
  addPause(group, io);
  addResume(group, io);
  addRemove(group, io);
  addReconnect(group, io);
}

function addList(group: Command, io: Io): void {
  group
    .command('list')
    .description('All connections, and why one stands still')
    .addHelpText('after', examples('list', 'list --json'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { connections } = await open(options, io);
      const all = await connections.list();
      print(io, options.json, all.map(inShort), () => connectionTable(all));
    });
}

function addShow(group: Command, io: Io): void {
  group
    .command('show')
    .argument(...WHICH)
    .description(
      'Everything about a connection: settings, tokens, what waits, and its history, checked for gaps',
    )
    .addHelpText('after', examples('show', 'show "Harlan & Reyes Builders" --json'))
    .action(async (wanted: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const deployment = await open(options, io);
      const connection = await chooseConnection(deployment, wanted ?? options.connection);
      const sight = await lookAt(connection, deployment);
      const brokenAt = verify(sight.history);
      if (brokenAt === undefined || !options.json) print(io, options.json, sight, () => inPlainWords(sight));
      if (brokenAt !== undefined) {
        const facts = { connection: connection.name, 'first broken entry': brokenAt };
        throw new Stop('audit-broken', { facts });
      }
    });
}

function addPause(group: Command, io: Io): void {
  group
    .command('pause')
    .argument(...WHICH)
    .description('Let the documents of a connection wait; its access is kept alive')
    .addHelpText('after', examples('pause', 'pause "Harlan & Reyes Builders"'))
    .action(async (wanted: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, wanted ?? options.connection);
      const paused = await pauseConnection(deployment, id, whoAmI());
      print(io, options.json, inShort(paused), () => `${paused.name} is paused since ${paused.pausedSince}.`);
    });
}

function addResume(group: Command, io: Io): void {
  group
    .command('resume')
    .argument(...WHICH)
    .description('Let a paused connection go on; what waited follows within a quarter of an hour')
    .addHelpText('after', examples('resume', 'resume "Harlan & Reyes Builders"'))
    .action(async (wanted: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, wanted ?? options.connection);
      const resumed = await resumeConnection(deployment, id, whoAmI());
      const { name, standing } = inShort(resumed);
      print(io, options.json, inShort(resumed), () =>
        standing === 'broken' ? `${name} is no longer paused, but it is broken.` : `${name} goes on.`,
      );
    });
}

function addRemove(group: Command, io: Io): void {
  group
    .command('remove')
    .argument(...WHICH)
    .option('--yes', 'do not ask')
    .description('End a connection; what it brought to Procore stays there, and its trail stays readable')
    .addHelpText('after', examples('remove', 'remove "Harlan & Reyes Builders" --yes'))
    .action(async (wanted: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const deployment = await open(options, io);
      const { id, name } = await chooseConnection(deployment, wanted ?? options.connection);
      if (!options.yes) await makeSure(name, io);
      const { clients, tableName, addresses } = deployment;
      const reference = openReferenceData(deployment, clients, {
        tableName,
        webhookUrl: addresses.procoreWebhookUrl,
        referenceQueueUrl: addresses.referenceQueueUrl,
      });
      const removed = await removeConnection(deployment, id, {
        by: whoAmI(),
        leaveHook: (connection) => leaveHook(reference, connection),
      });
      print(io, options.json, removed, () => `${name} is removed.`);
      for (const left of removed.leftToDo) say(io, `Left to do by hand: ${left}`);
    });
}

async function makeSure(name: string, { stdin, stderr }: Io): Promise<void> {
  if (!stdin.isTTY) {
    throw new BadInput('usage', { facts: { problem: 'without a terminal, remove needs --yes' } });
  }
  const message = `Remove ${name}? Its secrets are deleted; to connect it again somebody has to consent anew.`;
  const sure = await confirm({ message, initialValue: false, input: stdin, output: stderr });
  if (isCancel(sure) || !sure) {
    throw new BadInput('usage', { facts: { problem: 'cancelled; nothing was removed' } });
  }
}

function examples(...lines: string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  ml-connector connections ${line}`)].join('\n');
}
