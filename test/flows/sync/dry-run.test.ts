import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from '../../../lib/flows/connect/connect.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { importMappings } from '../../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../../lib/flows/mappings/import-projects.ts';
import type { DemoVendors } from '../../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../../lib/sandbox/demo-vendors.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../../lib/sandbox/seed/connection-files.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import { testClock } from '../../support/clock.ts';
import type { TestCloud } from '../../support/world.ts';
import { drain, startTestCloud, testDeployment } from '../../support/world.ts';

let cloud: TestCloud;
let vendors: DemoVendors;
let deployment: Deployment;
let orderId: string;
const clock = testClock('2026-11-22T09:00:00.000Z');

beforeAll(async () => {
  cloud = await startTestCloud();
  vendors = await startDemoVendors({ clock });
  deployment = await testDeployment(cloud, clock, {
    xeroUrl: vendors.xero.url,
    procoreUrl: vendors.procore.url,
  });
  const { purchaseOrders } = vendors.xero.organisations.get(CONTRACTOR.tenantId)!;
  orderId = [...purchaseOrders.values()].find(
    ({ PurchaseOrderNumber }) => PurchaseOrderNumber === 'PO-1201',
  )!.PurchaseOrderID;
});
afterAll(async () => {
  await Promise.all([vendors.close(), cloud.close()]);
});

async function look(connectionId: string): Promise<void> {
  const receivedAt = clock.now().toISOString();
  await deployment.queue.send([
    { connectionId, kind: 'purchase-order', id: orderId, reason: 'poll', receivedAt },
  ]);
  await drain(cloud, deployment);
}

const written = () => {
  const company = vendors.procore.companies.get(CONTRACTOR.procoreCompanyId)!;
  return [...company.projects.values()].flatMap(({ contracts }) => [...contracts.values()]);
};

describe('a dry run', () => {
  it('says what it would write and writes nothing; the connection goes on once it is over', async () => {
    const { connectionFile: file } = vendors;
    const { connectionId } = await connect(
      { ...file, settings: { ...file.settings, dryRun: true } },
      deployment,
    );
    await importMappings(connectionId, RULES_CSV, deployment);
    await importProjects(connectionId, PROJECTS_CSV, deployment);

    await look(connectionId);
    expect(await deployment.documents.get(connectionId, orderId)).toMatchObject({
      state: 'left-out',
      code: 'dry-run',
      message: expect.stringMatching(/this is what would be written: .*write-commitment, .*write-lines/),
      procore: [],
    });
    expect(written()).toEqual([]);

    const trail = await deployment.audit.list(connectionId, orderId);
    await look(connectionId);
    expect(await deployment.audit.list(connectionId, orderId)).toEqual(trail);

    await connect(file, deployment);
    await look(connectionId);
    expect(await deployment.documents.get(connectionId, orderId)).toMatchObject({ state: 'posted' });
    expect(written()).toHaveLength(1);
  });
});
