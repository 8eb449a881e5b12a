import type { Command } from 'commander';
import type { Connection } from '../../lib/core/connection.ts';
import { Stop } from '../../lib/core/errors.ts';
import { connectionsOfCompany } from '../../lib/flows/reference/hook-desk.ts';
import type { HookStatus } from '../../lib/flows/reference/hook-status.ts';
import { hookStatus } from '../../lib/flows/reference/hook-status.ts';
import type { HookOutcome } from '../../lib/flows/reference/reconcile-hook.ts';
import { reconcileHook } from '../../lib/flows/reference/reconcile-hook.ts';
import type { ReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { openReferenceData } from '../../lib/flows/reference/reference-data.ts';
import { removeHook } from '../../lib/flows/reference/remove-hook.ts';
import type { CommandOutcome, GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { table, wrap } from './table.ts';

type Options = GlobalOptions & { newSecret?: boolean };

export function addWebhooks(program: Command, io: Io, outcome: CommandOutcome): void {
  const group = program
    .command('webhooks')
    .description(
      'The webhooks by which Procore tells of changes: one of each company, and of its mapped projects',
    );
  addStatus(group, io, outcome);
  addReconcile(group, io, outcome);
  addRemove(group, io);
}

function addStatus(group: Command, io: Io, outcome: CommandOutcome): void {
  group
    .command('status')
    .description('Ask Procore how the webhooks stand; ends with exit code 1 where one is not active')
    .addHelpText('after', examples('status', 'status --connection "Harlan & Reyes Builders" --json'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { reference, companies } = await openCompanies(options, io);
      const statuses: HookStatus[] = [];
      for (const [first] of companies.values()) statuses.push(await hookStatus(reference, first!));
      print(io, options.json, statuses, () => statuses.map(inWords).join('\n\n'));
      if (statuses.some(({ state }) => state !== 'active')) outcome.exitCode = 1;
    });
}

function addReconcile(group: Command, io: Io, outcome: CommandOutcome): void {
  group
    .command('reconcile')
    .option('--new-secret', 'make all of them anew with another secret')
    .description('Register the webhooks, or mend what is not as it should be; also those that were removed')
    .addHelpText('after', examples('reconcile', 'reconcile --new-secret'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { reference, companies } = await openCompanies(options, io);
      const wishes = { evenIfOff: true, renew: options.newSecret === true };
      const outcomes: HookOutcome[] = [];
      for (const companyId of companies.keys()) {
        outcomes.push(await reconcileHook(reference, companyId, wishes));
      }
      print(io, options.json, outcomes, () => outcomes.map(outcomeInWords).join('\n'));
      if (outcomes.some(({ problem }) => problem !== undefined)) outcome.exitCode = 1;
    });
}

function addRemove(group: Command, io: Io): void {
  group
    .command('remove')
    .description('Take the webhooks away, until `webhooks reconcile`; changes are then noticed once a day')
    .addHelpText('after', examples('remove', 'remove --connection "Harlan & Reyes Builders"'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { reference, companies } = await openCompanies(options, io);
      const removals: { companyId: string; removed: boolean }[] = [];
      for (const companyId of companies.keys()) {
        removals.push({ companyId, removed: await removeHook(reference, companyId) });
      }
      print(io, options.json, removals, () =>
        removals
          .map(
            ({ companyId, removed }) => `Company ${companyId}: ${removed ? 'removed' : 'there were none'}.`,
          )
          .join('\n'),
      );
    });
}

/** The Procore companies that are meant, each with its connections: that of --connection, or all. */
async function openCompanies(
  options: Options,
  io: Io,
): Promise<{ reference: ReferenceData; companies: Map<string, Connection[]> }> {
  const opened = await open(options, io);
  const { clients, tableName, addresses } = opened;
  const reference = openReferenceData(opened, clients, {
    tableName,
    webhookUrl: addresses.procoreWebhookUrl,
    referenceQueueUrl: addresses.referenceQueueUrl,
  });
  if (options.connection !== undefined) {
    const { procore } = await chooseConnection(opened, options.connection);
    const members = await connectionsOfCompany(opened, procore.companyId);
    return { reference, companies: new Map([[procore.companyId, members]]) };
  }
  const all = await opened.connections.list();
  if (all.length === 0) throw new Stop('connection-missing');
  return { reference, companies: Map.groupBy(all, ({ procore }) => procore.companyId) };
}

function inWords({ companyId, state, hooks, lastEventAt = 'never', problem }: HookStatus): string {
  const head = `Company ${companyId}: ${state}. Last event: ${lastEventAt}.`;
  const rows = hooks.map((hook) => [
    hook.projectId === undefined ? 'company' : `project ${hook.projectId}`,
    hook.hookId ?? '',
    hook.state,
    hook.payloadVersion ?? '',
    String(hook.failing),
    String(hook.discarded),
    wrap(resourcesOf(hook).join(', '), 60),
  ]);
  const columns = ['Of', 'Hook', 'State', 'Payload', 'Failing', 'Discarded', 'Tells of'];
  const body = hooks.length === 0 ? [] : [table(columns, rows, ['Failing', 'Discarded'])];
  return [head, ...(problem === undefined ? [] : [`Problem: ${problem}`]), ...body].join('\n');
}

/** `Company Vendors` for its create, update and delete. */
function resourcesOf({ triggers }: HookStatus['hooks'][number]): string[] {
  return [...new Set(triggers.map((trigger) => trigger.replace(/ \w+$/, '')))];
}

const OUTCOMES = {
  made: 'registered',
  kept: 'as they should be',
  off: 'removed by a person',
  missing: 'missing',
};

function outcomeInWords({ companyId, outcome, problem }: HookOutcome): string {
  const says = `Company ${companyId}: ${OUTCOMES[outcome]}.`;
  return problem === undefined ? says : `${says} Problem: ${problem}`;
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ml-connector webhooks ${line}`).join('\n')}`;
}
