import type { ApplicationLink, DirectCostLink } from '../core/charges/links.ts';
import type { DocumentState } from '../core/documents.ts';
import type { Lane } from '../core/priority.ts';

/** Primary key of an item in the one table. */
export interface Key {
  pk: string;
  sk: string;
}

/** The index that lists documents by state. */
export const BY_STATE = 'by-state';

/**
 * Every key of the table, spelled here alone. What is read together shares a partition:
 *
 *   connections                 <connection>                      all connections
 *   webhook-directory           webhook-directory                 what xero-webhook reads at cold start
 *   webhook-directory           procore                           what procore-webhook reads at cold start
 *   procore-hooks               <company>                         the webhooks of each Procore company
 *   procore-events#<company>    last, event#<id>                  when Procore last called, and what it told
 *   lease#<name>                lease
 *   limits#<vendor>#<account>   limits                            what is left of the vendor's limits, and who uses it
 *   consent#<attempt>           attempt, visit#<hash of its state>
 *   connection#<c>              secret#<purpose>, vendor#<contact>, cursor, backfill, table#<name>
 *   connection#<c>#rows#<table> <version id>#<chunk>
 *   connection#<c>#backfill     <run>#<place>                     what a backfill carries, in the order of its turn
 *   connection#<c>#versions#<table> <version>                     versions of the table that were replaced
 *   connection#<c>#documents    <document>                        index: connection#<c>#<state>, <decidedAt>#<document>
 *   connection#<c>#document#<d> commitment#<project>, audit#<sequence>
 *                               of an order: application#<project>#<charge>, carried
 *                               of a charge: direct-cost#<project>#<part>, match
 *                               of what a person was asked about: approval
 *   connection#<c>#orders       <order>                           all orders in short
 *   connection#<c>#supplier#<contact>  order#<order>, undecided#<charge>
 *   connection#<c>#holds#<project>     <document>                 what waits for approval and will take of the budget
 *   connection#<c>#budget#<project>    awaited                    what its budget is still to show
 *   connection#<c>#waiting      <rank of the reason>#<document>   changes that wait longer than SQS hides a message
 *   connection#<c>#handed-over#<lane>  the same                   changes left to the worker that is on the connection
 */
