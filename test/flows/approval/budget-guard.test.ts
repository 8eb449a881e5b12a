import { describe, expect, it } from '@jest/globals';
import { leaveInBudget, leaveOnCode } from '../../support/budget.ts';
import { documentOf, editOrder, enterOrder, goods, standingOf, sync, trailOf } from '../../support/orders.ts';
import { scenes, writeCalls } from '../../support/scene.ts';

const openScene = scenes();

/** The fence order comes to 770.00: 650.00 on 01-540.E and 120.00 on 01-650.M. */
const FENCE_TOTAL = 770;

describe('an order and the budget of its project', () => {
  it('passes where just enough is left', async () => {
    const scene = await openScene();
    leaveInBudget(scene, 'riverside', '770.00');
    const order = enterOrder(scene);
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('is held where a cent is missing: nothing is written, and all figures are in the trail', async () => {
    const scene = await openScene();
    leaveInBudget(scene, 'riverside', '769.99');
    const order = enterOrder(scene);
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'awaiting-approval',
      code: 'over-budget',
      procore: [],
    });
    expect(writeCalls(scene)).toBe(0);
    expect((await trailOf(scene, order)).at(-1)).toMatchObject({
      event: 'flagged',
      detail: {
        code: 'over-budget',
        budgets: [
          'Riverside Medical Office Building: budget 769.99, committed and pending 0.00, direct 0.00, held before 0.00, own 0.00, left 769.99, this 770.00, over 0.01',
        ],
        approvers: 'nobody; decide at the command line',
      },
    });
    expect(scene.events().filter(({ type }) => type === 'ApprovalRequested')).toMatchObject([
      { detail: { id: order.PurchaseOrderID, total: '823.63', code: 'over-budget' } },
    ]);
  });

  it('leaves no second trace when it is seen again', async () => {
    const scene = await openScene();
    leaveInBudget(scene, 'riverside', '0.00');
    const order = enterOrder(scene);
    await sync(scene, order);
    const trail = await trailOf(scene, order);
    await sync(scene, order);
    expect(await trailOf(scene, order)).toEqual(trail);
    expect(scene.events().filter(({ type }) => type === 'ApprovalRequested')).toHaveLength(1);
  });

  it('counts what stands of it only once: raised within what is left, it passes', async () => {
    const scene = await openScene();
    leaveInBudget(scene, 'riverside', '800.00');
    const order = enterOrder(scene);
    await sync(scene, order);
    editOrder(scene, order, { LineItems: [goods('FRT', 1, 800)] });
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([{ total: '800.00' }]);
    editOrder(scene, order, { LineItems: [goods('FRT', 1, 800.01)] });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
    expect(standingOf(scene, order)).toMatchObject([{ total: '800.00' }]);
  });

  it('passes lowered, however much the project is overdrawn', async () => {
    const scene = await openScene();
    const order = enterOrder(scene);
    await sync(scene, order);
    leaveInBudget(scene, 'riverside', '-5000.00');
    editOrder(scene, order, { LineItems: [goods('FRT', 1, 600)] });
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([{ total: '600.00' }]);
  });

  it('follows what is asked of it only as a draft once it is more than a draft', async () => {
    const scene = await openScene({ settings: { purchaseOrderFrom: 'DRAFT' } });
    leaveInBudget(scene, 'riverside', '0.00');
    const order = enterOrder(scene, { Status: 'DRAFT' });
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([{ status: 'Draft', total: '770.00' }]);
    editOrder(scene, order, { Status: 'SUBMITTED' });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
    expect(standingOf(scene, order)).toMatchObject([{ status: 'Draft' }]);
  });

  it('is compared code by code where the connection says so', async () => {
    const scene = await openScene({ settings: { budgetScope: 'budget-code' } });
    leaveOnCode(scene, 'riverside', '01-540.E', '649.00');
    const order = enterOrder(scene);
    await sync(scene, order);
    expect((await trailOf(scene, order)).at(-1)).toMatchObject({
      event: 'flagged',
      detail: {
        budgets: [
          expect.stringMatching(
            /^01-540 - Construction Equipment, Equipment: .* left 649\.00, this 650\.00, over 1\.00$/,
          ),
          expect.stringMatching(/^01-650 .* this 120\.00, over 0\.00$/),
        ],
      },
    });
  });

  it('is compared with both where the connection says so, and with nothing where it is switched off', async () => {
    for (const [budgetScope, state] of [
      ['both', 'awaiting-approval'],
      ['project', 'posted'],
      ['off', 'posted'],
    ] as const) {
      const scene = await openScene({ settings: { budgetScope } });
      leaveOnCode(scene, 'riverside', '01-540.E', '0.00');
      const order = enterOrder(scene);
      await sync(scene, order);
      expect(await documentOf(scene, order)).toMatchObject({ state });
    }
  });

  it('reads columns by their titles in snake case as well', async () => {
    const scene = await openScene({ procore: { unverified: { budgetColumnKeys: 'snake-case' } } });
    leaveInBudget(scene, 'riverside', '100.00');
    const order = enterOrder(scene);
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval', code: 'over-budget' });
  });
});

