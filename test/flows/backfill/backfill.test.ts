import { describe, expect, it } from '@jest/globals';
import { procoreContent } from '../../../bin/local/procore-content.ts';
import { sumsOf } from '../../../lib/core/backfill/list.ts';
import { formatMoney } from '../../../lib/core/money.ts';
import { startBackfill } from '../../../lib/flows/backfill/start-backfill.ts';
import {
  begin,
  CONNECTED_LATE,
  EVERYTHING,
  enterOldPapers,
  listed,
  runOf,
  untilOver,
} from '../../support/old-papers.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes, standing, storyOf, writeCalls } from '../../support/scene.ts';

const newScene = scenes();

/** What stands in Procore, order by order and cost by cost. */
function procoreOf(scene: Scene) {
  const { counts } = procoreContent(scene.company);
  return { commitments: standing(scene).map(({ total, billed }) => `${total}/${billed}`), counts };
}

describe('a backfill of old orders and bills', () => {
  it('shows its list, brings Procore level with all of it, and keeps it so', async () => {
    const scene = await newScene(CONNECTED_LATE);
    const { desk, entered, cost } = await enterOldPapers(scene, 3);
    expect(standing(scene)).toEqual([]);
    const writes = writeCalls(scene);
    const list = await listed(scene);
    expect(writeCalls(scene)).toBe(writes);
    expect((await connectionOf(scene)).settings).not.toHaveProperty('backfilledFrom');
    const sums = sumsOf(list).map(({ outcome, kind, documents, totals }) => [
      outcome,
      kind,
      documents,
      formatMoney(totals.USD!),
    ]);
    const totalOf = (papers: { Total: number }[]) =>
      papers.reduce((sum, { Total }) => sum + Total, 0).toFixed(2);
    expect(sums).toEqual([
      ['new', 'purchase-order', 3, totalOf(entered.map(({ order }) => order))],
      ['new', 'bill', 1, totalOf([cost])],
      ['follows', 'bill', 3, totalOf(entered.map(({ bill }) => bill))],
    ]);

    await begin(scene);
    await untilOver(scene);
    expect(await runOf(scene)).toMatchObject({
      state: 'done',
      total: 7,
      place: 7,
      outcomes: { posted: 7, parked: 0, 'left-out': 0 },
    });
    expect(procoreOf(scene).commitments).toEqual(['200.00/100.00', '202.00/101.00', '204.00/102.00']);
    expect(procoreOf(scene).counts).toMatchObject({ commitments: 3, requisitions: 3, directCosts: 1 });
    expect((await storyOf(scene)).map(({ event }) => event)).toEqual([
      'connected',
      'backfill-started',
      'backfill-done',
    ]);

    // Somebody edits a bill from before the start date: it follows, and is not taken back out.
    const { bill } = entered[0]!;
    const [line] = bill.LineItems;
    await desk.carry(desk.editBill(bill, { LineItems: [{ ...line!, Quantity: 60 }] }));
    expect(procoreOf(scene).commitments[0]).toBe('200.00/120.00');
    expect((await listed(scene)).map(({ outcome }) => outcome)).toEqual(Array(7).fill('level'));
  });

  it('posts nothing twice when it is run twice', async () => {
    const scene = await newScene(CONNECTED_LATE);
    await enterOldPapers(scene, 2);
    const documents = await listed(scene);
    await begin(scene);
    await untilOver(scene);
    const [content, writes] = [procoreOf(scene), writeCalls(scene)];
    await startBackfill(EVERYTHING, documents, 'a test', scene.connectionId, scene.deployment);
    expect(await untilOver(scene)).toBeLessThan(6);
    expect(await runOf(scene)).toMatchObject({ state: 'done', outcomes: { posted: 5 } });
    expect([procoreOf(scene), writeCalls(scene)]).toEqual([content, writes]);
  });

  it('brings only the kinds that were asked for', async () => {
    const scene = await newScene(CONNECTED_LATE);
    await enterOldPapers(scene, 1);
    await begin(scene, { from: '2026-01-01', kinds: ['bill'] });
    await untilOver(scene);
    expect(procoreOf(scene).commitments).toEqual([]);
    expect((await connectionOf(scene)).settings.backfilledFrom).toEqual({ bill: '2026-01-01' });
  });

  it('is over at once where nothing is to be done, and refuses a second while one is under way', async () => {
    const scene = await newScene(CONNECTED_LATE);
    await enterOldPapers(scene, 1);
    await begin(scene);
    await expect(begin(scene)).rejects.toMatchObject({
      code: 'backfill-under-way',
      facts: { from: '2026-01-01', by: 'a test' },
    });
    await untilOver(scene);
    await begin(scene, { from: '2026-11-30', kinds: ['bill'] });
    await untilOver(scene);
    expect(await runOf(scene)).toMatchObject({ state: 'done', total: 0 });
  });
});
