import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DesiredCommitment, Step } from '../../lib/core/plan.ts';
import { cedar, oakStreet, riverside } from './builders.ts';
import type { OrderAsWanted } from './desired-orders.ts';
import { desire, november } from './desired-orders.ts';
import type { Model } from './procore-model.ts';
import { apply, emptyModel, fingerprint, level, plan, vendorIdOf } from './procore-model.ts';

const projects = [riverside, oakStreet, cedar];

/** An order as it may stand in Xero at some moment: few values, so that edits often come back to earlier ones. */
const anyOrder: fc.Arbitrary<OrderAsWanted> = fc.record({
  status: fc.constantFrom('DRAFT', 'SUBMITTED', 'AUTHORISED', 'AUTHORISED', 'BILLED', 'DELETED'),
  number: fc.constantFrom('PO-0107', 'PO-0108'),
  reference: fc.constantFrom('', 'Level 2 slab'),
  supplier: fc.constantFrom('hudson', 'bayside'),
  lines: fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        net: fc.constantFrom('0', '10.00', '20.00', '-5.00'),
        project: fc.constantFrom(...projects),
      }),
      { selector: ({ id }) => id, maxLength: 4 },
    )
    .filter((lines) => lines.length > 0),
  periods: fc.constantFrom([], [november], [{ ...november, id: 'p12' }]),
});

/** Edits of one order; each is carried out whole, or up to a step at which the worker dies. */
const anyHistory = fc.array(fc.record({ wanted: anyOrder, diesAfter: fc.option(fc.nat(12)) }), {
  minLength: 1,
  maxLength: 6,
});
const anyVendors = fc.record({
  hudson: fc.option(fc.subarray(projects)),
  bayside: fc.option(fc.subarray(projects)),
});

function startWith(vendors: Record<string, typeof projects | null>): Model {
  const model = emptyModel();
  for (const [contactId, directories] of Object.entries(vendors)) {
    if (directories) model.known.set(contactId, new Set(directories.map(({ id }) => id)));
  }
  return model;
}

function play(model: Model, steps: Step[], diesAfter: number | null): void {
  const done = diesAfter === null ? steps : steps.slice(0, diesAfter);
  apply(model, done);
  const next = steps[done.length];
  const link = next?.do === 'create-requisition' && model.links.get(next.projectId);
  // A requisition's intent is stored before it is created: the worker may die in between.
  if (link && !link.requisition) {
    const { periodId, fingerprint: print } = next.requisition;
    model.links.set(next.projectId, { ...link, requisition: { periodId, fingerprint: print } });
  }
}

describe('any history of an order, with workers that die anywhere', () => {
  const runs = { seed: 20261102, numRuns: 2000 };

  it('is level with Xero after one undisturbed run, never refused by Procore, and then at rest', () => {
    fc.assert(
      fc.property(anyVendors, anyHistory, anyOrder, (vendors, history, last) => {
        const model = startWith(vendors);
        for (const { wanted, diesAfter } of history) {
          play(model, plan(model, desire(wanted)).steps, diesAfter);
        }
        const desired = desire(last);
        level(model, desired);
        const { steps, commitments } = plan(model, desired);
        expect(steps).toEqual([]);
        expectLevel(model, commitments);
        expect(lineIdsIn(commitments)).toEqual(lineIdsIn(desired));
      }),
      runs,
    );
  });

  it('leaves nothing behind where it ends with the order deleted and nothing billed', () => {
    fc.assert(
      fc.property(anyVendors, anyHistory, (vendors, history) => {
        const model = startWith(vendors);
        for (const { wanted, diesAfter } of history) {
          play(model, plan(model, desire(wanted)).steps, diesAfter);
        }
        level(model, desire({ status: 'DELETED' }));
        expect(model.links.size).toBe(0);
      }),
      runs,
    );
  });

  it('makes one vendor of each supplier, whatever happens', () => {
    fc.assert(
      fc.property(anyVendors, anyHistory, (vendors, history) => {
        const model = startWith(vendors);
        let made = 0;
        for (const { wanted } of history) {
          const { steps } = plan(model, desire(wanted));
          made += steps.filter((step) => step.do === 'create-vendor' || step.do === 'link-vendor').length;
          apply(model, steps);
        }
        expect(made).toBe(model.vendors.size);
        expect(made).toBeLessThanOrEqual(2);
      }),
      runs,
    );
  });
});

function lineIdsIn(commitments: DesiredCommitment[]): string[][] {
  return commitments.map(({ lines }) => lines.map(({ lineId }) => lineId));
}

/** What Procore holds is what Xero says, commitment by commitment; lines under the originIds that they stand under. */
function expectLevel(model: Model, desired: DesiredCommitment[]): void {
  expect([...model.links.keys()].toSorted()).toEqual(desired.map(({ project }) => project.id).toSorted());
  for (const commitment of desired) {
    const link = model.links.get(commitment.project.id)!;
    expect(link).toMatchObject({
      status: commitment.status,
      header: fingerprint(commitment.header),
      vendorId: vendorIdOf(commitment.contactId),
      invoicing: true,
    });
    expect(
      Object.entries(link.lines)
        .map(([originId, { lineId }]) => [originId, lineId])
        .toSorted(),
    ).toEqual(commitment.lines.map(({ originId, lineId }) => [originId, lineId]).toSorted());
    if (commitment.requisition) {
      expect(link.requisition).toMatchObject({
        id: 'requisition',
        fingerprint: commitment.requisition.fingerprint,
      });
    }
    if (commitment.status !== 'Approved') expect(link.requisition).toBeUndefined();
  }
}
