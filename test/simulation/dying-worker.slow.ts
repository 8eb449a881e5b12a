import { beforeAll, describe, expect, it } from '@jest/globals';
import type { StandingCommitment } from '../../bin/local/procore-content.ts';
import { syncDocuments } from '../../lib/flows/sync/sync-documents.ts';
import { verify } from '../../lib/store/audit.ts';
import type { Scene } from '../support/scene.ts';
import { messageAbout, scenes, seededOrder, standing } from '../support/scene.ts';
import type { Death } from './mortal.ts';
import { mortal } from './mortal.ts';

/** One order over two projects, and one whose supplier Procore does not know yet. */
const ORDERS = ['PO-1227', 'PO-1206'];
/** Longer than any lease: what a dead worker held is free again. */
const LATER_MS = 5 * 60_000;

const newScene = scenes();

function messagesIn(scene: Scene) {
  return ORDERS.map((number) => messageAbout(scene, seededOrder(scene, number).PurchaseOrderID));
}

function vendorNames({ company }: Scene): string[] {
  return [...company.vendors.values()].map(({ name }) => name).toSorted();
}

describe('a worker that dies while it carries orders over', () => {
  let undisturbed: { commitments: StandingCommitment[]; vendors: string[] };
  let operations: readonly ('vendor' | 'store')[];

  beforeAll(async () => {
    const scene = await newScene();
    const life = mortal(scene.deployment, { operation: Number.POSITIVE_INFINITY, when: 'before' });
    await syncDocuments(messagesIn(scene), life.deployment);
    undisturbed = { commitments: standing(scene), vendors: vendorNames(scene) };
    operations = life.operations;
  });

  it('is followed by one that goes on from there, so that Procore ends as if nothing had happened', async () => {
    expect(undisturbed.commitments).toHaveLength(3);
    expect(
      undisturbed.commitments.filter(({ requisition }) => requisition !== undefined).length,
    ).toBeGreaterThan(0);

    for (const death of deaths(operations)) {
      const scene = await newScene();
      const messages = messagesIn(scene);
      const life = mortal(scene.deployment, death);
      const end = await Promise.race([life.died, syncDocuments(messages, life.deployment)]);
      expect({ ...death, end }).toEqual({ ...death, end: 'died' });

      scene.clock.advance(LATER_MS);
      const verdicts = await syncDocuments(messages, scene.deployment);
      expect({ ...death, verdicts: [...verdicts.values()] }).toEqual({
        ...death,
        verdicts: ['done', 'done'],
      });
      expect({ ...death, commitments: standing(scene) }).toEqual({
        ...death,
        commitments: undisturbed.commitments,
      });
      expect({ ...death, vendors: vendorNames(scene) }).toEqual({ ...death, vendors: undisturbed.vendors });
      for (const document of await scene.deployment.documents.list(scene.connectionId)) {
        const trail = await scene.deployment.audit.list(scene.connectionId, document.id);
        expect(verify(trail)).toBeUndefined();
        expect({ ...death, last: trail.at(-1)?.event }).toEqual({ ...death, last: 'posted' });
      }
      await scene.close();
    }
  });
});

/** After every call to a vendor, whose answer is then lost, and around every twelfth operation on the stores. */
function deaths(operations: readonly ('vendor' | 'store')[]): Death[] {
  return operations.flatMap((kind, index): Death[] => {
    const operation = index + 1;
    if (kind === 'vendor') return [{ operation, when: 'after' }];
    return operation % 12 === 0 ? [{ operation, when: operation % 24 === 0 ? 'before' : 'after' }] : [];
  });
}
