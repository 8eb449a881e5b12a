import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { createTable } from '../../support/aws.ts';
import { testClock } from '../../support/clock.ts';
import { START } from '../../support/scene.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud, testDeployment } from '../../support/world.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

describe('a process that dies', () => {
  it('is missed for as long as its share lasts, then others have what it had', async () => {
    const clock = testClock(START);
    const tableName = await createTable(cloud.dynamodb);
    const urls = { xeroUrl: 'http://127.0.0.1:1', procoreUrl: 'http://127.0.0.1:1' };
    const open = () => testDeployment(cloud, clock, urls, tableName);
    const connection = { id: 'acme', settings: { xeroDailyCalls: 5000 } } as Parameters<
      Deployment['governor']['xero']
    >[0];
    const [first, second, third, next] = await Promise.all([open(), open(), open(), open()]);
    for (const dying of [first, second, third]) {
      const gate = dying.governor.xero(connection, 'approval');
      expect(await gate.enter(0)).toMatchObject({ kind: 'pass' });
    }
    const gate = next.governor.xero(connection, 'approval');
    expect(await gate.enter(0)).toMatchObject({ kind: 'limited' });
    clock.advance(44_000);
    expect(await gate.enter(0)).toMatchObject({ kind: 'limited' });
    clock.advance(3000);
    expect(await gate.enter(0)).toMatchObject({ kind: 'pass' });
  });
});
