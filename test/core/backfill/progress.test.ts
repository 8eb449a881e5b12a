import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Backfill, BackfillItem } from '../../../lib/core/backfill/backfill.ts';
import { NO_OUTCOMES } from '../../../lib/core/backfill/backfill.ts';
import { advanced, marked, progressOf } from '../../../lib/core/backfill/progress.ts';
import type { DocumentState } from '../../../lib/core/documents.ts';

const START = '2026-11-22T09:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(START) + minutes * 60_000);

function runOf(total: number): Backfill {
  return {
    id: 'run',
    connectionId: 'c',
    from: '2026-01-01',
    kinds: ['purchase-order'],
    by: 'somebody',
    startedAt: START,
    state: 'running',
    total,
    place: 0,
    outcomes: NO_OUTCOMES,
    marks: [{ at: START, settled: 0 }],
  };
}

const item = (place: number, rest: Partial<BackfillItem> = {}): BackfillItem => ({
  place,
  kind: 'purchase-order',
  id: String(place),
  ...rest,
});

const states = fc.constantFrom<DocumentState>(
  'posted',
  'awaiting-approval',
  'parked',
  'left-out',
  'rejected',
);
const rows = fc.array(fc.oneof(states, fc.constant('queued' as const)), { maxLength: 50 });

describe('the progress of a backfill', () => {
  it('counts every document once, however far the place has moved', () => {
    fc.assert(
      fc.property(rows, fc.nat(60), (fates, waiting) => {
        const items = fates.map((fate, place) =>
          item(place, fate === 'queued' ? { queuedAt: START } : { queuedAt: START, outcome: fate }),
        );
        const run = runOf(items.length + waiting);
        const moved = advanced(run, items);
        const progress = progressOf(run, items, later(5));
        expect(progressOf(moved, items.slice(moved.place), later(5))).toEqual(progress);
        expect(progress.settled + progress.onTheWay + progress.waiting).toBe(run.total);
        expect(Object.values(progress.outcomes).reduce((sum, count) => sum + count, 0)).toBe(
          progress.settled,
        );
        expect(moved.place).toBe(fates.indexOf('queued') === -1 ? fates.length : fates.indexOf('queued'));
      }),
      { seed: 3 },
    );
  });

  it('tells speed and time left by the last quarter of an hour', () => {
    let run = { ...runOf(1000), place: 100 };
    run = { ...run, marks: marked(run.marks, 100, later(10)) };
    expect(progressOf(run, [], later(10))).toMatchObject({ perMinute: 10, minutesLeft: 90 });
    run = { ...run, place: 110, marks: marked(run.marks, 110, later(20)) };
    expect(run.marks).toEqual([
      { at: later(10).toISOString(), settled: 100 },
      { at: later(20).toISOString(), settled: 110 },
    ]);
    expect(progressOf(run, [], later(20))).toMatchObject({ perMinute: 1, minutesLeft: 890 });
  });

  it('promises no time where nothing moves, and none while it is paused', () => {
    expect(progressOf(runOf(5), [], later(5))).not.toHaveProperty('minutesLeft');
    expect(progressOf(runOf(5), [], later(0))).not.toHaveProperty('perMinute');
    expect(progressOf({ ...runOf(5), place: 2, state: 'paused' }, [], later(5))).not.toHaveProperty(
      'perMinute',
    );
  });

  it('marks at most once a minute, and says so by the same list', () => {
    const { marks } = runOf(5);
    expect(marked(marks, 3, later(0.5))).toBe(marks);
    expect(marked(marks, 3, later(1))).toHaveLength(2);
  });
});
