import { randomUUID } from 'node:crypto';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll } from '@jest/globals';
import type { StandingCommitment } from '../../bin/local/procore-content.ts';
import { procoreContent } from '../../bin/local/procore-content.ts';
import { openChangeQueue } from '../../lib/aws/queue.ts';
import type { Connection } from '../../lib/core/connection.ts';
import type { DocumentKind } from '../../lib/core/documents.ts';
import type { AuditEntry } from '../../lib/core/links.ts';
import { connect } from '../../lib/flows/connect/connect.ts';
import { historyOfConnection } from '../../lib/flows/connections/connection-trail.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import { withWaitingRoom } from '../../lib/flows/patient-queue.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import type { ChangeMessage } from '../../lib/flows/sync/works.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import type { Company } from '../../lib/sandbox/procore/records.ts';
import type { ProcoreSandboxOptions } from '../../lib/sandbox/procore/server.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import type { PurchaseOrder } from '../../lib/sandbox/xero/documents.ts';
import type { XeroSandboxOptions } from '../../lib/sandbox/xero/server.ts';
import { createTable } from './aws.ts';
import type { TestClock } from './clock.ts';
import { testClock } from './clock.ts';
import type { TestCloud } from './world.ts';
import { startTestCloud, testDeployment } from './world.ts';

export const START = '2026-11-22T09:00:00.000Z';

/** The seeded contractor, connected and mapped: vendors, deployment and queue of its own on a shared cloud. */
export interface Scene {
  clock: TestClock;
  cloud: TestCloud;
  demo: DemoVendors;
  deployment: Deployment;
  tableName: string;
  queueUrl: string;
  connectionId: string;
  company: Company;
  /** What was published since the scene began. */
  events(): { type: string; detail: Record<string, unknown> }[];
  close(): Promise<void>;
}

export interface SceneOptions {
  xero?: XeroSandboxOptions;
  procore?: ProcoreSandboxOptions;
  settings?: Record<string, unknown>;
}

/** Gives the tests of one file a cloud, and as many scenes on it as they ask for; all are closed at its end. */
export function scenes(): (options?: SceneOptions) => Promise<Scene> {
  let cloud: TestCloud;
  const open = new Set<Scene>();
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(async () => {
    await Promise.all([...open].map((scene) => scene.close()));
    await cloud.close();
  });
  return async (options = {}) => {
    const begun = await openScene(cloud, options);
    const close = async () => {
      if (open.delete(scene)) await begun.demo.close();
    };
    const scene = { ...begun, close };
    open.add(scene);
    return scene;
  };
}

async function openScene(
  shared: TestCloud,
  { xero, procore, settings }: SceneOptions,
): Promise<Omit<Scene, 'close'>> {
  const clock = testClock(START);
  const limits = { hourly: 1e9, spike: 1e9 };
  const demo = await startDemoVendors({
    clock,
    xero: { limits: { minute: 1e9 }, ...xero },
    procore: { limits, ...procore },
  });
  const { QueueUrl } = await shared.sqs.send(
    new CreateQueueCommand({ QueueName: `changes-${randomUUID()}` }),
  );
  const tableName = await createTable(shared.dynamodb);
  const cloud = { ...shared, queueUrl: QueueUrl!, tableName };
  const urls = { xeroUrl: demo.xero.url, procoreUrl: demo.procore.url };
  const opened = await testDeployment(cloud, clock, urls, tableName);
  const own = openChangeQueue(cloud.sqs, cloud.queueUrl);
  const deployment = { ...opened, queue: withWaitingRoom(own, opened.waitingRoom, clock) };
  const before = cloud.bus.events().length;

  const file = demo.connectionFile;
  const { connectionId } = await connect(
    { ...file, settings: { ...file.settings, ...settings } },
    deployment,
  );
  await importMappings(connectionId, RULES_CSV, deployment);
  await importProjects(connectionId, PROJECTS_CSV, deployment);
  // Bills wait until the orders were read once; tests tell of orders one by one.
  await deployment.cursors.put(connectionId, { purchaseOrders: START });
  return {
    clock,
    cloud,
    demo,
    deployment,
    tableName,
    queueUrl: cloud.queueUrl,
    connectionId,
    company: demo.procore.companies.get(CONTRACTOR.procoreCompanyId)!,
    events: () =>
      cloud.bus
        .events()
        .slice(before)
        .map(({ event }) => ({ type: event['detail-type'], detail: event.detail })),
  };
}

/** The seeded order with this number. */
export function seededOrder({ demo }: Pick<Scene, 'demo'>, number: string): PurchaseOrder {
  const { purchaseOrders } = demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  return [...purchaseOrders.values()].find((order) => order.PurchaseOrderNumber === number)!;
}

/** A message saying that the document may have changed. */
export function messageAbout(
  { connectionId, clock }: Pick<Scene, 'connectionId' | 'clock'>,
  id: string,
  kind: DocumentKind = 'purchase-order',
): ChangeMessage {
  const receivedAt = clock.now().toISOString();
  const body = JSON.stringify({ connectionId, kind, id, reason: 'webhook', receivedAt });
  return { id: randomUUID(), receiveCount: 1, body };
}

/** Gives each worker its batch, and again what it could not do yet, until all is done. */
export async function untilDone(
  { deployment }: Pick<Scene, 'deployment'>,
  batches: ChangeMessage[][],
): Promise<void> {
  const work = async (batch: ChangeMessage[]): Promise<void> => {
    for (let left = batch; left.length > 0; ) {
      const verdicts = await syncDocuments(left, deployment);
      left = left.filter(({ id }) => verdicts.get(id) !== 'done');
    }
  };
  await Promise.all(batches.map(work));
}

/** The commitments that the connector has in Procore, by number. */
export function standing({ company }: Pick<Scene, 'company'>): StandingCommitment[] {
  return procoreContent(company).commitments.toSorted((a, b) => a.number.localeCompare(b.number));
}

/** How many writes Procore was asked for so far, refused ones included. */
export function writeCalls({ demo }: Pick<Scene, 'demo'>): number {
  return [...demo.procore.calls]
    .filter(([endpoint]) => !endpoint.startsWith('GET') && endpoint !== 'POST /oauth/token')
    .reduce((total, [, count]) => total + count, 0);
}

export async function connectionOf({ deployment, connectionId }: Scene): Promise<Connection> {
  return (await deployment.connections.get(connectionId))!;
}

/** What happened to the connection as a whole; the tables that the scene began with are no part of the story. */
export async function storyOf({ deployment, connectionId }: Scene): Promise<AuditEntry[]> {
  const history = await historyOfConnection(deployment, connectionId);
  return history.filter(({ event }) => event !== 'mappings-changed');
}
