import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LiveCommitment } from '../../lib/core/commitment-drift.ts';
import type { DesiredCommitment } from '../../lib/core/plan.ts';
import type { Project } from '../../lib/core/procore-records.ts';
import { oakStreet, riverside } from './builders.ts';
import type { OrderAsWanted } from './desired-orders.ts';
import { desire } from './desired-orders.ts';
import type { Model } from './procore-model.ts';
import { apply, emptyModel, inShort, level, plan } from './procore-model.ts';

let model: Model;
beforeEach(() => {
  model = emptyModel();
});

const linkIn = (project = riverside) => model.links.get(project.id);
const two = [
  { id: 'a', net: '100.00' },
  { id: 'b', net: '40.00' },
];

function steps(desired: DesiredCommitment[], changes: Partial<LiveCommitment> = {}): string[] {
  return inShort(plan(model, desired, changes).steps);
}

function posted(wanted: OrderAsWanted = {}): void {
  level(model, desire(wanted));
}

describe('an order that moves to another project', () => {
  const moved = [{ id: 'a', net: '100.00', project: oakStreet }];
  beforeEach(() => posted());

  it('is taken out of the one before it comes into the other', () => {
    expect(steps(desire({ lines: moved }))).toEqual([
      'add-vendor-to-project',
      'delete-requisition',
      'set-status Draft',
      'delete-commitment',
      'write-commitment',
      'allow-invoicing',
      'write-lines xero:line:a',
      'set-status Approved',
      'create-requisition',
    ]);
    posted({ lines: moved });
    expect([...model.links.keys()]).toEqual([oakStreet.id]);
  });

  it('and comes back to where it was closed, being billed: that is opened, brought up to date and approved', () => {
    model.billed.add(riverside.id);
    posted({ lines: [{ id: 'b', net: '100.00', project: oakStreet }] });
    expect(linkIn()!.status).toBe('Closed');
    const lines = [{ id: 'a', net: '110.00' }];
    expect(steps(desire({ lines })).slice(3)).toEqual([
      'set-status Draft',
      'write-lines xero:line:a',
      'set-status Approved',
      'create-requisition',
    ]);
    posted({ lines });
    expect(linkIn()!.status).toBe('Approved');
    expect([...model.links.keys()]).toEqual([riverside.id]);
  });

  it('with one of its lines only: both commitments get the number with their project', () => {
    posted({ lines: two });
    const lines = [two[0]!, { ...two[1]!, project: oakStreet }];
    const written = plan(model, desire({ lines })).steps.filter((step) => step.do === 'write-commitment');
    expect(written.map(({ header }) => header.number)).toEqual(['PO-0107-24-101', 'PO-0107-24-117']);
    posted({ lines });
    expect(Object.keys(linkIn()!.lines)).toEqual(['xero:line:a']);
  });
});

describe('lines that change places between the projects of one order', () => {
  const there = (first: Project, second: Project) => [
    { ...two[0]!, project: first },
    { ...two[1]!, project: second },
  ];

  it('are deleted everywhere before one is written anywhere, since Procore takes each only once', () => {
    posted({ lines: there(riverside, oakStreet) });
    expect(steps(desire({ lines: there(oakStreet, riverside) }))).toEqual([
      'delete-requisition',
      'set-status Draft',
      'delete-lines xero:line:b',
      'delete-requisition',
      'set-status Draft',
      'delete-lines xero:line:a',
      'write-lines xero:line:a',
      'set-status Approved',
      'create-requisition',
      'write-lines xero:line:b',
      'set-status Approved',
      'create-requisition',
    ]);
    posted({ lines: there(oakStreet, riverside) });
    expect(Object.keys(linkIn()!.lines)).toEqual(['xero:line:b']);
  });

  it('are deleted before another project’s commitment is even begun', () => {
    posted({ lines: two });
    posted({ lines: [{ ...two[1]!, project: oakStreet }, two[0]!] });
    expect(Object.keys(linkIn(oakStreet)!.lines)).toEqual(['xero:line:b']);
  });
});

