import { afterEach, describe, expect, it } from '@jest/globals';
import type { Approver } from '../../../lib/core/settings.ts';
import type { ApprovalScene } from '../../support/approval.ts';
import { answer, DANA, LEE, lastLink, openApprovalScene, pageOf } from '../../support/approval.ts';
import { leaveInBudget } from '../../support/budget.ts';
import { documentOf, editOrder, enterOrder, goods, standingOf, sync, trailOf } from '../../support/orders.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();
const begun: ApprovalScene[] = [];
afterEach(async () => {
  await Promise.all(begun.splice(0).map((scene) => scene.close()));
});

/** An order over 770.00 where 700.00 is left. */
async function heldOrder(options: { approvers?: Approver[]; settings?: Record<string, unknown> } = {}) {
  const scene = await openApprovalScene(openScene, options);
  begun.push(scene);
  leaveInBudget(scene, 'riverside', '700.00');
  const order = enterOrder(scene);
  await sync(scene, order);
  return { scene, order };
}

describe('whoever may decide', () => {
  it('is mailed what it is about, with a link of their own', async () => {
    const { scene, order } = await heldOrder({ approvers: [DANA, LEE] });
    const [toDana] = scene.mailsTo(DANA);
    expect(toDana).toMatchObject({ subject: expect.stringContaining(order.PurchaseOrderNumber) });
    expect(toDana!.text).toContain('has 700.00 USD left: over by 70.00 USD');
    expect(lastLink(scene, DANA)).not.toBe(lastLink(scene, LEE));
    expect((await trailOf(scene, order)).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['asked', 'flagged']),
    );
  });

  it('sees supplier, lines, budget and what will be written, and decides nothing by looking', async () => {
    const { scene, order } = await heldOrder();
    const link = lastLink(scene);
    for (let times = 0; times < 3; times++) {
      const { status, words } = await pageOf(link);
      expect(status).toBe(200);
      for (const fact of [
        'Capitol Equipment Rentals',
        '01-540.E',
        '650.00',
        'over by 70.00',
        'write the commitment',
      ]) {
        expect(words).toContain(fact);
      }
    }
    await fetch(link, { method: 'HEAD' });
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
  });

  it('approves: the order is carried, and the trail says who and why', async () => {
    const { scene, order } = await heldOrder();
    const { status, words } = await answer(lastLink(scene), 'approved', 'The client pays for it');
    expect({ status, words }).toMatchObject({ status: 200, words: expect.stringContaining('is approved') });
    await scene.drain();
    expect(standingOf(scene, order)).toMatchObject([{ total: '770.00', status: 'Approved' }]);
    expect(await trailOf(scene, order)).toContainEqual(
      expect.objectContaining({
        event: 'approved',
        detail: expect.objectContaining({
          by: 'Dana Reyes <dana@example.com>',
          reason: 'The client pays for it',
          via: 'link',
        }),
      }),
    );
  });

  it('rejects with a reason, which is final for the version and undone by a new one', async () => {
    const { scene, order } = await heldOrder();
    expect(await answer(lastLink(scene), 'rejected', '  ')).toMatchObject({ status: 422 });
    expect(await answer(lastLink(scene), 'rejected', 'Rent the short fence')).toMatchObject({ status: 200 });
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({
      state: 'rejected',
      code: 'approval-rejected',
      facts: { by: 'Dana Reyes', reason: 'Rent the short fence' },
    });
    leaveInBudget(scene, 'riverside', '9000.00');
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'rejected' });
    editOrder(scene, order, { LineItems: [goods('FRT', 1, 500)] });
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([{ total: '500.00' }]);
  });
});

