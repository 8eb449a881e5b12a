import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RetryLater } from '../../../lib/core/errors.ts';
import { PRIORITIES } from '../../../lib/core/priority.ts';
import { openBooks, openProjectTool } from '../../../lib/flows/clients.ts';
import { connect } from '../../../lib/flows/connect/connect.ts';
import type { Deployment } from '../../../lib/flows/deployment.ts';
import { startDemoVendors } from '../../../lib/sandbox/demo-vendors.ts';
import { openLimits } from '../../../lib/store/limits.ts';
import { openTable } from '../../../lib/store/table.ts';
import { createTable } from '../../support/aws.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { START } from '../../support/scene.ts';
import type { TestCloud } from '../../support/world.ts';
import { startTestCloud, testDeployment } from '../../support/world.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** A connection, and as many processes that work for it, on vendors with their real limits. Time runs fast. */
async function crowd(processes: number, times: number) {
  const clock = fastClock(START, times);
  const demo = await startDemoVendors({ clock, procore: { limits: { hourly: 600, spike: 25 } } });
  const tableName = await createTable(cloud.dynamodb);
  const urls = { xeroUrl: demo.xero.url, procoreUrl: demo.procore.url };
  const deployments = await Promise.all(
    Array.from({ length: processes }, () => testDeployment(cloud, clock, urls, tableName)),
  );
  const { connectionId } = await connect(demo.connectionFile, deployments[0]!);
  const connection = (await deployments[0]!.connections.get(connectionId))!;
  // Connecting passes no gate: its calls are over before the crowd comes.
  await clock.sleep(61_000);
  const limits = openLimits(openTable(cloud.dynamodb, tableName), clock);
  return { clock, demo, deployments, connection, limits };
}

/** Does it so many times, coming back when it is told to. */
async function insist({ clock }: Pick<Deployment, 'clock'>, times: number, work: () => Promise<unknown>) {
  for (let done = 0; done < times; ) {
    try {
      await work();
      done += 1;
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      await clock.sleep(error.afterSeconds * 1000);
    }
  }
}

describe('several processes that call for one connection', () => {
  it('stay within Xero’s minute and its five in flight, and write once for many calls', async () => {
    const { demo, deployments, connection, limits } = await crowd(5, 20);
    demo.xero.calls.reset();
    await Promise.all(
      deployments.map(async (deployment, index) => {
        const books = await openBooks(deployment, connection, PRIORITIES[index]!);
        await insist(deployment, 12, () => Promise.all([books.accounts(), books.items()]));
        await deployment.governor.rest();
      }),
    );
    const asked = demo.xero.calls.latest.filter(({ path }) => path.startsWith('/api.xro'));
    expect(asked.filter(({ status }) => status !== 200)).toEqual([]);
    expect(asked.length).toBeGreaterThanOrEqual(120);
    const { revision, shares } = await limits.get({ vendor: 'xero', id: connection.id });
    expect(shares).toEqual({});
    expect(revision).toBeLessThanOrEqual(asked.length / 2);
    await demo.close();
  });

  it('stay within Procore’s ten seconds, which only its headers tell', async () => {
    const { demo, deployments, connection, limits } = await crowd(4, 10);
    const before = demo.procore.calls.get('GET /rest/v1.0/line_item_types') ?? 0;
    const refused: number[] = [];
    await Promise.all(
      deployments.map(async (opened, index) => {
        const { fetch } = opened;
        const watched: typeof fetch = async (...call) => {
          const response = await fetch(...call);
          if (response.status === 429) refused.push(response.status);
          return response;
        };
        const deployment = { ...opened, fetch: watched };
        const tool = openProjectTool(deployment, connection, PRIORITIES[index]!);
        await insist(deployment, 25, () => tool.costTypes());
        await deployment.governor.rest();
      }),
    );
    expect(refused).toEqual([]);
    expect(demo.procore.calls.get('GET /rest/v1.0/line_item_types')! - before).toBe(100);
    const { revision } = await limits.get({ vendor: 'procore', id: connection.procore.clientId });
    expect(revision).toBeLessThanOrEqual(60);
    await demo.close();
  });
});

describe('a process that calls alone', () => {
  it('writes about once for fifteen calls', async () => {
    const { demo, deployments, connection, limits } = await crowd(1, 20);
    const [deployment] = deployments;
    const revision = async () => (await limits.get({ vendor: 'xero', id: connection.id })).revision;
    const before = await revision();
    const books = await openBooks(deployment!, connection, 'approval');
    await insist(deployment!, 45, () => books.accounts());
    await deployment!.governor.rest();
    expect((await revision()) - before).toBe(4);
    await demo.close();
  });
});
