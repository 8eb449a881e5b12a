import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { noteUser } from '../../../lib/flows/reference/note-user.ts';
import { reconcileHook } from '../../../lib/flows/reference/reconcile-hook.ts';
import { entryOf } from '../../../lib/flows/webhook/procore-directory.ts';
import type { Hook } from '../../../lib/sandbox/procore/webhooks/records.ts';
import { CONTRACTOR } from '../../../lib/sandbox/seed/contractor.ts';
import type { Receiving } from '../../support/procore-webhooks.ts';
import { hooksIn, receiving } from '../../support/procore-webhooks.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, scenes } from '../../support/scene.ts';

const openScene = scenes();
const COMPANY = String(CONTRACTOR.procoreCompanyId);

let scene: Scene;
let received: Receiving;
let hook: Hook;
let projectId: number;

beforeAll(async () => {
  scene = await openScene({ procore: { webhooks: 'when-told' } });
  received = await receiving(scene);
  await noteUser(received.reference, await connectionOf(scene));
  await reconcileHook(received.reference, COMPANY);
  hook = hooksIn(scene.company)[0]!;
  projectId = hooksIn(scene.company)[1]!.projectId!;
});
beforeEach(async () => {
  scene.demo.procore.webhooks.disturb({});
  await received.taken();
  received.answers.length = 0;
});
afterAll(() => received.close());

const people = () => scene.demo.procore.people(CONTRACTOR.procoreCompanyId);
const VENDOR = { type: 'update', resource: 'Company Vendors', resourceId: 9_007_199_254_740_991 } as const;
let named = 0;
const newName = () => `Vendor no. ${++named}`;

/** Posts to the door as anybody may. */
async function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(received.reference.webhookUrl, { method: 'POST', body, headers });
}
const genuine = () => ({ authorization: hook.authorization! });

