import type { Connection } from '../../lib/core/connection.ts';
import type { AuditEntry } from '../../lib/core/links.ts';
import type { Settings } from '../../lib/core/settings.ts';
import { historyOfConnection } from '../../lib/flows/connections/connection-trail.ts';
import type { Cursor } from '../../lib/store/cursors.ts';
import { openProcoreEvents } from '../../lib/store/procore-events.ts';
import { openProcoreHooks } from '../../lib/store/procore-hooks.ts';
import { openTable } from '../../lib/store/table.ts';
import { inShort } from './connection-in-short.ts';
import type { Opened } from './open.ts';

/** Everything that is known of a connection, and no secret: the format that scripts rely on. */
export interface Sight {
  connection: ReturnType<typeof inShort> & {
    currency: string;
    grant: string;
    xeroClientId: string;
    procoreClientId: string;
    createdAt: string;
  };
  /** ISO instants at which the access tokens run out. */
  tokens: { xero?: string; procore?: string };
  /** How Procore tells of changes, in words. */
  webhook: string;
  /** Of all connections together, as SQS counts them. */
  waiting: { visible: number; inFlight: number; delayed: number };
  /** Numbers of documents by what became of them. */
  documents: Record<string, number>;
  looked: Cursor;
  settings: Settings;
  history: AuditEntry[];
}

export async function lookAt(connection: Connection, deployment: Opened): Promise<Sight> {
  const { id, xero, procore, settings, createdAt } = connection;
  const { cursors, documents, queue, secrets } = deployment;
  const until = async (owner: 'xero' | 'procore') => {
    const expiresAt = (await secrets.get(id, `${owner}-access-token`))?.expiresAt;
    return expiresAt === undefined ? {} : { [owner]: expiresAt };
  };
  const counts: Record<string, number> = {};
  for (const { state } of await documents.list(id)) counts[state] = (counts[state] ?? 0) + 1;
  return {
    connection: {
      ...inShort(connection),
      currency: xero.currency,
      grant: xero.grant,
      xeroClientId: xero.clientId,
      procoreClientId: procore.clientId,
      createdAt,
    },
    tokens: { ...(await until('xero')), ...(await until('procore')) },
    webhook: await webhookOf(procore.companyId, deployment),
    waiting: await queue.depth(),
    documents: counts,
    looked: await cursors.get(id),
    settings,
    history: await historyOfConnection(deployment, id),
  };
}

async function webhookOf(companyId: string, { clients, clock, tableName }: Opened): Promise<string> {
  const record = await openProcoreHooks(openTable(clients.dynamodb, tableName)).get(companyId);
  if (record?.off) return 'removed by a person';
  const standing = record?.hooks.filter(({ hookId }) => hookId !== undefined).length ?? 0;
  if (record?.problem !== undefined) return `${standing} registered; ${record.problem}`;
  if (!record || standing === 0) return 'not registered';
  const lastEventAt = await openProcoreEvents(clients.dynamodb, tableName, clock).lastCall(companyId);
  return `${standing} registered; last event ${lastEventAt ?? 'none yet'}; compared with Procore ${record.checkedAt ?? 'not yet'}`;
}
