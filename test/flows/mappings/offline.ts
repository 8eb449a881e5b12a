import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { parseSettings } from '../../../lib/store/connection-schema.ts';
import type { TestClock } from '../../support/clock.ts';
import { testClock } from '../../support/clock.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud, testDeployment } from '../../support/world.ts';

export interface Offline {
  cloud: TestCloud;
  clock: TestClock;
  deployment: Deployment;
}

/** What is said where nobody could be asked for names. */
export const UNASKED = {
  says: 'Neither Xero nor Procore was asked: Xero no longer accepts the refresh token of this connection. What the rows name was taken at its word.',
};

/** Gives each test of the file a deployment of its own with the broken connection `acme`, whose vendors nobody asks. */
export function eachTestOffline(use: (offline: Offline) => void): void {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud.close());
  beforeEach(async () => {
    const clock = testClock('2026-11-22T09:00:00.000Z');
    const nowhere = { xeroUrl: 'http://xero.invalid', procoreUrl: 'http://procore.invalid' };
    const deployment = await testDeployment(cloud, clock, nowhere);
    await deployment.connections.create({
      id: 'acme',
      name: 'Acme Builders',
      state: 'broken',
      code: 'xero-consent-lost',
      xero: { grant: 'refresh_token', clientId: 'x-1', organisation: 'Acme Builders Inc', currency: 'USD' },
      procore: { clientId: 'p-1', companyId: '9007199254740993' },
      settings: parseSettings({}, '2026-11-22'),
      createdAt: '2026-11-22T03:00:00.000Z',
    });
    use({ cloud, clock, deployment });
  });
}