export const keys = {
  connections: 'connections',
  connection: (id: string): Key => ({ pk: keys.connections, sk: id }),

  webhookDirectory: { pk: 'webhook-directory', sk: 'webhook-directory' } satisfies Key,

  procoreDirectory: { pk: 'webhook-directory', sk: 'procore' } satisfies Key,
  procoreHooks: (companyId: string): Key => ({ pk: 'procore-hooks', sk: companyId }),
  lastProcoreEvent: (companyId: string): Key => ({ pk: `procore-events#${companyId}`, sk: 'last' }),
  procoreEvent: (companyId: string, id: string): Key => ({
    pk: `procore-events#${companyId}`,
    sk: `event#${id}`,
  }),

  lease: (name: string): Key => ({ pk: `lease#${name}`, sk: 'lease' }),

  limits: (vendor: string, account: string): Key => ({ pk: `limits#${vendor}#${account}`, sk: 'limits' }),

  consent: (attemptId: string): Key => ({ pk: `consent#${attemptId}`, sk: 'attempt' }),
  consentVisit: (attemptId: string, stateHash: string): Key => ({
    pk: `consent#${attemptId}`,
    sk: `visit#${stateHash}`,
  }),

  secret: (connectionId: string, purpose: string): Key => ({
    pk: `connection#${connectionId}`,
    sk: `secret#${purpose}`,
  }),
  vendors: 'vendor#',
  vendor: (connectionId: string, contactId: string): Key => ({
    pk: `connection#${connectionId}`,
    sk: `${keys.vendors}${contactId}`,
  }),
  cursor: (connectionId: string): Key => ({ pk: `connection#${connectionId}`, sk: 'cursor' }),

  backfill: (connectionId: string): Key => ({ pk: `connection#${connectionId}`, sk: 'backfill' }),
  backfillItem: (connectionId: string, runId: string, place: number): Key => ({
    pk: `connection#${connectionId}#backfill`,
    sk: `${runId}#${String(place).padStart(8, '0')}`,
  }),

  table: (connectionId: string, table: string): Key => ({
    pk: `connection#${connectionId}`,
    sk: `table#${table}`,
  }),
  rows: (connectionId: string, table: string): string => `connection#${connectionId}#rows#${table}`,
  chunks: (versionId: string): string => `${versionId}#`,
  chunk: (connectionId: string, table: string, versionId: string, chunk: number): Key => ({
    pk: keys.rows(connectionId, table),
    sk: `${keys.chunks(versionId)}${String(chunk).padStart(4, '0')}`,
  }),

  versions: (connectionId: string, table: string): string => `connection#${connectionId}#versions#${table}`,
  version: (connectionId: string, table: string, version: number): Key => ({
    pk: keys.versions(connectionId, table),
    sk: String(version).padStart(8, '0'),
  }),

  documents: (connectionId: string): string => `connection#${connectionId}#documents`,
  document: (connectionId: string, id: string): Key => ({ pk: keys.documents(connectionId), sk: id }),
  state: (connectionId: string, state: DocumentState): string => `connection#${connectionId}#${state}`,
  decided: (decidedAt: string, id: string): string => `${decidedAt}#${id}`,

  ofDocument: (connectionId: string, documentId: string): string =>
    `connection#${connectionId}#document#${documentId}`,
  commitments: 'commitment#',
  commitment: (connectionId: string, documentId: string, projectId: string): Key => ({
    pk: keys.ofDocument(connectionId, documentId),
    sk: `${keys.commitments}${projectId}`,
  }),
  applications: 'application#',
  application: (
    connectionId: string,
    { orderId, projectId, documentId }: Pick<ApplicationLink, 'orderId' | 'projectId' | 'documentId'>,
  ): Key => ({
    pk: keys.ofDocument(connectionId, orderId),
    sk: `${keys.applications}${projectId}#${documentId}`,
  }),
  carried: (connectionId: string, orderId: string): Key => ({
    pk: keys.ofDocument(connectionId, orderId),
    sk: 'carried',
  }),
  directCosts: 'direct-cost#',
  directCost: (
    connectionId: string,
    { documentId, projectId, part }: Pick<DirectCostLink, 'documentId' | 'projectId' | 'part'>,
  ): Key => ({
    pk: keys.ofDocument(connectionId, documentId),
    sk: `${keys.directCosts}${projectId}#${part}`,
  }),
  match: (connectionId: string, chargeId: string): Key => ({
    pk: keys.ofDocument(connectionId, chargeId),
    sk: 'match',
  }),

  approval: (connectionId: string, documentId: string): Key => ({
    pk: keys.ofDocument(connectionId, documentId),
    sk: 'approval',
  }),
  holds: (connectionId: string, projectId: string): string => `connection#${connectionId}#holds#${projectId}`,
  hold: (connectionId: string, projectId: string, documentId: string): Key => ({
    pk: keys.holds(connectionId, projectId),
    sk: documentId,
  }),

  awaited: (connectionId: string, projectId: string): Key => ({
    pk: `connection#${connectionId}#budget#${projectId}`,
    sk: 'awaited',
  }),

  waitingRoom: (connectionId: string): string => `connection#${connectionId}#waiting`,
  handedOver: (connectionId: string, lane: Lane): string => `connection#${connectionId}#handed-over#${lane}`,
  waiting: (pk: string, rank: number, documentId: string): Key => ({ pk, sk: `${rank}#${documentId}` }),

  orders: (connectionId: string): string => `connection#${connectionId}#orders`,
  order: (connectionId: string, orderId: string): Key => ({ pk: keys.orders(connectionId), sk: orderId }),
  supplier: (connectionId: string, contactId: string): string =>
    `connection#${connectionId}#supplier#${contactId}`,
  knownOrders: 'order#',
  knownOrder: (connectionId: string, contactId: string, orderId: string): Key => ({
    pk: keys.supplier(connectionId, contactId),
    sk: `${keys.knownOrders}${orderId}`,
  }),
  allUndecided: 'undecided#',
  undecided: (connectionId: string, contactId: string, chargeId: string): Key => ({
    pk: keys.supplier(connectionId, contactId),
    sk: `${keys.allUndecided}${chargeId}`,
  }),

  audits: 'audit#',
  audit: (connectionId: string, documentId: string, sequence: number): Key => ({
    pk: keys.ofDocument(connectionId, documentId),
    sk: `${keys.audits}${String(sequence).padStart(8, '0')}`,
  }),
};
