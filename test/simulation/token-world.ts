import { randomUUID } from 'node:crypto';
import type { Connection } from '../../lib/core/connection.ts';
import { RetryLater } from '../../lib/core/errors.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { refreshToken, tokenSource } from '../../lib/flows/tokens/access-tokens.ts';
import { putSecret } from '../../lib/flows/tokens/secrets.ts';
import type { XeroSandbox } from '../../lib/sandbox/xero/server.ts';
import { startXeroSandbox } from '../../lib/sandbox/xero/server.ts';
import type { Unverified } from '../../lib/sandbox/xero/unverified.ts';
import { parseSettings } from '../../lib/store/connection-schema.ts';
import { xeroConnections } from '../../lib/xero/oauth.ts';
import { createTable } from '../support/aws.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import type { TestCloud } from '../support/world.ts';
import { testDeployment } from '../support/world.ts';

/** What Xero may do where a refresh token comes again within its half hour of grace. */
export const READINGS: Unverified['graceReuse'][] = ['fresh-pair', 'same-pair', 'fresh-pair-ends-between'];

export const MINUTE = 60_000;
/** Between two runs of the schedule. */
export const RUN = 20 * MINUTE;

const TENANT = '3f1c5a52-7a41-4c39-9d0b-1f1f54a0c0de';
const APP = { clientId: 'APP', clientSecret: 'app-secret', grant: 'refresh_token' } as const;

/** One Xero with one app, in which connections begin and live by the same clock. */
export interface TokenWorld {
  xero: XeroSandbox;
  clock: TestClock;
  /** A connection in a table of its own, whose access token has just expired. */
  begin(): Promise<Life>;
  close(): Promise<void>;
}

/** What becomes of one connection. */
export interface Life {
  clock: TestClock;
  xero: XeroSandbox;
  deployment: Deployment;
  tableName: string;
  connection(): Promise<Connection>;
  /**
   * What the schedule does for the connection's Xero token, in this process or in one that a test makes of it. What
   * passes waits for the next run; a consent that is lost is thrown.
   */
  run(deployment?: Deployment): Promise<void>;
  /** A worker's question to Xero: how many organisations it sees. */
  ask(deployment?: Deployment): Promise<number>;
  /** How often Xero has issued tokens since the world began. */
  rotations(): number;
}

export async function tokenWorld(
  cloud: TestCloud,
  graceReuse: Unverified['graceReuse'],
): Promise<TokenWorld> {
  const clock = testClock('2026-11-22T09:00:00.000Z');
  const xero = await startXeroSandbox({
    clock,
    unverified: { graceReuse },
    limits: { minute: 1e9, day: 1e9 },
  });
  xero.addOrganisation({ tenantId: TENANT, name: 'Builders', baseCurrency: 'USD', countryCode: 'US' });
  xero.registerApp(APP);
  const urls = { xeroUrl: xero.url, procoreUrl: xero.url };
  return {
    xero,
    clock,
    close: () => xero.close(),
    async begin() {
      const tableName = await createTable(cloud.dynamodb);
      const deployment = await testDeployment(cloud, clock, urls, tableName);
      const id = randomUUID();
      await deployment.connections.create(connectionOf(id));
      const now = clock.now();
      await putSecret(deployment, id, 'xero-tenant', TENANT);
      await putSecret(deployment, id, 'xero-client-secret', APP.clientSecret);
      await putSecret(deployment, id, 'xero-refresh-token', xero.authorise(APP.clientId, TENANT));
      await putSecret(deployment, id, 'xero-access-token', 'expired', { expiresAt: now });
      return { ...life(id, deployment, xero, clock), tableName };
    },
  };
}

function life(
  id: string,
  deployment: Deployment,
  xero: XeroSandbox,
  clock: TestClock,
): Omit<Life, 'tableName'> {
  const connection = async () => (await deployment.connections.get(id))!;
  return {
    clock,
    xero,
    deployment,
    connection,
    async run(process = deployment) {
      const lasting = new Date(clock.now().getTime() + 30 * MINUTE);
      const isGoodEnough = (token?: { expiresAt: Date }) => token !== undefined && token.expiresAt > lasting;
      try {
        await refreshToken(process, await connection(), 'xero', isGoodEnough);
      } catch (error) {
        if (!(error instanceof RetryLater)) throw error;
      }
    },
    async ask(process = deployment) {
      const accessToken = await tokenSource(process, await connection(), 'xero').current();
      return (await xeroConnections({ apiUrl: xero.url, accessToken, clock })).length;
    },
    rotations: () => xero.calls.count('POST /connect/token'),
  };
}

function connectionOf(id: string): Connection {
  return {
    id,
    name: id,
    state: 'live',
    xero: { grant: 'refresh_token', clientId: APP.clientId, organisation: 'Builders', currency: 'USD' },
    procore: { clientId: 'procore', companyId: '1' },
    settings: parseSettings({}, '2026-11-22'),
    createdAt: '2026-11-22T09:00:00.000Z',
  };
}

/** Whether the next run of the schedule finds everything that the connection needs to go on. */
export async function livesOn(one: Life): Promise<boolean> {
  one.clock.advance(RUN);
  await one.run();
  return (await one.ask()) === 1;
}
