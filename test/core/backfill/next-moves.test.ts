import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BackfillItem } from '../../../lib/core/backfill/backfill.ts';
import { BACKFILLED_KINDS, inTurns } from '../../../lib/core/backfill/backfill.ts';
import type { Decided } from '../../../lib/core/backfill/next-moves.ts';
import { nextMoves, ON_THE_WAY } from '../../../lib/core/backfill/next-moves.ts';

const NOW = new Date('2026-11-22T09:00:00.000Z');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const nothing = () => undefined;

function itemsOf(...kinds: BackfillItem['kind'][]): BackfillItem[] {
  return kinds.map((kind, place) => ({ place, kind, id: `d${place}` }));
}

const orders = (count: number) => itemsOf(...Array.from({ length: count }, () => 'purchase-order' as const));

describe('the next moves of a backfill', () => {
  it('are the first of the line, no more than are wanted on their way', () => {
    const { send, settled } = nextMoves(orders(300), nothing, NOW);
    expect(settled).toEqual([]);
    expect(send.map(({ place }) => place)).toEqual(Array.from({ length: ON_THE_WAY }, (_, place) => place));
  });

  it('wait until few are on their way, so that those that follow are read many to a call', () => {
    const queuedAt = NOW.toISOString();
    const window = orders(300).map((item) => (item.place < ON_THE_WAY ? { ...item, queuedAt } : item));
    const done = (count: number) => (id: string) =>
      Number(id.slice(1)) < count ? { state: 'posted' as const, decidedAt: queuedAt } : undefined;
    expect(nextMoves(window, done(80), NOW).send).toEqual([]);
    expect(nextMoves(window, done(81), NOW).send.map(({ place }) => place)).toEqual(
      Array.from({ length: 81 }, (_, index) => ON_THE_WAY + index),
    );
  });

  it('keep bills waiting until every order has been decided', () => {
    const queuedAt = NOW.toISOString();
    const [order, bill] = itemsOf('purchase-order', 'bill');
    const window = [{ ...order!, queuedAt }, bill!];
    expect(nextMoves(window, nothing, later(5)).send).toEqual([]);
    const held: Decided = { state: 'awaiting-approval', decidedAt: later(1).toISOString() };
    const { settled, send } = nextMoves(window, () => held, later(5));
    expect(settled).toEqual([{ ...order!, queuedAt, outcome: 'awaiting-approval' }]);
    expect(send).toEqual([bill]);
  });

  it('do not take an earlier decision for the outcome', () => {
    const queuedAt = NOW.toISOString();
    const before: Decided = { state: 'left-out', decidedAt: later(-1).toISOString() };
    expect(nextMoves([{ ...orders(1)[0]!, queuedAt }], () => before, later(5))).toEqual({
      settled: [],
      send: [],
    });
  });

  it('queue again what has had no outcome for longer than a spent day', () => {
    const item = { ...orders(1)[0]!, queuedAt: NOW.toISOString() };
    expect(nextMoves([item], nothing, later(24 * 60)).send).toEqual([]);
    expect(nextMoves([item], nothing, later(26 * 60)).send).toEqual([item]);
  });

  it('bring every document through, kind by kind, in any world that loses and delays messages', () => {
    const kinds = fc.array(fc.constantFrom(...BACKFILLED_KINDS), { maxLength: 120 });
    const fates = fc.infiniteStream(fc.constantFrom('done', 'done', 'done', 'slow', 'lost'));
    fc.assert(
      fc.property(kinds, fates, (wanted, fate) => {
        const line = inTurns(wanted.map((kind, number) => ({ kind, id: String(number) })));
        const items: BackfillItem[] = line.map((item, place) => ({ ...item, place }));
        const decided = new Map<string, Decided>();
        let inQueue: BackfillItem[] = [];
        let minutes = 0;
        while (items.some(({ outcome }) => outcome === undefined)) {
          minutes += 60;
          expect(minutes).toBeLessThan(60 * 26 * 400);
          const first = items.findIndex(({ outcome }) => outcome === undefined);
          const { settled, send } = nextMoves(items.slice(first), (id) => decided.get(id), later(minutes));
          for (const item of settled) items[item.place] = item;
          for (const item of send) items[item.place] = { ...item, queuedAt: later(minutes).toISOString() };
          const going = items.filter(({ queuedAt, outcome }) => queuedAt && !outcome);
          expect(going.length).toBeLessThanOrEqual(ON_THE_WAY);
          expect(new Set(going.map(({ kind }) => kind)).size).toBeLessThanOrEqual(1);
          inQueue = [...inQueue, ...send].filter(({ id }) => {
            const what = fate.next().value;
            if (what === 'done')
              decided.set(id, { state: 'posted', decidedAt: later(minutes).toISOString() });
            return what === 'slow';
          });
        }
      }),
      { seed: 11, numRuns: 50 },
    );
  });
});
