import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_SECONDS } from '../../../lib/core/governor/exchange.ts';
import type { VendorRules } from '../../../lib/core/governor/rules.ts';
import { PROCORE_RULES, xeroRules } from '../../../lib/core/governor/rules.ts';
import type { Priority } from '../../../lib/core/priority.ts';
import { PRIORITIES } from '../../../lib/core/priority.ts';
import type { ModelVendor } from './model-vendor.ts';
import { modelVendor } from './model-vendor.ts';
import type { ModelWorker, World } from './model-worker.ts';
import { modelWorker, newWorld } from './model-worker.ts';

const START = Date.parse('2026-11-22T09:00:00.000Z');

interface Step {
  worker: number;
  what: 'act' | 'proceed' | 'rest' | 'die' | 'wait';
  /** Which call, and for how long. */
  number: number;
  headers: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  worker: fc.nat(30),
  what: fc.oneof(
    { weight: 60, arbitrary: fc.constant('act' as const) },
    { weight: 70, arbitrary: fc.constant('proceed' as const) },
    { weight: 5, arbitrary: fc.constant('rest' as const) },
    { weight: 20, arbitrary: fc.constant('wait' as const) },
    { weight: 1, arbitrary: fc.constant('die' as const) },
  ),
  number: fc.nat(1000),
  headers: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 1),
});

const crew = fc.array(
  fc.record({ priority: fc.constantFrom<Priority>(...PRIORITIES), calls: fc.integer({ min: 1, max: 120 }) }),
  { minLength: 2, maxLength: 7 },
);

/** Time goes on, but no call stays under way for longer than calls take. */
function pass(world: World, workers: ModelWorker[], milliseconds: number): void {
  for (;;) {
    const late = workers.filter(
      (worker) => worker.oldest() + (CALL_SECONDS - 1) * 1000 < world.now + milliseconds,
    );
    if (late.length === 0) break;
    for (const worker of late) worker.proceed(0, false);
  }
  world.now += milliseconds;
}

function play(world: World, workers: ModelWorker[], steps: Step[]): void {
  for (const { worker: index, what, number, headers } of steps) {
    const worker = workers[index % workers.length]!;
    if (what === 'wait') pass(world, workers, number % 7 === 0 ? number * 12 : number);
    else if (what === 'act') worker.act();
    else if (what === 'rest') worker.rest();
    else if (what === 'die') worker.die();
    else worker.proceed(number, headers);
  }
}

/** Everybody who lives goes on until all is done; returns the seconds that it took. */
function finish(world: World, workers: ModelWorker[]): number {
  const begun = world.now;
  for (let round = 0; round < 20_000 && workers.some((worker) => !worker.done()); round += 1) {
    let busy = false;
    for (const worker of workers) {
      busy = worker.act() || busy;
      while (worker.flying.length > 0) worker.proceed(0, true);
      if (worker.done()) worker.rest();
    }
    const next = Math.min(
      ...workers.filter((worker) => !worker.done()).map((worker) => worker.pausedUntil()),
    );
    pass(world, workers, busy || !Number.isFinite(next) ? 20 : Math.max(200, next - world.now));
  }
  return (world.now - begun) / 1000;
}

function stage(rules: VendorRules, vendor: ModelVendor, people: { priority: Priority; calls: number }[]) {
  const world = newWorld(rules, vendor, START);
  const workers = people.map(({ priority, calls }, index) =>
    modelWorker(world, `w${index}`, priority, calls),
  );
  return { world, workers };
}

describe('many workers, some of whom die, with headers that come or do not', () => {
  it('never breach Xero’s minute or its five in flight, and all is done in the end', () => {
    fc.assert(
      fc.property(crew, fc.array(step, { maxLength: 400 }), fc.nat(59_999), (people, steps, phase) => {
        const minute = { name: 'minute', seconds: 60, limit: 60, phase };
        const vendor = modelVendor(
          'xero',
          [minute, { name: 'day', seconds: 86_400, limit: 5000, phase: 7 }],
          5,
        );
        const { world, workers } = stage(xeroRules(5000), vendor, people);
        play(world, workers, steps);
        finish(world, workers);
        expect(vendor.refusals).toEqual([]);
        expect(workers.every((worker) => worker.done())).toBe(true);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('ask a spent day for its end once, wait for it, and go on', () => {
    fc.assert(
      fc.property(
        crew,
        fc.array(step, { maxLength: 300 }),
        fc.nat(86_399_999),
        fc.constantFrom(40, 100, 5000),
        (people, steps, phase, believed) => {
          const minute = { name: 'minute', seconds: 60, limit: 60, phase: 11 };
          const vendor = modelVendor(
            'xero',
            [minute, { name: 'day', seconds: 86_400, limit: 100, phase }],
            5,
          );
          const { world, workers } = stage(xeroRules(believed), vendor, people);
          play(world, workers, steps);
          const days = finish(world, workers) / 86_400;
          expect(workers.every((worker) => worker.done())).toBe(true);
          const wanted = people.reduce((sum, { calls }) => sum + calls, 0);
          expect(days).toBeLessThanOrEqual(Math.ceil(wanted / 40) + 2);
          expect(vendor.refusals.filter((name) => name !== 'day')).toEqual([]);
          expect(vendor.refusals.length).toBeLessThanOrEqual(2 + days);
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('never breach Procore’s spike or hour, however large they are', () => {
    fc.assert(
      fc.property(
        crew,
        fc.array(step, { maxLength: 400 }),
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 61, max: 600 }),
        (people, steps, spike, hour) => {
          const limits = [
            { name: 'spike', seconds: 10, limit: spike },
            { name: 'hour', seconds: 3600, limit: hour },
          ];
          const vendor = modelVendor('procore', limits);
          const { world, workers } = stage(PROCORE_RULES, vendor, people);
          play(
            world,
            workers,
            steps.map((each) => ({ ...each, headers: true })),
          );
          finish(world, workers);
          expect(vendor.refusals).toEqual([]);
          expect(workers.every((worker) => worker.done())).toBe(true);
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  });
});
