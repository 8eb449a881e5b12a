import { afterEach, describe, expect, it } from '@jest/globals';
import type { DocumentRecord } from '../../../lib/core/links.ts';
import type { Approver } from '../../../lib/core/settings.ts';
import { askAbout } from '../../../lib/flows/approval/ask-approvers.ts';
import { requeueHeldIn } from '../../../lib/flows/approval/end-request.ts';
import { levelSubscriptions } from '../../../lib/flows/approval/level-subscriptions.ts';
import { remindApprovers, reviewHeld } from '../../../lib/flows/approval/remind-approvers.ts';
import { resendLinks } from '../../../lib/flows/approval/resend-links.ts';
import { PROJECTS } from '../../../lib/sandbox/seed/projects.ts';
import type { ApprovalScene } from '../../support/approval.ts';
import { answer, DANA, LEE, lastLink, openApprovalScene } from '../../support/approval.ts';
import { leaveInBudget } from '../../support/budget.ts';
import { documentOf, editOrder, enterOrder, sync, trailOf } from '../../support/orders.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const HOUR = 3_600_000;
const SAM: Approver = { name: 'Sam Ortiz', email: 'sam@example.com', upTo: '500' };
const openScene = scenes();
const begun: ApprovalScene[] = [];
afterEach(async () => {
  await Promise.all(begun.splice(0).map((scene) => scene.close()));
});

async function heldOrder(approvers: Approver[], settings: Record<string, unknown> = {}) {
  const scene = await openApprovalScene(openScene, { approvers, settings });
  begun.push(scene);
  leaveInBudget(scene, 'riverside', '0.00');
  const order = enterOrder(scene);
  await sync(scene, order);
  return { scene, order };
}

describe('who is asked', () => {
  it('is whoever has the lowest limit that is enough, on the project that it is about', async () => {
    const elsewhere = { name: 'Kim', email: 'kim@example.com', projects: ['1047'] };
    const here = { name: 'Ray', email: 'ray@example.com', projects: ['1042'], upTo: '1000' };
    const { scene } = await heldOrder([SAM, DANA, elsewhere, here]);
    expect(new Set(scene.sns.mails().map(({ to }) => to))).toEqual(new Set([here.email]));
  });

  it('is nobody where nobody is named: it waits for the command line', async () => {
    const { scene, order } = await heldOrder([]);
    expect(scene.sns.mails()).toEqual([]);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
  });
});

