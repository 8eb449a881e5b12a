import type { Fault } from '../../lib/sandbox/xero/faults.ts';
import type { TestCloud } from '../support/world.ts';
import { frozen } from './frozen.ts';
import { interpose } from './interpose.ts';
import { mortal } from './mortal.ts';
import type { Life } from './token-world.ts';
import { MINUTE, RUN, tokenWorld } from './token-world.ts';

const RENEWING = ['leases', 'secrets', 'vault'] as const;
/** Operations of one renewal. */
const OPERATIONS = 18;

/**
 * Runs the schedule for so many days while things go wrong: answers get lost and AWS fails for a moment at any run, and
 * every other run at the most dies, stands still or gets no answer at all, so that one run in Xero's half hour has
 * a chance. Throws where the connection is lost. Returns how often what went wrong.
 */
export async function liveThrough(
  days: number,
  reading: Parameters<typeof tokenWorld>[1],
  seed: number,
  cloud: TestCloud,
): Promise<Record<string, number>> {
  const world = await tokenWorld(cloud, reading);
  const chance = generator(seed);
  const happened: Record<string, number> = {};
  try {
    const one = await world.begin();
    let spared = false;
    for (let run = 0; run < (days * 24 * 60 * MINUTE) / RUN; run += 1) {
      const begun = one.clock.now().getTime();
      const what = spared ? pick(chance, PASSING) : pick(chance, [...PASSING, ...PASSING, ...ENDING]);
      happened[what] = (happened[what] ?? 0) + 1;
      await MISHAPS[what](one, chance);
      one.xero.faults.clear();
      spared = (ENDING as readonly Mishap[]).includes(what);
      one.clock.advance(Math.max(0, begun + RUN - one.clock.now().getTime()));
    }
    if ((await one.ask()) !== 1) throw new Error('the token that is left does not work');
    return happened;
  } finally {
    await world.close();
  }
}

type Chance = () => number;
type Mishap = keyof typeof MISHAPS;

const PASSING = ['nothing', 'answers lost', 'AWS stutters', 'a rival'] as const;
const ENDING = ['death', 'frozen', 'no answer at all', 'Xero away', 'AWS away'] as const;

const MISHAPS = {
  nothing: (one: Life) => one.run(),
  async 'answers lost'(one: Life, chance: Chance) {
    loseAnswers(one, 1 + Math.floor(chance() * 3), chance);
    await one.run();
  },
  /** One operation in ten fails once, done or not. Workers that need the token come before the next run. */
  async 'AWS stutters'(one: Life, chance: Chance) {
    await one.run(failing(one, () => chance() < 0.1, chance)).catch(passing);
    one.clock.advance(10 * MINUTE);
    await one.run();
  },
  async 'a rival'(one: Life) {
    await Promise.all([one.run(), one.run()]);
  },
  async death(one: Life, chance: Chance) {
    const life = mortal(one.deployment, moment(chance), RENEWING);
    await Promise.race([life.died, one.run(life.deployment)]);
  },
  async frozen(one: Life, chance: Chance) {
    const process = frozen(one.deployment, moment(chance), RENEWING);
    const run = one.run(process.deployment);
    await Promise.race([process.reached, run]);
    one.clock.advance(3 * MINUTE);
    await one.run();
    process.thaw();
    await run;
  },
  async 'no answer at all'(one: Life, chance: Chance) {
    loseAnswers(one, 4, chance);
    await one.run();
  },
  async 'Xero away'(one: Life) {
    one.xero.faults.add({ path: '/connect/token', do: 'answer', status: 503, when: 'before' });
    await one.run();
  },
  async 'AWS away'(one: Life, chance: Chance) {
    const from = Math.floor(chance() * OPERATIONS);
    let operation = 0;
    const away = () => {
      operation += 1;
      return operation > from;
    };
    await one.run(failing(one, away, chance)).catch(passing);
  },
} satisfies Record<string, (one: Life, chance: Chance) => Promise<void>>;

function loseAnswers({ xero }: Life, count: number, chance: Chance): void {
  for (let lost = 1; lost <= count; lost += 1) {
    const when = pick(chance, ['before', 'after'] as const);
    const shape = pick(chance, [{ do: 'drop' }, { do: 'answer', status: 500 }] as const);
    xero.faults.add({ path: '/connect/token', times: 1, when, ...shape } as Fault);
  }
}

/** The same deployment where calls to AWS fail, before or after they have taken effect. */
function failing({ deployment }: Life, fails: () => boolean, chance: Chance) {
  return interpose(deployment, RENEWING, async (kind, work) => {
    if (kind === 'vendor' || !fails()) return work();
    if (chance() < 0.5) await work();
    throw new Error('AWS does not answer');
  });
}

function passing(error: unknown): void {
  if (!String(error).includes('AWS does not answer')) throw error;
}

function moment(chance: Chance) {
  const when = pick(chance, ['before', 'after'] as const);
  return { operation: 1 + Math.floor(chance() * OPERATIONS), when };
}

function pick<T>(chance: Chance, from: readonly T[]): T {
  return from[Math.floor(chance() * from.length)]!;
}

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
function generator(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