describe('a webhook of Procore', () => {
  it.each(['v2.0', 'v3.0', 'v4.0'] as const)(
    'says in payload %s which lists to read again',
    async (version) => {
      const { send } = scene.demo.procore.webhooks;
      expect(await send(hook.id, VENDOR, { version })).toBe(200);
      expect(
        await send(
          hook.id,
          {
            ...VENDOR,
            resource: 'Purchase Order Contracts',
            projectId,
            related: [{ id: 1, name: 'Anything' }],
          },
          { version },
        ),
      ).toBe(200);
      const { connectionId } = scene;
      const receivedAt = scene.clock.now().toISOString();
      expect((await received.taken()).toSorted((a, b) => a.what.localeCompare(b.what))).toEqual([
        { connectionId, what: 'procore/commitments/P', projectId: String(projectId), receivedAt },
        { connectionId, what: 'procore/inactive-vendors', receivedAt },
        { connectionId, what: 'procore/vendors', receivedAt },
      ]);
    },
  );

  it('comes of itself when people change something in Procore', async () => {
    people().addVendor({ name: newName() });
    people().addCostCode(projectId, { code: `99-${++named}`, name: 'Extras' });
    await received.deliver();
    expect((await received.taken()).map(({ what }) => what).toSorted()).toEqual([
      'procore/cost-codes/P',
      'procore/inactive-vendors',
      'procore/vendors',
      'procore/wbs-codes/P',
    ]);
    expect(received.answers.every(({ status, counts }) => status === 200 && counts.events === 1)).toBe(true);
  });

  it.each<[string, (secret: string) => Record<string, string>]>([
    ['no secret', () => ({})],
    ['a forged one of the same length', (secret) => ({ authorization: `${secret.slice(0, -1)}~` })],
    ['one that is cut off', (secret) => ({ authorization: secret.slice(0, -1) })],
    ['one that goes on', (secret) => ({ authorization: `${secret}x` })],
    ['the secret without its scheme', (secret) => ({ authorization: secret.replace('Bearer ', '') })],
  ])('is refused with an empty 401, unread, with %s', async (_case, headers) => {
    const answer = await post('{"not": "read"', headers(hook.authorization!));
    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe('');
    expect(received.answers).toMatchObject([{ status: 401, code: 'webhook-forged', counts: { events: 0 } }]);
    expect(await received.taken()).toEqual([]);
  });

  it('is acted on once, however often it is repeated', async () => {
    scene.demo.procore.webhooks.disturb({ copies: 3 });
    people().addVendor({ name: newName() });
    await received.deliver();
    expect(received.answers.map(({ counts }) => counts.repeated)).toEqual([0, 1, 1]);
    expect(await received.taken()).toHaveLength(2);
  });

  it('is repeated, not lost, when the process dies before it was queued', async () => {
    const { reference } = received;
    const send = reference.referenceQueue.send;
    let died = 0;
    reference.referenceQueue.send = async () => {
      died += 1;
      throw new Error('killed');
    };
    const body = JSON.stringify({ ...eventOf(), id: '01JMYXMZRBVKK0PC6XS8SA4QRE' });
    await expect(post(body, genuine())).rejects.toThrow();
    reference.referenceQueue.send = send;
    expect(died).toBe(1);
    expect((await post(body, genuine())).status).toBe(200);
    expect(await received.taken()).toHaveLength(2);
  });

  it.each(['v2.0', 'v4.0'] as const)('about what we wrote ourselves is no news (%s)', async (version) => {
    const userId = Number((await connectionOf(scene)).procore.userId);
    expect(userId).toBeGreaterThan(0);
    await scene.demo.procore.webhooks.send(hook.id, { ...VENDOR, userId }, { version });
    expect(received.answers).toMatchObject([{ status: 200, counts: { ownWrite: 1 } }]);
    expect(await received.taken()).toEqual([]);
  });

  it('about what an app did in our name is no news either', async () => {
    const { userId } = (await connectionOf(scene)).procore;
    const metadata = { source_user_id: userId };
    const event = {
      id: 5,
      ulid: '01ZZZ',
      company_id: COMPANY,
      user_id: 1,
      resource_name: 'Projects',
      metadata,
    };
    await post(JSON.stringify(event), genuine());
    expect(received.answers).toMatchObject([{ counts: { ownWrite: 1 } }]);
  });

  it.each([
    ['a resource that Procore may bring one day', { resource: 'Lunar Permits' }, { otherResource: 1 }],
    ['a resource of no concern', { resource: 'RFIs' }, { otherResource: 1 }],
    ['a company that is not ours', { companyId: 4711 }, { unknownCompany: 1 }],
  ])('about %s is counted and answered 200', async (_what, fields, counts) => {
    expect(await scene.demo.procore.webhooks.send(hook.id, { ...VENDOR, ...fields })).toBe(200);
    expect(received.answers).toMatchObject([{ status: 200, counts: { events: 1, ...counts } }]);
    expect(await received.taken()).toEqual([]);
  });

  it.each([
    ['no JSON', '<html>', 'webhook-malformed'],
    ['an event without a company', '{"id":"1","resource_type":"Projects"}', 'webhook-malformed'],
    ['an event without an id', `{"company_id":"${COMPANY}","resource_name":"Projects"}`, 'webhook-malformed'],
    ['far more than an event', `{"x":"${'x'.repeat(300_000)}"}`, 'webhook-oversized'],
  ])('with %s does not hold up those behind it', async (_what, body, code) => {
    expect((await post(body, genuine())).status).toBe(200);
    expect(received.answers).toMatchObject([{ code, counts: { events: 0 } }]);
    expect(await received.taken()).toEqual([]);
  });

  it('is accepted with the secret of a hook that was made a moment ago', async () => {
    const before = hook.authorization;
    scene.clock.advance(6000);
    await reconcileHook(received.reference, COMPANY, { renew: true });
    hook = hooksIn(scene.company)[0]!;
    expect(hook.authorization).not.toBe(before);
    people().addVendor({ name: newName() });
    await received.deliver();
    expect(received.answers.map(({ status }) => status)).toEqual([200]);
    scene.clock.advance(6000);
    expect((await post(JSON.stringify(eventOf()), { authorization: before! })).status).toBe(401);
  });

  it('is noted for whoever asks whether the hook works, at most once a minute', async () => {
    scene.clock.advance(120_000);
    const first = scene.clock.now().toISOString();
    await scene.demo.procore.webhooks.send(hook.id, VENDOR);
    scene.clock.advance(59_000);
    await scene.demo.procore.webhooks.send(hook.id, VENDOR);
    expect(await received.reference.procoreEvents.lastCall(COMPANY)).toBe(first);
    scene.clock.advance(1_000);
    await scene.demo.procore.webhooks.send(hook.id, VENDOR);
    expect(await received.reference.procoreEvents.lastCall(COMPANY)).toBe(scene.clock.now().toISOString());
  });

  it('reaches every connection of the company but the one that made the change', async () => {
    const { reference } = received;
    const { revision: _revision, ...connection } = (await reference.connections.get(scene.connectionId))!;
    const procore = { ...connection.procore, userId: '12345' };
    await reference.connections.create({ ...connection, procore, id: 'second', name: 'Second books' });
    await reconcileHook(reference, COMPANY);
    scene.clock.advance(6000);
    const warm = await receivingAnew();
    await scene.demo.procore.webhooks.send(hook.id, { ...VENDOR, userId: 1 });
    await scene.demo.procore.webhooks.send(hook.id, { ...VENDOR, userId: 12_345 });
    const told = (await received.taken())
      .filter(({ what }) => what === 'procore/vendors')
      .map(({ connectionId }) => connectionId);
    expect(told.toSorted()).toEqual([scene.connectionId, scene.connectionId, 'second'].toSorted());
    expect(warm).toBe(2);
  });
});

function eventOf() {
  return { id: '01', company_id: COMPANY, user_id: '1', resource_type: 'Company Vendors', resource_id: '1' };
}

/** Makes the door read its directory again, as a new process would; returns how many connections it knows then. */
async function receivingAnew(): Promise<number> {
  await post('{}', { authorization: 'forged' });
  return (await entryOf(received.reference, COMPANY))!.connections.length;
}
