import type { BackfillRequest } from '../../core/backfill/backfill.ts';
import { inTurns, reachingBack } from '../../core/backfill/backfill.ts';
import type { Foreseen, Listed } from '../../core/backfill/list.ts';
import { withFollowers } from '../../core/backfill/list.ts';
import type { Connection } from '../../core/connection.ts';
import { summaryOf } from '../../core/document-summary.ts';
import type { Deployment } from '../deployment.ts';
import type { Fetched } from '../sync/fetch-documents.ts';
import { identified, readable } from '../sync/fetch-documents.ts';
import { previewOf } from '../sync/show-plan.ts';
import type { Workspace } from '../sync/workspace.ts';
import { openWorkspace } from '../sync/workspace.ts';

/** Is told what is being done, and how far it is. */
type Tell = (what: string) => void;

/**
 * Everything that a backfill would look at, in the order of its turns, each with what would become of it as things stand
 * now: planned one by one, so that it does not show what they would take of a budget together. Writes nothing. Throws
 * RetryLater and Stop.
 */
export async function listBackfill(
  request: BackfillRequest,
  connection: Connection,
  deployment: Deployment,
  tell: Tell,
): Promise<Listed[]> {
  const settings = reachingBack(connection.settings, request);
  const workspace = await openWorkspace(deployment, { ...connection, settings });
  const found = await readFromXero(request, workspace, tell);
  const foreseen: Foreseen[] = [];
  for (const document of inTurns(found)) {
    tell(`${foreseen.length} of ${found.length} documents planned`);
    foreseen.push(await foreseenOf(document, workspace));
  }
  return withFollowers(foreseen);
}

/** What was read, under the kind that it was asked for. */
interface Found {
  kind: BackfillRequest['kinds'][number];
  id: string;
  date?: string;
  document: Fetched;
}

async function readFromXero(
  { from, kinds }: BackfillRequest,
  { books, catalogue, expectContacts }: Workspace,
  tell: Tell,
): Promise<Found[]> {
  const found = new Map<string, Found>();
  for (const kind of kinds) {
    for await (const { documents, unreadable } of books.documentsDatedFrom(kind, from)) {
      for (const document of [...(await identified(documents, catalogue)), ...unreadable]) {
        const date = readable(document)?.date;
        found.set(document.id, { kind, id: document.id, ...(date !== undefined && { date }), document });
        if ('contact' in document && document.contact) expectContacts([document.contact.id]);
      }
      tell(`${found.size} documents read from Xero`);
    }
  }
  return [...found.values()];
}

async function foreseenOf({ document, kind, date }: Found, workspace: Workspace): Promise<Foreseen> {
  const { connection, deployment } = workspace;
  const known = readable(document);
  const summary = known
    ? summaryOf(known, connection.xero.currency)
    : { number: '', supplier: '', status: '', total: '0.00', currency: connection.xero.currency };
  const { version } = document;
  const { outcome, code, message, fix, orderId, match } = await previewOf(document, workspace);
  const record = await deployment.documents.get(connection.id, document.id);
  const orders = Array.isArray(match?.orders) ? match.orders : [];
  return {
    kind,
    id: document.id,
    ...(version !== undefined && { version }),
    ...(date !== undefined && { date }),
    ...summary,
    outcome: outcome === 'would-write' ? (record?.procore.length ? 'changed' : 'new') : outcome,
    ...(code !== undefined && { code, message, fix }),
    needs: [
      ...orders,
      ...(orderId === undefined ? [] : [orderId]),
      ...(known?.kind === 'credit-note' ? known.allocations.map(({ billId }) => billId) : []),
    ],
  };
}
