import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAhead } from '../../../lib/core/governor/ahead.ts';
import type { Exchanged, Report } from '../../../lib/core/governor/exchange.ts';
import { exchange, SHARE_SECONDS } from '../../../lib/core/governor/exchange.ts';
import { xeroRules } from '../../../lib/core/governor/rules.ts';
import type { GovernorState } from '../../../lib/core/governor/state.ts';
import { FRESH, outstanding } from '../../../lib/core/governor/state.ts';
import type { Priority } from '../../../lib/core/priority.ts';
import { PRIORITIES } from '../../../lib/core/priority.ts';

const NOW = Date.parse('2026-11-22T09:00:00.000Z');
const RULES = xeroRules(1000);
const NOTHING: Report = { answered: 0, lastAt: 0, flying: 0 };

const ask = (
  state: GovernorState,
  holder: string,
  priority: Priority,
  { now = NOW, report = NOTHING, calls = 10, slots = 2 } = {},
): Exchanged => exchange(state, RULES, now, holder, report, { priority, calls, slots });

/** The state in which workers of this priority hold all that they can get. */
function hogged(priority: Priority, workers = 10): GovernorState {
  let state = FRESH;
  for (let worker = 0; worker < workers; worker += 1)
    state = ask(state, `${priority}-${worker}`, priority).state;
  return state;
}

/** All calls of the share are sent and answered, which told this. */
const used = (calls: number, at: number, minute: number, day: number): Report => ({
  answered: calls,
  lastAt: at,
  flying: 0,
  heard: {
    sentAt: at,
    heardAt: at,
    uncounted: 0,
    said: [
      { window: 'minute', remaining: minute },
      { window: 'day', remaining: day },
    ],
  },
});

describe('what is urgent', () => {
  it.each(PRIORITIES.slice(1))(
    'an approval is let through at once while %s takes all it can get',
    (priority) => {
      expect(ask(hogged(priority), 'person', 'approval').granted!.calls).toBeGreaterThanOrEqual(1);
    },
  );

  it('never waits behind what is less urgent, whoever took how much before', () => {
    const taking = fc.record({ holder: fc.nat(20), rank: fc.integer({ min: 1, max: 4 }), calls: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(taking, { maxLength: 60 }), (takings) => {
        let state = FRESH;
        let least = 4;
        for (const { holder, rank, calls } of takings) {
          state = ask(state, `h${holder}`, PRIORITIES[rank]!, { calls, slots: 5 }).state;
          least = Math.min(least, rank);
        }
        const { granted } = ask(state, 'urgent', PRIORITIES[least - 1]!);
        expect(granted).toBeDefined();
      }),
    );
  });

  it('is given way to by the less urgent for as long as it is known to wait', () => {
    const full = { ...hogged('approval', 3), waiting: {} };
    const refused = ask(full, 'order', 'webhook');
    expect(refused).toMatchObject({ soon: true });
    expect(refused.granted).toBeUndefined();
    // Everybody gives back: the backfill still waits for the order.
    let { state } = refused;
    for (const holder of Object.keys(state.shares))
      state = exchange(state, RULES, NOW, holder, NOTHING).state;
    expect(outstanding(state)).toBe(0);
    expect(ask(state, 'bulk', 'backfill').granted).toBeUndefined();
    expect(ask(state, 'order', 'webhook').granted).toBeDefined();
    expect(ask(state, 'bulk', 'backfill', { now: NOW + 6000 }).granted).toBeDefined();
  });

  it('finds calls left at the end of the day, when backfills have long stopped', () => {
    const day = { used: [[NOW, 610]] as [number, number][] };
    const state = { ...FRESH, windows: { minute: { used: [] }, day } };
    const bulk = ask(state, 'bulk', 'backfill');
    expect(bulk.granted).toBeUndefined();
    expect(bulk.waitSeconds).toBeGreaterThan(3600);
    expect(ask(state, 'sweep', 'sweep').granted).toBeDefined();
  });
});

describe('a holder who dies', () => {
  it('is missed after its share has run out, and what it had counts as used', () => {
    const state = hogged('approval', 3);
    expect(ask(state, 'next', 'approval').granted).toBeUndefined();
    const later = NOW + SHARE_SECONDS * 1000;
    const after = ask(state, 'next', 'approval', { now: later });
    expect(after.granted).toBeDefined();
    expect(after.state.windows.minute!.used.reduce((sum, [, calls]) => sum + calls, 0)).toBe(
      outstanding(state),
    );
  });
});

describe('headers', () => {
  it('correct a day that is smaller than was set, and its reserves with it', () => {
    const { state } = exchange(FRESH, xeroRules(5000), NOW, 'w', used(1, NOW, 59, 999));
    expect(dayAhead(state, xeroRules(5000), NOW)).toEqual({ calls: 999, minutes: 1440 });
    expect(
      exchange(state, xeroRules(5000), NOW, 'w', NOTHING, { priority: 'backfill', calls: 5, slots: 2 }),
    ).toHaveProperty('granted');
  });

  it('correct a day that is larger than was set', () => {
    const { state } = exchange(FRESH, RULES, NOW, 'w', used(1, NOW, 59, 4900));
    expect(dayAhead(state, RULES, NOW).calls).toBe(4900);
  });

  it('show by their rise when the day began', () => {
    let { state } = exchange(FRESH, RULES, NOW, 'w', used(1, NOW, 59, 10));
    const risen = NOW + 300_000;
    ({ state } = exchange(state, RULES, risen, 'w', used(1, risen, 59, 999)));
    expect(dayAhead(state, RULES, risen)).toEqual({ calls: 999, minutes: 1440 });
    expect(dayAhead(state, RULES, risen + 3_600_000).minutes).toBe(1380);
    expect(dayAhead(state, RULES, risen + 25 * 3_600_000).minutes).toBe(1380);
  });

  it('that come late from an older window raise nothing', () => {
    let { state } = ask(FRESH, 'slow', 'approval');
    ({ state } = ask(state, 'quick', 'approval'));
    const later = NOW + 3000;
    const told = used(10, later, 3, 800);
    ({ state } = exchange(state, RULES, later, 'quick', told));
    // What the slow one heard three seconds ago is older than what the quick one has used since.
    const old = used(10, NOW + 500, 55, 990);
    ({ state } = exchange(state, RULES, later + 100, 'slow', { ...old, lastAt: later + 100 }));
    expect(state.windows.minute!.sure).toBeLessThanOrEqual(45);
  });
});

describe('a closed door', () => {
  it('holds everybody back until Xero said, and the day that was spent is whole again then', () => {
    const until = NOW + 40_000_000;
    const { state } = exchange(FRESH, RULES, NOW, 'w', { ...NOTHING, closing: { until, window: 'day' } });
    expect(ask(state, 'person', 'approval')).toMatchObject({ waitSeconds: 40_000, soon: false });
    expect(dayAhead(state, RULES, NOW)).toEqual({ calls: 0, minutes: 40_000_000 / 60_000 });
    expect(ask(state, 'person', 'approval', { now: until }).granted).toBeDefined();
    expect(dayAhead(state, RULES, until)).toMatchObject({ calls: 1000 });
  });
});