describe('a budget view that shows late what was written', () => {
  const late = { procore: { unverified: { budgetViewLagSeconds: 120 } } };

  it('lets no two orders pass that fit alone but not together', async () => {
    const scene = await openScene(late);
    leaveInBudget(scene, 'riverside', `${FENCE_TOTAL + 100}.00`);
    scene.clock.advance(121_000);
    const orders = [enterOrder(scene), enterOrder(scene)];
    for (const order of orders) {
      scene.clock.advance(1000);
      await sync(scene, order);
    }
    const states = await Promise.all(orders.map(async (order) => (await documentOf(scene, order))?.state));
    expect(states).toEqual(['posted', 'awaiting-approval']);
  });

  it('holds nothing for what it shows twice: once it has caught up, what is left may be used', async () => {
    const scene = await openScene(late);
    leaveInBudget(scene, 'riverside', `${FENCE_TOTAL * 2}.00`);
    scene.clock.advance(121_000);
    const orders = [enterOrder(scene), enterOrder(scene), enterOrder(scene)];
    for (const [at, state] of ['posted', 'posted', 'awaiting-approval'].entries()) {
      scene.clock.advance(at === 1 ? 121_000 : 1000);
      await sync(scene, orders[at]!);
      expect(await documentOf(scene, orders[at]!)).toMatchObject({ state });
    }
  });
});

describe('a budget that cannot be read', () => {
  it('parks the order where the project has none', async () => {
    const scene = await openScene();
    for (const project of scene.company.projects.values()) project.budgetLines.splice(0);
    const order = enterOrder(scene);
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'parked', code: 'budget-missing' });
    expect(writeCalls(scene)).toBe(0);
  });

  it('parks the order where there is no such view, with those that there are', async () => {
    const scene = await openScene({ settings: { budgetView: 'Our own view' } });
    const order = enterOrder(scene);
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'parked',
      code: 'budget-view-missing',
      facts: { candidates: [expect.stringContaining('Procore Standard Budget')] },
    });
  });
});

describe('orders of one project that are held', () => {
  it('pass in the order of their arrival: of two that fit alone but not together, the first', async () => {
    const scene = await openScene();
    leaveInBudget(scene, 'riverside', '0.00');
    const first = enterOrder(scene);
    await sync(scene, first);
    scene.clock.advance(1000);
    const second = enterOrder(scene);
    await sync(scene, second);
    leaveInBudget(scene, 'riverside', `${FENCE_TOTAL + 100}.00`);
    // Whichever is looked at first.
    await sync(scene, second);
    expect(await documentOf(scene, second)).toMatchObject({ state: 'awaiting-approval' });
    scene.clock.advance(1000);
    await sync(scene, first);
    expect(await documentOf(scene, first)).toMatchObject({ state: 'posted' });
    await sync(scene, second);
    expect(await documentOf(scene, second)).toMatchObject({ state: 'awaiting-approval' });
    leaveInBudget(scene, 'riverside', `${FENCE_TOTAL}.00`);
    await sync(scene, second);
    expect(await documentOf(scene, second)).toMatchObject({ state: 'posted' });
  });

  it('do not both pass when they come at the same moment', async () => {
    const scene = await openScene();
    // Their supplier is known by then, so that nothing but the budget makes them wait for one another.
    await sync(scene, enterOrder(scene));
    leaveInBudget(scene, 'riverside', `${FENCE_TOTAL * 2 + 100}.00`);
    const orders = [enterOrder(scene), enterOrder(scene), enterOrder(scene), enterOrder(scene)];
    await Promise.all(orders.map((order) => sync(scene, order)));
    for (const order of orders) await sync(scene, order);
    const states = await Promise.all(orders.map(async (order) => (await documentOf(scene, order))?.state));
    expect(states.toSorted()).toEqual(['awaiting-approval', 'awaiting-approval', 'posted', 'posted']);
  });
});
