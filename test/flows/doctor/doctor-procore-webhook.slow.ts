import { beforeEach, describe, expect, it } from '@jest/globals';
import { Stop } from '../../../lib/core/errors.ts';
import { doctor } from '../../../lib/flows/doctor/doctor.ts';
import { reconcileHook } from '../../../lib/flows/reference/reconcile-hook.ts';
import type { ReferenceData } from '../../../lib/flows/reference/reference-data.ts';
import { openReferenceData } from '../../../lib/flows/reference/reference-data.ts';
import { removeHook } from '../../../lib/flows/reference/remove-hook.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import type { Scene } from '../../support/scene.ts';
import { scenes } from '../../support/scene.ts';

const openScene = scenes();
const COMPANY = String(CONTRACTOR.procoreCompanyId);
/** Nobody answers there. */
const OURS = 'http://127.0.0.1:9/webhooks/procore';

let scene: Scene;
let reference: ReferenceData;
beforeEach(async () => {
  scene = await openScene({ procore: { webhooks: 'when-told' } });
  const { cloud, deployment } = scene;
  const place = { tableName: cloud.tableName, webhookUrl: OURS, referenceQueueUrl: cloud.queueUrl };
  reference = openReferenceData(deployment, cloud, place);
  await reconcileHook(reference, COMPANY);
});

async function finding(opened: () => ReferenceData = () => reference) {
  const { findings, calls } = await doctor(scene.deployment, { reference: opened });
  return { ...findings.find(({ check }) => check === 'procore webhook'), calls };
}
const hooks = () => [...scene.company.hooks.values()];
const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const hours = (count: number) => scene.clock.advance(count * 3_600_000);
const DAILY = { level: 'warning', ok: true, code: 'procore-webhook-missing' };

describe("Procore's webhook", () => {
  it('that is active is told with the last event, and the calls to ask are counted', async () => {
    const { calls, ...quiet } = await finding();
    expect(quiet).toMatchObject({
      level: 'ok',
      says: "Procore's webhook is active; it has not told anything yet.",
    });
    const asked = [...scene.demo.procore.calls.values()].reduce((total, count) => total + count, 0);
    await finding();
    const after = [...scene.demo.procore.calls.values()].reduce((total, count) => total + count, 0);
    expect(calls.procore).toBe(after - asked);
    await reference.procoreEvents.noteCall(COMPANY);
    hours(3);
    expect(await finding()).toMatchObject({
      level: 'ok',
      says: "Procore's webhook is active; it last told something 3 hours ago.",
    });
  });

  it('that somebody deleted in Procore is missing: changes are noticed once a day until it is made anew', async () => {
    scene.company.hooks.clear();
    expect(await finding()).toMatchObject({
      ...DAILY,
      says: "Procore's webhook is missing.",
      fix: expect.stringContaining('webhooks reconcile'),
    });
  });

  it('may be missing in some projects alone', async () => {
    const ofProject = hooks().find(({ projectId }) => projectId != null)!;
    scene.company.hooks.delete(ofProject.id);
    expect(await finding()).toMatchObject({ ...DAILY, says: "Procore's webhook is missing in 1 project." });
  });

  it('that was switched off is told', async () => {
    for (const hook of hooks()) hook.status = 'disabled';
    expect(await finding()).toMatchObject({
      ...DAILY,
      says: "Procore's webhook is switched off; it has not told anything yet.",
    });
  });

  it('that leads to another address than ours is told', async () => {
    const webhookUrl = 'https://new.example/webhooks/procore';
    expect(await finding(() => ({ ...reference, webhookUrl }))).toMatchObject({
      ...DAILY,
      says: `Procore's webhook tells another address than this deployment's: ${OURS}.`,
    });
  });

  it('whose events nobody hears: they are tried again, and given up after half a day', async () => {
    people().addVendor({ name: 'Cobalt Glazing' });
    await scene.demo.procore.webhooks.settle();
    expect(await finding()).toMatchObject({
      level: 'warning',
      says: "Procore's webhook is active, but 1 event is being tried again; it has not told anything yet.",
      fix: expect.stringContaining('procore-webhook'),
    });
    hours(13);
    await scene.demo.procore.webhooks.settle();
    expect(await finding()).toMatchObject({
      ...DAILY,
      says: "Procore's webhook is active, but Procore gave up 1 event for not being heard; it has not told anything yet.",
    });
  });

  it('that a person removed on purpose is no finding', async () => {
    await removeHook(reference, COMPANY);
    expect(await finding()).toMatchObject({
      level: 'ok',
      says: "Somebody removed Procore's webhook on purpose; changes there are noticed once a day.",
    });
  });

  it('cannot be looked at in a stack that was deployed before there were webhooks, which is told', async () => {
    const old = () => {
      throw new Stop('stack-unreadable', {
        facts: { missing: 'ProcoreWebhookUrl', help: 'deploy the stack again' },
      });
    };
    expect(await finding(old)).toMatchObject({
      level: 'problem',
      code: 'stack-unreadable',
      says: expect.stringContaining('deploy the stack again'),
    });
  });
});
