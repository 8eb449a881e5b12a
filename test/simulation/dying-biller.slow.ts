import { describe, expect, it } from '@jest/globals';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import { bill, editBill, order, pay, unpay, voidBill } from '../life/deeds.ts';
import { lookAt } from '../life/shown.ts';
import type { Deed, Life } from '../life/story.ts';
import { office } from '../support/life.ts';
import type { Scene } from '../support/scene.ts';
import { messageAbout, scenes } from '../support/scene.ts';
import type { Death } from './mortal.ts';
import { mortal } from './mortal.ts';

/** Longer than any lease: what a dead worker held is free again. */
const LATER_MS = 5 * 60_000;
const PARTS = ['documents', 'links', 'charges', 'suppliers', 'audit', 'leases', 'events'] as const;

const newScene = scenes();

const BILLED = [
  order('PO-9001', 'concrete 1000, freight 120'),
  bill('first', { of: 'PO-9001', lines: 'concrete 400, permit 50' }),
];

/** What has happened before, and what the worker is about to carry when it dies. */
const LIVES: { says: string; before: Deed[]; next: Deed[] }[] = [
  { says: 'a new bill', before: BILLED.slice(0, 1), next: BILLED.slice(1) },
  { says: 'a bill that is paid', before: BILLED, next: [pay('first', 200)] },
  { says: 'another amount', before: BILLED, next: [editBill('first', 'concrete 450, permit 60')] },
  {
    says: 'a second bill',
    before: BILLED,
    next: [bill('second', { of: 'PO-9001', lines: 'concrete 300' })],
  },
  {
    says: 'the void of a bill whose payment was removed',
    before: [...BILLED, pay('first', 200)],
    next: [unpay('first'), voidBill('first')],
  },
];

async function begin(before: Deed[], next: Deed[]) {
  const scene = await newScene();
  const life: Life = { scene, desk: office(scene), papers: new Map(), payments: new Map() };
  for (const deed of before) await deed(life);
  await life.desk.carry(...life.papers.values());
  for (const deed of next) await deed(life);
  const papers = [...life.papers.values()].filter((paper) => 'InvoiceID' in paper);
  const messages = papers.map(({ InvoiceID }) => messageAbout(scene, InvoiceID, 'bill'));
  return { scene, life, messages };
}

async function end(scene: Scene, life: Life) {
  scene.clock.advance(LATER_MS);
  await life.desk.carry(...life.papers.values());
  return lookAt(scene, (id) => id);
}

describe('a worker that dies while it carries', () => {
  it.each(LIVES)(
    '$says is followed by one that goes on: nothing stands twice',
    async ({ before, next }) => {
      const calm = await begin(before, next);
      const writes: number[] = [];
      const fetch: typeof calm.scene.deployment.fetch = (url, init) => {
        if (init?.method !== 'GET') writes.push(whole.operations.length);
        return calm.scene.deployment.fetch(url, init);
      };
      const never = { operation: Number.POSITIVE_INFINITY, when: 'before' } as const;
      const whole = mortal({ ...calm.scene.deployment, fetch }, never, PARTS);
      await syncDocuments(calm.messages, whole.deployment);
      const { parked, 'left-out': _ids, ...undisturbed } = await end(calm.scene, calm.life);
      expect(parked).toBe('nothing');
      await calm.scene.close();

      for (const death of deaths(writes, whole.operations.length)) {
        const { scene, life, messages } = await begin(before, next);
        const dying = mortal(scene.deployment, death, PARTS);
        const ended = await Promise.race([dying.died, syncDocuments(messages, dying.deployment)]);
        expect({ death, ended }).toEqual({ death, ended: 'died' });
        expect({ death, ...(await end(scene, life)) }).toMatchObject({
          death,
          ...undisturbed,
          parked: 'nothing',
        });
        await scene.close();
      }
    },
    600_000,
  );
});

/** After every write to Procore, whose answer is then lost, just after it was noted, and now and then in between. */
function deaths(writes: number[], operations: number): Death[] {
  const between = Array.from({ length: Math.floor(operations / 40) }, (_, at) => (at + 1) * 40);
  const all: Death[] = [
    ...writes.map((operation): Death => ({ operation, when: 'after' })),
    ...writes.map((operation): Death => ({ operation: operation + 2, when: 'before' })),
    ...between.map((operation): Death => ({ operation, when: 'before' })),
  ];
  return all.filter(({ operation }) => operation <= operations);
}
