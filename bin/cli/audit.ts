import type { Command } from 'commander';
import { Stop } from '../../lib/core/errors.ts';
import type { AuditEntry } from '../../lib/core/links.ts';
import { verify } from '../../lib/store/audit.ts';
import { findDocument, WHICH_DOCUMENT } from './find-document.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { print } from './io.ts';
import { chooseConnection, open } from './open.ts';
import { table, wrap } from './table.ts';

const HELP = `
A number is first of all that of a purchase order; suppliers quote it on their bills. Where it still means several
documents, it is refused with the id of each.

Examples:
  ml-connector audit PO-1201
  ml-connector audit 5b1ecf1e-9a5c-4c5c-8d0c-2f8f4b1c0c11 --json`;

export function addAudit(program: Command, io: Io): void {
  program
    .command('audit')
    .argument(...WHICH_DOCUMENT)
    .description('Show everything that happened to a document, in order, and check that nothing is missing')
    .addHelpText('after', HELP)
    .action(async (wanted: string, _options, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const deployment = await open(options, io);
      const { id } = await chooseConnection(deployment, options.connection);
      const document = await findDocument(id, wanted, deployment);
      const entries = await deployment.audit.list(document.connectionId, document.id);
      const brokenAt = verify(entries);
      if (brokenAt === undefined || !options.json)
        print(io, options.json, entries, () => trailTable(entries));
      if (brokenAt !== undefined) {
        throw new Stop('audit-broken', { facts: { document: wanted, 'first broken entry': brokenAt } });
      }
    });
}

/** A trail as a person reads it. */
export function trailTable(entries: AuditEntry[]): string {
  const rows = entries.map(({ sequence, at, event, detail }) => [
    String(sequence),
    at,
    event,
    Object.entries(detail)
      .map(([name, value]) => wrap(`${name}: ${[value].flat().join(', ')}`, 70))
      .join('\n'),
  ]);
  return table(['', 'At', 'Event', 'Detail'], rows);
}
