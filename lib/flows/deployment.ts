import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { EventBus } from '../aws/events.ts';
import { openEventBus } from '../aws/events.ts';
import type { ChangeQueue } from '../aws/queue.ts';
import { openChangeQueue } from '../aws/queue.ts';
import type { Vault } from '../aws/vault.ts';
import { openVault } from '../aws/vault.ts';
import type { Clock, Log } from '../core/ports.ts';
import { systemClock } from '../core/ports.ts';
import type { Lane } from '../core/priority.ts';
import type { Approvals } from '../store/approvals.ts';
import { openApprovals } from '../store/approvals.ts';
import type { Audit } from '../store/audit.ts';
import { openAudit } from '../store/audit.ts';
import type { Backfills } from '../store/backfills.ts';
import { openBackfills } from '../store/backfills.ts';
import type { Charges } from '../store/charges.ts';
import { openCharges } from '../store/charges.ts';
import type { Connections } from '../store/connections.ts';
import { openConnections } from '../store/connections.ts';
import type { Cursors } from '../store/cursors.ts';
import { openCursors } from '../store/cursors.ts';
import type { Documents } from '../store/documents.ts';
import { openDocuments } from '../store/documents.ts';
import { keys } from '../store/keys.ts';
import type { Leases } from '../store/leases.ts';
import { openLeases } from '../store/leases.ts';
import { openLimits } from '../store/limits.ts';
import type { Links } from '../store/links.ts';
import { openLinks } from '../store/links.ts';
import type { Secrets } from '../store/secrets.ts';
import { openSecrets } from '../store/secrets.ts';
import type { Snapshots } from '../store/snapshots.ts';
import { openSnapshots } from '../store/snapshots.ts';
import type { SupplierBooks } from '../store/supplier-books.ts';
import { openSupplierBooks } from '../store/supplier-books.ts';
import { openTable } from '../store/table.ts';
import type { Tables } from '../store/tables.ts';
import { openTables } from '../store/tables.ts';
import type { WaitingRoom } from '../store/waiting-room.ts';
import { openWaitingRoom } from '../store/waiting-room.ts';
import type { WebhookDirectoryStore } from '../store/webhook-directory.ts';
import { openWebhookDirectory } from '../store/webhook-directory.ts';
import type { ApprovalDesk } from './approval/desk.ts';
import type { Environment } from './environment.ts';
import { requireEnvironment } from './environment.ts';
import type { Governor } from './governor/governor.ts';
import { openGovernor } from './governor/governor.ts';
import { withWaitingRoom } from './patient-queue.ts';

/** The AWS side of one deployment, opened once per process; every flow gets it. */
export interface Deployment {
  clock: Clock;
  log: Log;
  connections: Connections;
  documents: Documents;
  links: Links;
  charges: Charges;
  suppliers: SupplierBooks;
  approvals: Approvals;
  audit: Audit;
  tables: Tables;
  snapshots: Snapshots;
  cursors: Cursors;
  backfills: Backfills;
  leases: Leases;
  secrets: Secrets;
  directory: WebhookDirectoryStore;
  vault: Vault;
  /** What has to wait longer than SQS hides a message is put into the waiting room by it. */
  queue: ChangeQueue;
  waitingRoom: WaitingRoom;
  /** What waits for the worker that is on its connection. */
  handedOver: Record<Lane, WaitingRoom>;
  events: EventBus;
  /** By which approvers are asked; without it what is held is decided at the command line alone. */
  desk?: ApprovalDesk;
  vendors: VendorUrls;
  /** Keeps calls within what the vendors allow. */
  governor: Governor;
  /** Reaches the vendors. */
  fetch: typeof globalThis.fetch;
}

/** Where the vendors live. Settings, so that the same code talks to demo companies and sandboxes. */
export interface VendorUrls {
  xeroApiUrl: string;
  xeroIdentityUrl: string;
  /** Where people consent. */
  xeroLoginUrl: string;
  procoreApiUrl: string;
  procoreLoginUrl: string;
}

/** The SDK's clients; by themselves they find region, endpoints and credentials in the process's environment. */
export interface AwsClients {
  dynamodb: DynamoDBClient;
  kms: KMSClient;
  sqs: SQSClient;
  eventBridge: EventBridgeClient;
}

/** Opens the deployment that the environment names. Throws Stop('configuration-missing') naming all that lacks. */
export function openDeployment(
  environment: Environment,
  log: Log,
  clock: Clock = systemClock,
  clients: AwsClients = newClients(),
): Deployment {
  const { TABLE_NAME, KEY_ID, QUEUE_URL, EVENT_BUS_NAME } = requireEnvironment(
    environment,
    'TABLE_NAME',
    'KEY_ID',
    'QUEUE_URL',
    'EVENT_BUS_NAME',
  );
  const { dynamodb, kms, sqs, eventBridge } = clients;
  const table = openTable(dynamodb, TABLE_NAME);
  const waitingRoom = openWaitingRoom(table);
  return {
    clock,
    log,
    connections: openConnections(table),
    documents: openDocuments(table),
    links: openLinks(table),
    charges: openCharges(table),
    suppliers: openSupplierBooks(table),
    approvals: openApprovals(table),
    audit: openAudit(table),
    tables: openTables(table, clock),
    snapshots: openSnapshots(table, clock),
    cursors: openCursors(table),
    backfills: openBackfills(table, clock),
    leases: openLeases(table, clock),
    secrets: openSecrets(table),
    directory: openWebhookDirectory(dynamodb, TABLE_NAME),
    vault: openVault(kms, KEY_ID),
    queue: withWaitingRoom(openChangeQueue(sqs, QUEUE_URL), waitingRoom, clock),
    waitingRoom,
    handedOver: {
      urgent: openWaitingRoom(table, (id) => keys.handedOver(id, 'urgent')),
      patient: openWaitingRoom(table, (id) => keys.handedOver(id, 'patient')),
    },
    events: openEventBus(eventBridge, EVENT_BUS_NAME),
    vendors: vendorUrls(environment),
    governor: openGovernor(openLimits(table, clock), clock),
    fetch: globalThis.fetch,
  };
}

/** Clients for where the process's environment leads at this moment. */
export function newClients(): AwsClients {
  return {
    dynamodb: new DynamoDBClient(),
    kms: new KMSClient(),
    sqs: new SQSClient(),
    eventBridge: new EventBridgeClient(),
  };
}

function vendorUrls(environment: Environment): VendorUrls {
  return {
    xeroApiUrl: environment.XERO_API_URL || 'https://api.xero.com',
    xeroIdentityUrl: environment.XERO_IDENTITY_URL || 'https://identity.xero.com',
    xeroLoginUrl: environment.XERO_LOGIN_URL || 'https://login.xero.com/identity',
    procoreApiUrl: environment.PROCORE_API_URL || 'https://api.procore.com',
    procoreLoginUrl: environment.PROCORE_LOGIN_URL || 'https://login.procore.com',
  };
}
