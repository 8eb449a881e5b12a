import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { BackfilledKind, BackfillRequest } from '../../lib/core/backfill/backfill.ts';
import { BACKFILLED_KINDS } from '../../lib/core/backfill/backfill.ts';
import type { Listed } from '../../lib/core/backfill/list.ts';
import { toBeCarried } from '../../lib/core/backfill/list.ts';
import type { Connection } from '../../lib/core/connection.ts';
import { mayCarry } from '../../lib/core/connection.ts';
import { BadInput } from '../../lib/core/errors.ts';
import { cancelBackfill, pauseBackfill, resumeBackfill } from '../../lib/flows/backfill/change-backfill.ts';
import { listBackfill } from '../../lib/flows/backfill/list-backfill.ts';
import type { BackfillSight } from '../../lib/flows/backfill/look-at-backfill.ts';
import { lookAtBackfill } from '../../lib/flows/backfill/look-at-backfill.ts';
import { refuseSecond, startBackfill } from '../../lib/flows/backfill/start-backfill.ts';
import { listAsJson, listInWords } from './backfill-list.ts';
import { sightAsJson, sightInWords } from './backfill-sight.ts';
import { whoAmI } from './consent.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import type { Opened } from './open.ts';
import { chooseConnection, open } from './open.ts';
import { calendarDate } from './option-values.ts';
import { reasonToWait } from './poll.ts';
import { tellSlowly } from './tell-slowly.ts';
import { watchBackfill } from './watch-backfill.ts';

const HELP = `
Carries documents that are older than the connection's start date. First it lists what it would push and what would
park, each document judged by itself as things stand now; then, once that is confirmed, it works through them in the
background of live work: orders first, then bills, credit notes and journals, the oldest first. Ctrl-C ends the watching,
not the backfill. Without --from it shows how far the latest one is.

Examples:
  ml-connector backfill --from 2026-01-01 --dry-run              the list alone
  ml-connector backfill --from 2026-01-01
  ml-connector backfill --from 2026-01-01 --only purchase-orders,bills --yes --no-wait
  ml-connector backfill status
  ml-connector backfill pause`;

const KINDS: Record<string, BackfilledKind> = {
  'purchase-orders': 'purchase-order',
  bills: 'bill',
  'credit-notes': 'credit-note',
  journals: 'journal',
};

interface Options extends GlobalOptions {
  from?: string;
  only?: BackfilledKind[];
  dryRun?: boolean;
  yes?: boolean;
  wait: boolean;
}

export function addBackfill(program: Command, io: Io): void {
  const group = program
    .command('backfill')
    .description(
      "Carry documents from before the connection's start date, after showing what would become of them",
    )
    .option('--from <date>', 'the date of the oldest documents wanted: 2026-01-31', calendarDate)
    .option('--only <kinds>', `some of ${Object.keys(KINDS).join(', ')}`, kindsIn)
    .option('--dry-run', 'show the list and begin nothing')
    .option('--yes', 'do not ask')
    .option('--no-wait', 'begin and return')
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const deployment = await open(options, io);
      const connection = await chooseConnection(deployment, options.connection);
      if (options.from !== undefined) await begin(options.from, options, connection, deployment, io);
      else await show(options, connection, deployment, io);
    });
  addStatus(group, io);
  addChange(group, io, 'pause', 'Put no more documents into the queue until it is resumed', pauseBackfill);
  addChange(group, io, 'resume', 'Let a paused backfill go on', resumeBackfill);
  addChange(
    group,
    io,
    'cancel',
    'End it where it is; what it brought stays and is kept level',
    cancelBackfill,
  );
}

function addStatus(group: Command, io: Io): void {
  group
    .command('status')
    .description('How far the latest backfill is')
    .addHelpText('after', examples('status', 'status --json'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const deployment = await open(options, io);
      await show(options, await chooseConnection(deployment, options.connection), deployment, io);
    });
}

