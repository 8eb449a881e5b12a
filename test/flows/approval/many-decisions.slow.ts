import { afterEach, describe, expect, it } from '@jest/globals';
import { decide, tellDecisions } from '../../../lib/flows/approval/decide.ts';
import type { ApprovalScene } from '../../support/approval.ts';
import { answer, DANA, LEE, lastLink, openApprovalScene, pageOf } from '../../support/approval.ts';
import { leaveInBudget } from '../../support/budget.ts';
import {
  documentOf,
  editOrder,
  enterOrder,
  goods,
  standingOf,
  supplier,
  sync,
  trailOf,
} from '../../support/orders.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();
const begun: ApprovalScene[] = [];
afterEach(async () => {
  await Promise.all(begun.splice(0).map((scene) => scene.close()));
});

async function heldOrder(settings: Record<string, unknown> = {}) {
  const scene = await openApprovalScene(openScene, { approvers: [DANA, LEE], settings });
  begun.push(scene);
  leaveInBudget(scene, 'riverside', '700.00');
  const order = enterOrder(scene);
  await sync(scene, order);
  const request = (await scene.deployment.approvals.get(scene.connectionId, order.PurchaseOrderID))!;
  return { scene, order, request };
}

describe('a hundred decisions at the same moment', () => {
  it('are one decision, and everybody is shown the same', async () => {
    const { scene, order, request } = await heldOrder();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const person = { by: `Person ${index}`, email: `person-${index}@example.com` };
        const verdict = index % 2 === 0 ? 'approved' : 'rejected';
        return decide(request, person, { verdict, reason: 'So be it', via: 'link' }, scene.deployment);
      }),
    );
    expect(answers.filter(({ taken }) => taken)).toHaveLength(1);
    expect(new Set(answers.map(({ request: { state } }) => state)).size).toBe(1);
    expect(new Set(answers.map(({ request: { decisions } }) => decisions[0]!.by)).size).toBe(1);
    const decided = (await trailOf(scene, order)).filter(({ event }) =>
      ['approved', 'rejected'].includes(event),
    );
    expect(decided).toHaveLength(1);
  });

  it('are one decision where they come through the links of two people, double clicks and all', async () => {
    const { scene, order } = await heldOrder();
    const links = [lastLink(scene, DANA), lastLink(scene, LEE)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => answer(links[index % 2]!, 'approved', `Click ${index}`)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(409)]);
    await scene.drain();
    expect(standingOf(scene, order)).toHaveLength(1);
  });
});

describe('what was approved', () => {
  it('is asked anew where it has changed before it was carried', async () => {
    const { scene, order } = await heldOrder();
    await answer(lastLink(scene, DANA), 'approved');
    editOrder(scene, order, { LineItems: [goods('FRT', 1, 900)] });
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
    expect(standingOf(scene, order)).toEqual([]);
  });

  it('is asked anew where it goes to another supplier, for no more money', async () => {
    const { scene, order } = await heldOrder();
    await answer(lastLink(scene, DANA), 'approved');
    await scene.drain();
    expect(standingOf(scene, order)).toHaveLength(1);
    editOrder(scene, order, { Contact: supplier('lonestar') });
    await sync(scene, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
  });
});

describe('what two persons must approve', () => {
  it('waits for the second, who is somebody else, and goes on with them', async () => {
    const { scene, order } = await heldOrder({ secondApproverAbove: '500' });
    expect(await answer(lastLink(scene, DANA), 'approved')).toMatchObject({
      status: 200,
      words: expect.stringContaining('One more person must approve'),
    });
    expect(await answer(lastLink(scene, DANA), 'approved')).toMatchObject({ status: 409 });
    const again = await pageOf(lastLink(scene, DANA));
    expect(again.words).toContain('One more person must approve');
    expect(again.words).not.toContain('Reject');
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
    expect(await pageOf(lastLink(scene, LEE))).toMatchObject({
      words: expect.stringContaining('Dana Reyes has already'),
    });
    await answer(lastLink(scene, LEE), 'approved');
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('is not taken for another question than the one that was asked', async () => {
    const { scene, order } = await heldOrder({});
    const { connectionId, deployment } = scene;
    const documentId = order.PurchaseOrderID;
    const said = { verdict: 'approved', via: 'link' } as const;
    const asked = { connectionId, documentId, id: 'an earlier question' };
    expect(await decide(asked, { by: 'Dana Reyes' }, said, deployment)).toMatchObject({ taken: false });
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
  });

  it('is told once in the trail, however often a process dies before it has noted that', async () => {
    const { scene, order } = await heldOrder({});
    const { connectionId, deployment } = scene;
    await answer(lastLink(scene, DANA), 'approved');
    const request = (await deployment.approvals.get(connectionId, order.PurchaseOrderID))!;
    const untold = request.decisions.map(({ told: _told, ...decision }) => decision);
    const forgotten = await deployment.approvals.put({ ...request, decisions: untold });
    await tellDecisions(forgotten, deployment);
    const trail = await deployment.audit.list(connectionId, order.PurchaseOrderID);
    expect(trail.filter(({ event }) => event === 'approved')).toHaveLength(1);
  });

  it('is rejected by one', async () => {
    const { scene, order } = await heldOrder({ secondApproverAbove: '500' });
    await answer(lastLink(scene, DANA), 'approved');
    await answer(lastLink(scene, LEE), 'rejected', 'No');
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'rejected' });
  });
});
