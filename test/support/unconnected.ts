import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Deployment } from '../../lib/flows/deployment.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import type { TestClock } from './clock.ts';
import { testClock } from './clock.ts';
import type { TestCloud } from './world.ts';
import { startTestCloud, testDeployment } from './world.ts';

export interface Unconnected {
  cloud: TestCloud;
  clock: TestClock;
  vendors: DemoVendors;
  deployment: Deployment;
  /** Would connect the demo's contractor. */
  file: DemoVendors['connectionFile'];
}

/** Gives every test of the file vendors and a deployment of its own, in which nothing is connected yet. */
export function eachTestUnconnected(use: (fresh: Unconnected) => void): void {
  let cloud: TestCloud;
  let vendors: DemoVendors;
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud.close());
  beforeEach(async () => {
    const clock = testClock('2026-11-22T09:00:00.000Z');
    vendors = await startDemoVendors({ clock });
    const { xero, procore, connectionFile: file } = vendors;
    const deployment = await testDeployment(cloud, clock, { xeroUrl: xero.url, procoreUrl: procore.url });
    use({ cloud, clock, vendors, deployment, file });
  });
  afterEach(() => vendors.close());
}
