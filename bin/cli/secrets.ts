import type { Command } from 'commander';
import { openVault } from '../../lib/aws/vault.ts';
import type { Resealed } from '../../lib/flows/sealing/reseal.ts';
import { reseal } from '../../lib/flows/sealing/reseal.ts';
import { openSealedItems } from '../../lib/store/sealed-items.ts';
import { openTable } from '../../lib/store/table.ts';
import type { CommandOutcome, GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import { open } from './open.ts';

const HELP = `
KMS renews the key material of the stack once a year by itself: that needs no command, old secrets go on opening.
Re-seal after an incident, when you want new data keys, or when the stack's key was replaced by another. It is safe
while documents are carried, and one that broke off is simply run again. You need kms:Decrypt on the earlier key.
Ends with exit code 1 where something does not open; those connections are connected again.

Examples:
  ml-connector secrets reseal
  ml-connector secrets reseal --from-key arn:aws:kms:us-east-1:111122223333:key/1b2c…`;

interface ResealOptions extends GlobalOptions {
  fromKey?: string;
}

export function addSecrets(program: Command, io: Io, outcome: CommandOutcome): void {
  program
    .command('secrets')
    .description('Look after what is kept sealed')
    .command('reseal')
    .description('Seal every secret anew under the present key, and hash the Xero tenants with a new key')
    .option('--from-key <key-arn>', 'also open what this earlier key sealed; what is current stays')
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ResealOptions>();
      const opened = await open(options, io);
      const { clients, keyArn, tableName } = opened;
      const deployment = {
        ...opened,
        sealedItems: openSealedItems(openTable(clients.dynamodb, tableName)),
        ...(options.fromKey !== undefined && {
          earlierVault: openVault(clients.kms, keyArn, [options.fromKey]),
        }),
      };
      const result = await reseal(deployment, progress(opened.clock.now, io));
      print(io, options.json, result, () => inWords(result));
      for (const name of result.unreadable) say(io, `Does not open: ${name}`);
      if (result.unreadable.length > 0) outcome.exitCode = 1;
    });
}

const TELL_EVERY_MS = 2000;

/** Tells how far it is once two seconds have passed, and then every two. */
function progress(now: () => Date, io: Io): (done: number, total: number) => void {
  let toldAt = now().getTime();
  return (done, total) => {
    if (now().getTime() - toldAt < TELL_EVERY_MS) return;
    toldAt = now().getTime();
    say(io, `${done} of ${total} …`);
  };
}

function inWords({ resealed, current, unreadable, hashKeyReplaced }: Resealed): string {
  const hashes = hashKeyReplaced ? 'tenants hashed with a new key' : 'the key of the tenant hashes stays';
  return `${resealed} re-sealed, ${current} already current, ${unreadable.length} unreadable; ${hashes}`;
}