describe('every hour', () => {
  it('whoever has not answered for a day is reminded, with a link that works beside the first', async () => {
    const { scene } = await heldOrder([DANA]);
    const first = lastLink(scene);
    scene.clock.advance(23 * HOUR);
    await remindApprovers(scene.deployment);
    expect(scene.mailsTo(DANA)).toHaveLength(1);
    scene.clock.advance(HOUR);
    await remindApprovers(scene.deployment);
    await remindApprovers(scene.deployment);
    expect(scene.mailsTo(DANA).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Please approve/),
      expect.stringMatching(/^Reminder/),
    ]);
    expect(lastLink(scene)).not.toBe(first);
    expect(await answer(first, 'approved')).toMatchObject({ status: 200 });
  });

  it('the next in line is asked as well once nobody has answered for two days', async () => {
    const { scene, order } = await heldOrder([DANA, { ...LEE, standIn: true }]);
    expect(scene.mailsTo(LEE)).toEqual([]);
    scene.clock.advance(48 * HOUR);
    await remindApprovers(scene.deployment);
    expect(scene.mailsTo(LEE)).toMatchObject([
      { subject: expect.stringMatching(/^Nobody has answered yet/) },
    ]);
    expect((await trailOf(scene, order)).map(({ event }) => event)).toContain('escalated');
    await answer(lastLink(scene, LEE), 'approved');
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('a mail that did not go out is sent after all', async () => {
    const scene = await openApprovalScene(openScene, { approvers: [DANA] });
    begun.push(scene);
    leaveInBudget(scene, 'riverside', '0.00');
    const order = enterOrder(scene);
    const desk = scene.deployment.desk!;
    const failing = { ...desk.mail, send: () => Promise.reject(new Error('SNS is down')) };
    const deployment = { ...scene.deployment, desk: { ...desk, mail: failing } };
    const events = {
      publish: async (_type: unknown, detail: object) => askAbout(detail as DocumentRecord, deployment),
    };
    await sync({ ...scene, deployment: { ...deployment, events } }, order);
    expect(await documentOf(scene, order)).toMatchObject({ state: 'awaiting-approval' });
    expect(scene.mailsTo(DANA)).toEqual([]);
    scene.clock.advance(HOUR);
    await remindApprovers(scene.deployment);
    await answer(lastLink(scene), 'approved');
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
  });

  it('what was decided but not told, because the process died, is told', async () => {
    const { scene, order } = await heldOrder([DANA]);
    const request = (await scene.deployment.approvals.get(scene.connectionId, order.PurchaseOrderID))!;
    const at = scene.clock.now().toISOString();
    const decisions = [{ verdict: 'approved' as const, by: 'Dana Reyes', at, via: 'link' as const }];
    await scene.deployment.approvals.put({ ...request, state: 'approved', decisions });
    scene.clock.advance(HOUR);
    await remindApprovers(scene.deployment);
    await remindApprovers(scene.deployment);
    await scene.drain();
    expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
    const told = (await trailOf(scene, order)).filter(({ event }) => event === 'approved');
    expect(told).toHaveLength(1);
  });

  it('new approvers are asked by AWS to confirm their address, once', async () => {
    const { scene } = await heldOrder([DANA]);
    const connection = (await scene.deployment.connections.get(scene.connectionId))!;
    const settings = { ...connection.settings, approvers: [DANA, LEE] };
    await scene.deployment.connections.update({ ...connection, settings });
    expect(await levelSubscriptions(scene.deployment)).toMatchObject([
      { email: DANA.email, confirmed: true },
      { email: LEE.email, confirmed: false },
    ]);
    expect(await levelSubscriptions(scene.deployment)).toMatchObject([{}, { confirmed: true }]);
  });
});

describe('what is held goes on by itself', () => {
  it('once the budget is raised: Procore tells, or the night finds it', async () => {
    for (const tell of [
      (scene: ApprovalScene) =>
        requeueHeldIn(scene.connectionId, [{ id: String(PROJECTS.riverside.id) }], scene.deployment),
      (scene: ApprovalScene) => reviewHeld(scene.deployment),
    ]) {
      const { scene, order } = await heldOrder([DANA]);
      leaveInBudget(scene, 'riverside', '5000.00');
      await tell(scene);
      await scene.drain();
      expect(await documentOf(scene, order)).toMatchObject({ state: 'posted' });
      expect((await trailOf(scene, order)).map(({ event }) => event)).toContain('released');
    }
  });

  it('once what was held before it is rejected or deleted', async () => {
    for (const end of ['rejected', 'deleted']) {
      const { scene, order: first } = await heldOrder([DANA]);
      const link = lastLink(scene);
      scene.clock.advance(1000);
      const second = enterOrder(scene);
      await sync(scene, second);
      leaveInBudget(scene, 'riverside', '800.00');
      await sync(scene, second);
      expect(await documentOf(scene, second)).toMatchObject({ state: 'awaiting-approval' });
      if (end === 'rejected') await answer(link, 'rejected', 'Not this one');
      else {
        editOrder(scene, first, { Status: 'DELETED' });
        await sync(scene, first);
      }
      await scene.drain();
      expect(await documentOf(scene, second)).toMatchObject({ state: 'posted' });
    }
  });
});

describe('links that are sent anew', () => {
  it('make those before them void', async () => {
    const { scene, order } = await heldOrder([DANA]);
    const before = lastLink(scene);
    const request = (await scene.deployment.approvals.get(scene.connectionId, order.PurchaseOrderID))!;
    await resendLinks(request, await connectionOf(scene), scene.deployment);
    expect(await answer(before, 'approved')).toMatchObject({ status: 410 });
    expect(await answer(lastLink(scene), 'approved')).toMatchObject({ status: 200 });
  });
});