describe('an order that is deleted in Xero', () => {
  const deleted = () => steps(desire({ status: 'DELETED' }));

  it('is unlocked and deleted where nothing was billed', () => {
    posted();
    expect(deleted()).toEqual(['delete-requisition', 'set-status Draft', 'delete-commitment']);
    posted({ status: 'DELETED' });
    expect(model.links.size).toBe(0);
  });

  it('is deleted at once where it is a draft', () => {
    posted({ status: 'DRAFT' });
    expect(deleted()).toEqual(['delete-commitment']);
  });

  it('is made a draft first where it is submitted, since some companies lock all but drafts', () => {
    posted({ status: 'SUBMITTED' });
    expect(deleted()).toEqual(['set-status Draft', 'delete-commitment']);
  });

  it('is closed where something was billed, and stays so', () => {
    posted();
    model.billed.add(riverside.id);
    expect(deleted()).toEqual(['delete-requisition', 'set-status Closed']);
    posted({ status: 'DELETED' });
    expect(deleted()).toEqual([]);
  });

  it('is only forgotten where people deleted the commitment by hand', () => {
    posted();
    expect(steps([], { status: undefined, requisitionStatus: undefined })).toEqual([
      'delete-requisition',
      'delete-commitment',
    ]);
  });

  it('is no matter where it never came to Procore', () => {
    expect(deleted()).toEqual([]);
  });
});

describe('what people did in Procore by hand', () => {
  const changed = () => desire({ lines: [{ id: 'a', net: '120.00' }] });
  beforeEach(() => posted());

  it('stops a change of an order whose commitment they deleted', () => {
    expect(() => steps(changed(), { status: undefined, requisitionStatus: undefined })).toThrow(
      expect.objectContaining({ code: 'commitment-gone', facts: { commitment: linkIn()!.commitmentId } }),
    );
  });

  it.each(['under_review', 'submitted', 'approved', 'revise_and_resubmit'])(
    'stops a change that would withdraw a requisition which is %s',
    (requisitionStatus) => {
      expect(() => steps(changed(), { requisitionStatus })).toThrow(
        expect.objectContaining({
          code: 'requisition-touched',
          facts: { commitment: linkIn()!.commitmentId, status: requisitionStatus },
        }),
      );
      expect(() => steps([], { requisitionStatus })).toThrow(
        expect.objectContaining({ code: 'requisition-touched' }),
      );
    },
  );

  it('does not stop a change that leaves the submitted requisition alone', () => {
    expect(steps(desire({ reference: 'Level 2 slab' }), { requisitionStatus: 'submitted' })).toEqual([
      'write-commitment',
    ]);
  });

  it('does not stop a change after they deleted the draft', () => {
    expect(steps(changed(), { requisitionStatus: undefined })).toEqual([
      'delete-requisition',
      'set-status Draft',
      'write-lines xero:line:a',
      'set-status Approved',
      'create-requisition',
    ]);
  });
});

describe('a requisition whose creation may or may not have got through', () => {
  beforeEach(() => {
    posted();
    const { requisition, ...link } = linkIn()!;
    const { id: _unknown, ...intent } = requisition!;
    model.links.set(riverside.id, { ...link, requisition: intent });
  });

  it('is created again, whose first act is to look for it', () => {
    expect(steps(desire())).toEqual(['create-requisition']);
  });

  it('is withdrawn first where the order has changed since', () => {
    expect(steps(desire({ lines: [{ id: 'a', net: '120.00' }] }))).toEqual([
      'delete-requisition',
      'set-status Draft',
      'write-lines xero:line:a',
      'set-status Approved',
      'create-requisition',
    ]);
  });
});

describe('a worker that died', () => {
  const whole = () => plan(emptyModel(), desire({ lines: two })).steps;

  it.each(whole().map(({ do: next }, done) => ({ next, done })))(
    'after $done steps, before $next, is followed by the rest',
    ({ done }) => {
      apply(model, whole().slice(0, done));
      expect(plan(model, desire({ lines: two })).steps).toEqual(whole().slice(done));
    },
  );
});
