import type { Command } from 'commander';
import { Option } from 'commander';
import type { DocumentState } from '../../lib/core/documents.ts';
import type { DocumentRecord } from '../../lib/core/links.ts';
import { UNREADABLE } from '../../lib/store/documents.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { table, wrap } from './table.ts';

const STATES: DocumentState[] = ['posted', 'awaiting-approval', 'parked', 'left-out', 'rejected'];

const HELP = `
Messages that nobody could read are listed with the documents, as kind "message".

Examples:
  ml-connector documents
  ml-connector documents --state parked
  ml-connector documents --state posted --json`;

export function addDocuments(program: Command, io: Io): void {
  program
    .command('documents')
    .description('List documents with what became of them')
    .addOption(new Option('--state <state>', 'only those in this state').choices(STATES))
    .addHelpText('after', HELP)
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { state?: DocumentState }>();
      const { documents, ...deployment } = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const filter = options.state === undefined ? {} : { state: options.state };
      const records = [...(await documents.list(id, filter)), ...(await documents.list(UNREADABLE, filter))];
      print(io, options.json, records.map(asListed), () => asTable(records));
    });
}

/** The format that scripts rely on. */
function asListed(record: DocumentRecord) {
  const { id, kind, number, supplier, state, code, message, total, currency, version, procore } = record;
  return {
    id,
    kind,
    number,
    supplier,
    state,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    total,
    currency,
    version,
    procore: procore.map(({ type, id }) => ({ type, id })),
  };
}

function asTable(records: DocumentRecord[]): string {
  if (records.length === 0) return 'No documents.';
  const rows = records.map(
    ({ kind, number, id, supplier, total, currency, state, code = '', message = '' }) => [
      kind,
      number || id,
      supplier,
      total,
      currency,
      state,
      wrap([code, message].filter(Boolean).join(': '), 60),
    ],
  );
  return table(['Kind', 'Number', 'Supplier', 'Total', '', 'State', 'Why'], rows, ['Total']);
}
