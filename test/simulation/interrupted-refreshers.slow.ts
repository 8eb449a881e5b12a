import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../lib/flows/deployment.ts';
import type { TestCloud } from '../support/world.ts';
import { startTestCloud } from '../support/world.ts';
import { frozen } from './frozen.ts';
import type { Kind } from './interpose.ts';
import type { Death } from './mortal.ts';
import { mortal } from './mortal.ts';
import type { Life, TokenWorld } from './token-world.ts';
import { livesOn, MINUTE, READINGS, RUN, tokenWorld } from './token-world.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** All that a renewal works on. */
const RENEWING = ['leases', 'secrets', 'vault'] as const;
const NEVER: Death = { operation: Number.POSITIVE_INFINITY, when: 'before' };

async function operationsOf(one: Life): Promise<Kind[]> {
  one.clock.advance(RUN);
  const { deployment, operations } = mortal(one.deployment, NEVER, RENEWING);
  await one.run(deployment);
  return operations;
}

/** Around every operation; what happened after the n-th is what happened before the next. */
function moments(operations: readonly Kind[]): Death[] {
  return [
    { operation: 1, when: 'before' },
    ...operations.map((_kind, index) => ({ operation: index + 1, when: 'after' as const })),
  ];
}

describe.each(READINGS)('where Xero answers a reused refresh token with a %s', (reading) => {
  let world: TokenWorld;
  let one: Life;
  beforeAll(async () => {
    world = await tokenWorld(cloud, reading);
    one = await world.begin();
  });
  afterAll(() => world.close());

  it('a renewal that dies after any of its steps is made good by the next run, 20 minutes later', async () => {
    const operations = await operationsOf(one);
    expect(operations.filter((kind) => kind === 'vendor')).toHaveLength(1);
    expect(operations.length).toBeGreaterThan(10);
    for (const death of moments(operations)) {
      one.clock.advance(RUN);
      const life = mortal(one.deployment, death, RENEWING);
      expect({ ...death, end: await Promise.race([life.died, one.run(life.deployment)]) }).toEqual({
        ...death,
        end: 'died',
      });
      expect({ ...death, livesOn: await livesOn(one) }).toEqual({ ...death, livesOn: true });
    }
  });

  it('a renewal that stands still for 3, 25 or 45 minutes does no harm once it goes on', async () => {
    const operations = await operationsOf(one);
    const asking = operations.indexOf('vendor') + 1;
    for (const moment of moments(operations)) {
      // Whether Xero is asked, has answered, or the answer is stored: there the time matters.
      const critical = Math.abs(moment.operation - asking) <= 1;
      for (const minutes of critical ? [45, 25, 3] : [3]) {
        one.clock.advance(RUN);
        const process = frozen(one.deployment, moment, RENEWING);
        const run = one.run(process.deployment);
        await process.reached;
        await others(one, minutes);
        process.thaw();
        await run;
        expect({ ...moment, minutes, livesOn: await livesOn(one) }).toEqual({
          ...moment,
          minutes,
          livesOn: true,
        });
      }
    }
  });

  it('nor where the one who took its turn dies before it has stored anything', async () => {
    const twice = await world.begin();
    const operations = await operationsOf(twice);
    const answered: Death = { operation: operations.indexOf('vendor') + 1, when: 'after' };
    twice.clock.advance(RUN);
    const process = frozen(twice.deployment, answered, RENEWING);
    const run = twice.run(process.deployment);
    await process.reached;
    twice.clock.advance(3 * MINUTE);
    const next = mortal(twice.deployment, answered, RENEWING);
    expect(await Promise.race([next.died, twice.run(next.deployment)])).toBe('died');
    process.thaw();
    await run;
    expect(await livesOn(twice)).toBe(true);
  });

  it('the simulation notices a refresh token that is not durable', async () => {
    const lost = await world.begin();
    const forgetful = forgetting(lost.deployment);
    await lost.run(forgetful);
    lost.clock.advance(RUN);
    await lost.run(forgetful);
    lost.clock.advance(RUN);
    await expect(lost.run(forgetful)).rejects.toMatchObject({ code: 'xero-consent-lost' });
  });
});

describe('an access token that were stored before the refresh token that came with it', () => {
  /** Workers alone, a quarter of an hour apart, after a process that died between its two writes. */
  async function afterDeath(dying: (deployment: Deployment, die: () => Promise<never>) => Deployment) {
    const world = await tokenWorld(cloud, 'fresh-pair');
    try {
      const one = await world.begin();
      const died = Promise.withResolvers<void>();
      const die = () => {
        died.resolve();
        return new Promise<never>(() => {});
      };
      await Promise.race([died.promise, one.ask(dying(one.deployment, die))]);
      for (let look = 1; look <= 3; look += 1) {
        one.clock.advance(15 * MINUTE + 1000);
        await one.ask();
      }
    } finally {
      await world.close();
    }
  }

  it('would keep everybody from noticing until Xero has forgotten the old one; as it is, the next worker does', async () => {
    await expect(
      afterDeath((deployment, die) => ({
        ...deployment,
        secrets: {
          ...deployment.secrets,
          // What the refresh token was claimed with is written as ever, what came for it comes too late.
          async put(id, purpose, sealed, options) {
            const { secrets } = deployment;
            if (purpose !== 'xero-refresh-token') {
              await secrets.put(id, purpose, sealed, options);
              return die();
            }
            const stored = await secrets.get(id, purpose);
            if (Buffer.compare(stored!.sealed, sealed) === 0)
              return secrets.put(id, purpose, sealed, options);
            return stored!.revision + 1;
          },
        },
      })),
    ).rejects.toMatchObject({ code: 'xero-consent-lost' });

    await afterDeath((deployment, die) => ({
      ...deployment,
      secrets: {
        ...deployment.secrets,
        async put(id, purpose, sealed, options) {
          const { secrets } = deployment;
          const stored = await secrets.get(id, purpose);
          if (Buffer.compare(stored!.sealed, sealed) === 0) return secrets.put(id, purpose, sealed, options);
          return die();
        },
      },
    }));
  });
});

/** What the schedule does while somebody stands still. */
async function others(one: Life, minutes: number): Promise<void> {
  let left = minutes * MINUTE;
  for (const step of [3 * MINUTE, RUN, RUN]) {
    if (left < step) break;
    one.clock.advance(step);
    left -= step;
    await one.run();
  }
  one.clock.advance(left);
}

/** Writes everything but new refresh tokens. */
function forgetting(deployment: Deployment): Deployment {
  const { secrets } = deployment;
  return {
    ...deployment,
    secrets: {
      ...secrets,
      async put(id, purpose, sealed, options) {
        const stored = await secrets.get(id, purpose);
        const same = stored && Buffer.compare(stored.sealed, sealed) === 0;
        if (purpose !== 'xero-refresh-token' || same) return secrets.put(id, purpose, sealed, options);
        return stored!.revision;
      },
    },
  };
}
