import type { Command } from 'commander';
import { BadInput } from '../../lib/core/errors.ts';
import type { DocumentRecord } from '../../lib/core/links.ts';
import { overwriteInProcore, retryDocuments } from '../../lib/flows/retry-documents.ts';
import { whoAmI } from './consent.ts';
import { stateInWords, stateOf } from './document-state.ts';
import { drained } from './drain.ts';
import { findDocument, WHICH_DOCUMENT } from './find-document.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print, say } from './io.ts';
import type { Opened } from './open.ts';
import { chooseConnection, open } from './open.ts';
import { seconds } from './option-values.ts';

const HELP = `
For what was put right in Xero or Procore and is not noticed by itself. Fixes made with this command line queue what
waits for them without it.

Examples:
  ml-connector retry PO-1204
  ml-connector retry PO-1204 --overwrite
                                      write over what people changed in Procore, as \`plan\` shows it
  ml-connector retry --all            everything that is parked, or was only a dry run
  ml-connector retry --all --no-wait`;

type Options = GlobalOptions & { all?: boolean; overwrite?: boolean; wait: boolean; timeout: number };

export function addRetry(program: Command, io: Io): void {
  program
    .command('retry')
    .argument(`[${WHICH_DOCUMENT[0].slice(1, -1)}]`, WHICH_DOCUMENT[1])
    .description('Take a document up again now, and wait until it is dealt with')
    .option('--all', 'everything that is parked, or was only a dry run')
    .option('--overwrite', 'write over what people changed in Procore, which it is parked for')
    .option('--no-wait', 'return at once')
    .option('--timeout <seconds>', 'how long to wait', seconds, 600)
    .addHelpText('after', HELP)
    .action(async (wanted: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if ((wanted === undefined) === (options.all !== true)) {
        throw new BadInput('usage', { facts: { problem: 'retry takes a document or --all' } });
      }
      if (options.all && options.overwrite) {
        throw new BadInput('usage', { facts: { problem: '--overwrite takes one document' } });
      }
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const records =
        wanted === undefined ? await waiting(id, deployment) : [await findDocument(id, wanted, deployment)];
      const queued = options.overwrite
        ? await overwriteInProcore(records[0]!, whoAmI(), deployment)
        : await retryDocuments(records, whoAmI(), deployment);
      say(io, `${queued} documents queued again.`);
      if (options.wait) {
        const patience = { timeoutSeconds: options.timeout, local: options.stack === undefined };
        await drained(deployment, patience, io);
      }
      const now = options.wait ? await readAgain(records, deployment) : records;
      print(io, options.json, { queued, documents: now.map(stateOf) }, () =>
        now.map(stateInWords).join('\n'),
      );
    });
}

/** What is parked, and what only a dry run kept from being written. */
async function waiting(connectionId: string, { documents }: Opened): Promise<DocumentRecord[]> {
  const leftOut = await documents.list(connectionId, { state: 'left-out' });
  const parked = await documents.list(connectionId, { state: 'parked' });
  return [...parked, ...leftOut.filter(({ code }) => code === 'dry-run')];
}

async function readAgain(records: DocumentRecord[], { documents }: Opened): Promise<DocumentRecord[]> {
  const now: DocumentRecord[] = [];
  for (const record of records) now.push((await documents.get(record.connectionId, record.id)) ?? record);
  return now;
}
