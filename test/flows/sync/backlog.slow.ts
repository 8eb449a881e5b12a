import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import type { DocumentChange } from '../../../lib/aws/queue.ts';
import { pollConnection } from '../../../lib/flows/poll/poll-xero.ts';
import { syncDocuments } from '../../../lib/flows/sync/sync-documents.ts';
import { workOff } from '../../../lib/flows/sync/work-off.ts';
import type { ChangeMessage } from '../../../lib/flows/sync/works.ts';
import { releaseWaiting } from '../../../lib/flows/waiting-room.ts';
import type { PurchaseOrder } from '../../../lib/sandbox/xero/documents.ts';
import { heldReads } from '../../support/held.ts';
import { nameOf, office } from '../../support/life.ts';
import { goods } from '../../support/orders.ts';
import type { Scene } from '../../support/scene.ts';
import { connectionOf, messageAbout, scenes, standing } from '../../support/scene.ts';
import { drain } from '../../support/world.ts';

const newScene = scenes();

const NEVER = () => Number.POSITIVE_INFINITY;

const xeroCalls = ({ demo }: Scene) => demo.xero.calls.total();

const orders = (desk: ReturnType<typeof office>, count: number): PurchaseOrder[] =>
  Array.from({ length: count }, (_, at) => desk.order({ LineItems: [goods('FRT', 1, 100 + at)] }));

const polled = (message: ChangeMessage): ChangeMessage => ({
  ...message,
  body: JSON.stringify({ ...JSON.parse(message.body), reason: 'poll' }),
});

describe('a backlog', () => {
  const inQueue = async ({ cloud, queueUrl }: Scene) => {
    const ask = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
    return (await cloud.sqs.send(ask)).Messages ?? [];
  };

  it('is taken along by whoever is given ten of it', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const many = orders(desk, 25);
    const messages = many.map((order) => messageAbout(scene, ...nameOf(order)));
    await scene.deployment.queue.send(messages.slice(10).map(({ body }) => JSON.parse(body)));
    expect(await workOff(messages.slice(0, 10), scene.deployment, NEVER)).toEqual([]);
    expect(standing(scene)).toHaveLength(25);
    expect(await inQueue(scene)).toEqual([]);
  });

  it('is left alone by whoever is given less than that: one goes out at once', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const [one, other] = orders(desk, 2).map((order) => messageAbout(scene, ...nameOf(order)));
    await scene.deployment.queue.send([JSON.parse(other!.body)]);
    await workOff([one!], scene.deployment, NEVER);
    expect(standing(scene)).toHaveLength(1);
    expect(await inQueue(scene)).toHaveLength(1);
  });

  it('of a connection that another worker is on is left to that one, which takes it up when it comes to it', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const [first, second, third] = orders(desk, 3).map((order) =>
      polled(messageAbout(scene, ...nameOf(order))),
    );
    // The second comes while the first is worked on.
    const { deployment } = scene;
    const slow = heldReads(deployment);
    const working = workOff([first!], slow.deployment, NEVER);
    await slow.reached;
    expect(await workOff([second!], deployment, NEVER)).toEqual([]);
    expect(standing(scene)).toEqual([]);
    slow.release();
    expect(await working).toEqual([]);
    expect(standing(scene)).toHaveLength(2);
    await workOff([third!], deployment, NEVER);
    expect(standing(scene)).toHaveLength(3);
  });

  it('of which one fails time and again comes to an end, and that one goes back to the queue', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const [first, second] = orders(desk, 2).map((order) => polled(messageAbout(scene, ...nameOf(order))));
    const { id } = JSON.parse(second!.body) as DocumentChange;
    const { documents } = scene.deployment;
    const get: typeof documents.get = async (...asked) => {
      if (asked[1] === id) throw new Error('a fault that nobody knows');
      return documents.get(...asked);
    };
    const slow = heldReads({ ...scene.deployment, documents: { ...documents, get } });
    const working = workOff([first!], slow.deployment, NEVER);
    await slow.reached;
    await workOff([second!], scene.deployment, NEVER);
    slow.release();
    await working;
    expect(standing(scene)).toHaveLength(1);
    expect((await inQueue(scene)).map(({ Body }) => JSON.parse(Body!).id)).toEqual([id]);
  });

  it('does not hold up what somebody has just entered', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const [found, entered] = orders(desk, 2).map((order) => messageAbout(scene, ...nameOf(order)));
    const slow = heldReads(scene.deployment);
    const working = workOff([polled(found!)], slow.deployment, NEVER);
    await slow.reached;
    await workOff([entered!], scene.deployment, NEVER);
    expect(standing(scene)).toHaveLength(1);
    slow.release();
    await working;
    expect(standing(scene)).toHaveLength(2);
  });

  it('that was left to a worker that died goes on by itself', async () => {
    const scene = await newScene();
    const { deployment, clock, connectionId } = scene;
    const [order] = orders(office(scene), 1);
    const dead = await deployment.leases.acquire(`lane:${connectionId}:patient`, 'a worker that died', 170);
    expect(dead).toBeDefined();
    await workOff([polled(messageAbout(scene, ...nameOf(order!)))], deployment, NEVER);
    await releaseWaiting(deployment);
    expect(await inQueue(scene)).toEqual([]);
    clock.advance(3 * 60_000);
    await releaseWaiting(deployment);
    await drain(scene.cloud, deployment);
    expect(standing(scene)).toHaveLength(1);
  });

  it('that a poll found is carried without reading any of it again', async () => {
    const scene = await newScene();
    const desk = office(scene);
    await desk.carry(...orders(desk, 1));
    orders(desk, 20);
    const before = xeroCalls(scene);
    await pollConnection(await connectionOf(scene), scene.deployment);
    const polled = xeroCalls(scene);
    const messages = await scene.deployment.queue.receive(100);
    const news = messages.filter(({ body }) => (JSON.parse(body) as DocumentChange).record !== undefined);
    expect(news.length).toBeGreaterThanOrEqual(20);
    await syncDocuments(news, scene.deployment);
    expect(standing(scene).length).toBeGreaterThanOrEqual(21);
    expect(polled - before).toBeLessThanOrEqual(5);
    // Suppliers that Procore does not know are read, all in one call, and who was merged.
    expect(xeroCalls(scene) - polled).toBeLessThanOrEqual(2);
  });

  it('that waited too long to be believed is read anew', async () => {
    const scene = await newScene();
    const desk = office(scene);
    const [order] = orders(desk, 1);
    const { body, ...message } = messageAbout(scene, ...nameOf(order!));
    const stale = { ...(JSON.parse(body) as DocumentChange), record: { ...order, Status: 'DELETED' } };
    scene.clock.advance(6 * 60_000);
    await syncDocuments([{ ...message, body: JSON.stringify(stale) }], scene.deployment);
    expect(standing(scene)).toHaveLength(1);
  });
});
