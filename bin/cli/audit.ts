import type { Command } from 'commander';
import { BadInput, Stop } from '../../lib/core/errors.ts';
import type { AuditEntry, DocumentRecord } from '../../lib/core/links.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { verify } from '../../lib/store/audit.ts';
import { UNREADABLE } from '../../lib/store/documents.ts';
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
    .argument('<number-or-id>', "the document's number, or its Xero id")
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

async function findDocument(
  connectionId: string,
  wanted: string,
  { documents }: Deployment,
): Promise<DocumentRecord> {
  const byId = (await documents.get(connectionId, wanted)) ?? (await documents.get(UNREADABLE, wanted));
  if (byId) return byId;
  const found = await documents.findByNumber(connectionId, wanted);
  const orders = found.filter(({ kind }) => kind === 'purchase-order');
  const [document, ...others] = orders.length > 0 ? orders : found;
  if (!document) throw new BadInput('document-unknown', { facts: { wanted } });
  if (others.length > 0) {
    const documents = found.map(({ kind, supplier, id }) => `${kind} of ${supplier}: ${id}`);
    throw new BadInput('document-ambiguous', { facts: { number: wanted, documents } });
  }
  return document;
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