function addChange(
  group: Command,
  io: Io,
  name: string,
  description: string,
  change: (connectionId: string, by: string, deployment: Opened) => Promise<unknown>,
): void {
  group
    .command(name)
    .description(description)
    .addHelpText('after', examples(name, `${name} --json`))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const deployment = await open(options, io);
      const connection = await chooseConnection(deployment, options.connection);
      await change(connection.id, whoAmI(), deployment);
      await show(options, connection, deployment, io);
    });
}

async function begin(
  from: string,
  options: Options,
  connection: Connection,
  deployment: Opened,
  io: Io,
): Promise<void> {
  const request = { from, kinds: kindsFor(options, connection) };
  if (!options.dryRun) {
    if (!options.yes) refuseWithoutTerminal(io);
    if (!mayCarry(connection)) throw reasonToWait(connection);
    await refuseSecond(connection.id, deployment);
  }
  const listed = await list(request, connection, deployment, io);
  if (connection.settings.dryRun) say(io, 'The connection is on a dry run: nothing would be written.');
  const shown = listAsJson(request, listed);
  if (options.dryRun) {
    print(io, options.json, shown, () => listInWords(listed));
    return;
  }
  // Scripts get one JSON text at the end; who is asked reads the list before.
  if (!options.json) print(io, false, shown, () => listInWords(listed));
  else if (!options.yes) say(io, listInWords(listed));
  const documents = toBeCarried(listed);
  if (documents.length === 0) {
    print(io, options.json, { ...shown, backfill: null }, () => 'There is nothing to do.');
    return;
  }
  if (!options.yes) await makeSure(documents.length, io);
  await startBackfill(request, documents, whoAmI(), connection.id, deployment);
  if (options.wait) await watchBackfill(connection.id, deployment, options.stack === undefined, io);
  const sight = (await lookAtBackfill(connection, deployment))!;
  print(io, options.json, { ...shown, backfill: sightAsJson(sight) }, () => sightInWords(sight));
}

/** Journals are asked for where the connection carries them. */
function kindsFor({ only }: Options, { settings }: Connection): BackfilledKind[] {
  return BACKFILLED_KINDS.filter((kind) =>
    only ? only.includes(kind) : kind !== 'journal' || settings.manualJournals === 'on',
  );
}

async function list(
  request: BackfillRequest,
  connection: Connection,
  deployment: Opened,
  io: Io,
): Promise<Listed[]> {
  const { progress, done } = tellSlowly(io);
  progress('Reading documents from Xero');
  return listBackfill(request, connection, deployment, progress).finally(done);
}

async function show(options: Options, connection: Connection, deployment: Opened, io: Io): Promise<void> {
  const sight: BackfillSight | undefined = await lookAtBackfill(connection, deployment);
  print(io, options.json, sight ? sightAsJson(sight) : null, () =>
    sight ? sightInWords(sight) : 'There was no backfill yet: begin one with --from DATE.',
  );
}

function refuseWithoutTerminal({ stdin }: Io): void {
  if (stdin.isTTY) return;
  throw new BadInput('usage', {
    facts: { problem: 'without a terminal, backfill needs --yes or --dry-run' },
  });
}

async function makeSure(documents: number, { stdin, stderr }: Io): Promise<void> {
  const message = `Carry these ${documents} documents?`;
  const sure = await confirm({ message, initialValue: false, input: stdin, output: stderr });
  if (isCancel(sure) || !sure) {
    throw new BadInput('usage', { facts: { problem: 'cancelled; nothing was begun' } });
  }
}

function kindsIn(text: string, before: BackfilledKind[] = []): BackfilledKind[] {
  const kinds = text.split(',').map((name) => {
    const kind = KINDS[name.trim()];
    if (!kind)
      throw new InvalidArgumentError(`Some of ${Object.keys(KINDS).join(', ')}, separated by commas.`);
    return kind;
  });
  return [...before, ...kinds];
}

function examples(...lines: string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  ml-connector backfill ${line}`)].join('\n');
}
