import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openVault } from '../../lib/aws/vault.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { tokenSource } from '../../lib/flows/tokens/access-tokens.ts';
import { clientOptions } from '../../lib/sandbox/aws/identity.ts';
import type { Fault } from '../../lib/sandbox/xero/faults.ts';
import { openConnections } from '../../lib/store/connections.ts';
import { openLeases } from '../../lib/store/leases.ts';
import { openSecrets } from '../../lib/store/secrets.ts';
import { openTable } from '../../lib/store/table.ts';
import { xeroConnections } from '../../lib/xero/oauth.ts';
import type { TestCloud } from '../support/world.ts';
import { startTestCloud } from '../support/world.ts';
import type { Life, TokenWorld } from './token-world.ts';
import { livesOn, MINUTE, READINGS, RUN, tokenWorld } from './token-world.ts';

let cloud: TestCloud;
const opened: { destroy(): void }[] = [];
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(async () => {
  for (const client of opened) client.destroy();
  await cloud.close();
});

/** Another machine: SDK clients, stores, vault and cache of its own. Its sleep takes a moment and moves nobody's time. */
async function machine({ deployment, clock, tableName }: Life): Promise<Deployment> {
  const [dynamodb, kms] = await Promise.all([cloud.dynamodb, cloud.kms].map(addressOf));
  const database = new DynamoDBClient({ ...clientOptions, endpoint: dynamodb! });
  const keys = new KMSClient({ ...clientOptions, endpoint: kms! });
  opened.push(database, keys);
  const own = {
    now: () => clock.now(),
    sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 40)),
  };
  const table = openTable(database, tableName);
  return {
    ...deployment,
    clock: own,
    connections: openConnections(table),
    leases: openLeases(table, own),
    secrets: openSecrets(table),
    vault: openVault(keys, cloud.keyId),
  };
}

async function addressOf(client: DynamoDBClient | KMSClient): Promise<string> {
  const { protocol, hostname, port } = await client.config.endpoint!();
  return `${protocol}//${hostname}:${port}`;
}

const machines = (one: Life, count: number) => Promise.all(Array.from({ length: count }, () => machine(one)));

async function sourcesOf(one: Life, deployments: Deployment[]) {
  const connection = await one.connection();
  return deployments.map((deployment) => tokenSource(deployment, connection, 'xero'));
}

async function working({ xero, clock }: Life, tokens: Iterable<string>): Promise<number> {
  let count = 0;
  for (const accessToken of new Set(tokens)) {
    count += (await xeroConnections({ apiUrl: xero.url, accessToken, clock })).length;
  }
  return count;
}

describe('fifty machines that need the token of one connection at once', () => {
  let world: TokenWorld;
  beforeAll(async () => {
    world = await tokenWorld(cloud, 'fresh-pair-ends-between');
  });
  afterAll(() => world.close());

  it('rotate once, and all get a token that works: when it ran out, and when Xero refuses it', async () => {
    const one = await world.begin();
    const sources = await sourcesOf(one, await machines(one, 50));
    const before = one.rotations();
    const tokens = await Promise.all(sources.map((source) => source.current()));
    expect(one.rotations() - before).toBe(1);
    expect([tokens.length, await working(one, tokens)]).toEqual([50, 1]);

    const next = await Promise.all(sources.map((source) => source.refreshed()));
    expect(one.rotations() - before).toBe(2);
    expect([new Set([...tokens, ...next]).size, await working(one, next)]).toEqual([2, 1]);
    expect(await livesOn(one)).toBe(true);
  });

  it("would get in each other's way without the lease", async () => {
    const one = await world.begin();
    const free = { keep: async () => {}, release: async () => {} };
    const lawless = (await machines(one, 8)).map((deployment) => ({
      ...deployment,
      leases: { acquire: async () => free },
    }));
    const before = one.rotations();
    const sources = await sourcesOf(one, lawless);
    const ends = await Promise.allSettled(sources.map((source) => source.current()));
    const left = ends.filter(({ status }) => status === 'rejected').length;
    expect(one.rotations() - before + left).toBeGreaterThan(1);
  });
});

/** What becomes of one request for tokens: Xero never saw it, or did all and the answer was lost. */
type Lost = 'before' | 'after';

/** Every pattern of so many lost answers. */
function patterns(length: number): Lost[][] {
  if (length === 0) return [[]];
  return patterns(length - 1).flatMap((pattern): Lost[][] => [
    [...pattern, 'before'],
    [...pattern, 'after'],
  ]);
}

/** Cut connections and server errors in turn: neither says whether Xero has rotated. */
function lose({ xero }: Life, pattern: Lost[]): void {
  for (const [index, when] of pattern.entries()) {
    const shape = index % 2 === 0 ? { do: 'drop' as const } : { do: 'answer' as const, status: 502 };
    xero.faults.add({ path: '/connect/token', times: 1, when, ...shape } as Fault);
  }
}

/** How often one renewal asks. */
const ATTEMPTS = 4;

describe.each(READINGS)('where Xero answers a reused refresh token with a %s', (reading) => {
  let world: TokenWorld;
  let one: Life;
  beforeAll(async () => {
    world = await tokenWorld(cloud, reading);
    one = await world.begin();
  });
  afterAll(() => world.close());

  it('a run gets its token though up to three answers in a row are lost', async () => {
    for (const pattern of [1, 2, 3].flatMap(patterns)) {
      one.clock.advance(RUN);
      lose(one, pattern);
      const before = one.rotations();
      await one.run();
      expect({ pattern, asked: one.rotations() - before }).toEqual({ pattern, asked: pattern.length + 1 });
      expect({ pattern, organisations: await one.ask() }).toEqual({ pattern, organisations: 1 });
    }
  });

  it('the next run gets it where a whole run lost every answer, and its own first three', async () => {
    for (const first of patterns(ATTEMPTS)) {
      for (const second of first.includes('before') ? [[]] : patterns(ATTEMPTS - 1)) {
        one.clock.advance(RUN);
        const begun = one.clock.now().getTime();
        lose(one, [...first, ...second]);
        await one.run();
        one.clock.advance(begun + RUN - one.clock.now().getTime());
        await one.run();
        expect({ first, second, organisations: await one.ask() }).toEqual({
          first,
          second,
          organisations: 1,
        });
      }
    }
  });

  it('nothing is asked twice where Xero says that it did not begin', async () => {
    one.clock.advance(RUN);
    one.xero.faults.add({ path: '/connect/token', do: 'answer', status: 429, when: 'before', times: 1 });
    const before = one.rotations();
    await one.run();
    expect(one.rotations() - before).toBe(1);
    expect(await livesOn(one)).toBe(true);
  });

  it('the connection is lost only where nobody could reach Xero for all of its half hour', async () => {
    const lost = await world.begin();
    lose(lost, patterns(ATTEMPTS).at(-1)!);
    await lost.run();
    lost.clock.advance(31 * MINUTE);
    await expect(lost.run()).rejects.toMatchObject({ code: 'xero-consent-lost' });
  });
});
