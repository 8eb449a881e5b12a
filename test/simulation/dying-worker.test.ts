import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StandingCommitment } from '../../bin/local/procore-content.ts';
import { procoreContent } from '../../bin/local/procore-content.ts';
import { connect } from '../../lib/flows/connect.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { importMappings } from '../../lib/flows/import-mappings.ts';
import { importProjects } from '../../lib/flows/import-projects.ts';
import { syncDocuments } from '../../lib/flows/sync-documents.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../lib/sandbox/seed/contractor.ts';
import { verify } from '../../lib/store/audit.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import type { TestCloud } from '../support/world.ts';
import { startTestCloud, testDeployment } from '../support/world.ts';
import type { Death } from './mortal.ts';
import { mortal } from './mortal.ts';

const START = '2026-11-22T09:00:00.000Z';
/** One order over two projects, and one whose supplier Procore does not know yet. */
const ORDERS = ['PO-1227', 'PO-1206'];
/** Longer than any lease: what a dead worker held is free again. */
const LATER_MS = 5 * 60_000;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

interface Scene extends AsyncDisposable {
  clock: TestClock;
  demo: DemoVendors;
  deployment: Deployment;
  connectionId: string;
  messages: { id: string; body: string; receiveCount: number }[];
}

async function newScene(): Promise<Scene> {
  const clock = testClock(START);
  const unlimited = { hourly: 1e9, spike: 1e9 };
  const demo = await startDemoVendors({ clock, procore: { limits: unlimited } });
  const deployment = await testDeployment(cloud, clock, {
    xeroUrl: demo.xero.url,
    procoreUrl: demo.procore.url,
  });
  const { connectionId } = await connect(demo.connectionFile, deployment);
  await importMappings(connectionId, RULES_CSV, deployment);
  await importProjects(connectionId, PROJECTS_CSV, deployment);
  const books = demo.xero.organisations.get(CONTRACTOR.tenantId)!;
  const orders = [...books.purchaseOrders.values()].filter((order) =>
    ORDERS.includes(order.PurchaseOrderNumber ?? ''),
  );
  const messages = orders.map(({ PurchaseOrderID }) => ({
    id: randomUUID(),
    receiveCount: 1,
    body: JSON.stringify({
      connectionId,
      kind: 'purchase-order',
      id: PurchaseOrderID,
      reason: 'poll',
      receivedAt: START,
    }),
  }));
  return { clock, demo, deployment, connectionId, messages, [Symbol.asyncDispose]: demo.close };
}

function standing({ demo }: Scene): StandingCommitment[] {
  const { commitments } = procoreContent(demo.procore.companies.get(CONTRACTOR.procoreCompanyId)!);
  return commitments.toSorted((a, b) => a.number.localeCompare(b.number));
}

function vendorNames({ demo }: Scene): string[] {
  const { vendors } = demo.procore.companies.get(CONTRACTOR.procoreCompanyId)!;
  return [...vendors.values()].map(({ name }) => name).toSorted();
}

describe('a worker that dies while it carries orders over', () => {
  let undisturbed: { commitments: StandingCommitment[]; vendors: string[] };
  let operations: readonly ('vendor' | 'store')[];

  beforeAll(async () => {
    await using scene = await newScene();
    const life = mortal(scene.deployment, { operation: Number.POSITIVE_INFINITY, when: 'before' });
    await syncDocuments(scene.messages, life.deployment);
    undisturbed = { commitments: standing(scene), vendors: vendorNames(scene) };
    operations = life.operations;
  });

  it('is followed by one that goes on from there, so that Procore ends as if nothing had happened', async () => {
    expect(undisturbed.commitments).toHaveLength(3);
    expect(
      undisturbed.commitments.filter(({ requisition }) => requisition !== undefined).length,
    ).toBeGreaterThan(0);

    for (const death of deaths(operations)) {
      await using scene = await newScene();
      const life = mortal(scene.deployment, death);
      const end = await Promise.race([life.died, syncDocuments(scene.messages, life.deployment)]);
      expect({ ...death, end }).toEqual({ ...death, end: 'died' });

      scene.clock.advance(LATER_MS);
      const verdicts = await syncDocuments(scene.messages, scene.deployment);
      expect({ ...death, verdicts: [...verdicts.values()] }).toEqual({
        ...death,
        verdicts: ['done', 'done'],
      });
      expect({ ...death, commitments: standing(scene) }).toEqual({
        ...death,
        commitments: undisturbed.commitments,
      });
      expect({ ...death, vendors: vendorNames(scene) }).toEqual({ ...death, vendors: undisturbed.vendors });
      for (const document of await scene.deployment.documents.list(scene.connectionId)) {
        expect(verify(await scene.deployment.audit.list(scene.connectionId, document.id))).toBeUndefined();
      }
    }
  }, 60_000);
});

/** After every call to a vendor, whose answer is then lost, and around every twelfth operation on the stores. */
function deaths(operations: readonly ('vendor' | 'store')[]): Death[] {
  return operations.flatMap((kind, index): Death[] => {
    const operation = index + 1;
    if (kind === 'vendor') return [{ operation, when: 'after' }];
    return operation % 12 === 0 ? [{ operation, when: operation % 24 === 0 ? 'before' : 'after' }] : [];
  });
}