describe('a link', () => {
  it('decides once: whoever comes back sees what was decided', async () => {
    const { scene, order } = await heldOrder();
    const link = lastLink(scene);
    await answer(link, 'approved');
    expect(await answer(link, 'rejected', 'No, wait')).toMatchObject({
      status: 409,
      words: expect.stringContaining('is approved already'),
    });
    expect(await pageOf(link)).toMatchObject({
      status: 200,
      words: expect.stringContaining('Dana Reyes approved it'),
    });
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('shows the other who was first, where two decide', async () => {
    const { scene } = await heldOrder({ approvers: [DANA, LEE] });
    await answer(lastLink(scene, LEE), 'rejected', 'Too dear');
    expect(await answer(lastLink(scene, DANA), 'approved')).toMatchObject({
      status: 409,
      words: expect.stringMatching(/is rejected already.*Lee Harlan rejected it.*Too dear/),
    });
  });

  it('expires', async () => {
    const { scene } = await heldOrder({ settings: { approvalLinkDays: 2 } });
    const link = lastLink(scene);
    scene.clock.advance(2 * 86_400_000);
    expect(await pageOf(link)).toMatchObject({ status: 410, words: expect.stringContaining('link-expired') });
    expect(await answer(link, 'approved')).toMatchObject({ status: 410 });
  });

  it('is worth nothing once its person is no approver any more', async () => {
    const { scene } = await heldOrder();
    const connection = (await scene.deployment.connections.get(scene.connectionId))!;
    await scene.deployment.connections.update({
      ...connection,
      settings: { ...connection.settings, approvers: [LEE] },
    });
    expect(await answer(lastLink(scene), 'approved')).toMatchObject({ status: 410 });
  });

  it('is refused where it was tampered with, over the real signer as well', async () => {
    const { scene, order } = await heldOrder();
    const link = lastLink(scene);
    for (let place = scene.url.length; place < link.length; place += 7) {
      const other = link[place] === 'A' ? 'B' : 'A';
      expect(await answer(link.slice(0, place) + other + link.slice(place + 1), 'approved')).toMatchObject({
        status: 404,
        words: expect.stringContaining('Nothing was decided'),
      });
    }
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
    expect(await pageOf(link)).toMatchObject({ status: 200 });
  });
});

describe('an order that changes while somebody looks at it', () => {
  it('needs a new decision where it costs something else, and the page from before decides nothing', async () => {
    const { scene, order } = await heldOrder();
    const before = lastLink(scene);
    editOrder(scene, order, { LineItems: [goods('FRT', 1, 900)] });
    await sync(scene, order);
    expect(await answer(before, 'approved')).toMatchObject({
      status: 409,
      words: expect.stringContaining('The document has changed'),
    });
    const after = lastLink(scene);
    expect(after).not.toBe(before);
    await answer(after, 'approved');
    await scene.drain();
    expect(standingOf(scene, order)).toMatchObject([{ total: '900.00' }]);
  });

  it('keeps its links where only words changed', async () => {
    const { scene, order } = await heldOrder();
    const link = lastLink(scene);
    editOrder(scene, order, { Reference: 'North gate' });
    await sync(scene, order);
    expect(scene.mailsTo(DANA)).toHaveLength(1);
    await answer(link, 'approved');
    await scene.drain();
    expect(standingOf(scene, order)).toMatchObject([{ total: '770.00' }]);
  });

  it('goes on by itself once it fits, and the link says so', async () => {
    const { scene, order } = await heldOrder();
    editOrder(scene, order, { LineItems: [goods('FRT', 1, 500)] });
    await sync(scene, order);
    expect(standingOf(scene, order)).toMatchObject([{ total: '500.00' }]);
    expect(await pageOf(lastLink(scene))).toMatchObject({
      status: 200,
      words: expect.stringContaining('It fits by now'),
    });
  });

  it('is withdrawn where it is deleted in Xero', async () => {
    const { scene, order } = await heldOrder();
    editOrder(scene, order, { Status: 'DELETED' });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'left-out', code: 'deleted-in-xero' });
    expect(await answer(lastLink(scene), 'approved')).toMatchObject({
      status: 409,
      words: expect.stringContaining('was deleted in Xero'),
    });
  });
});
