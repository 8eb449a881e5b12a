import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LiveCommitment } from '../../lib/core/commitment-drift.ts';
import type { DesiredCommitment } from '../../lib/core/plan.ts';
import { oakStreet, riverside } from './builders.ts';
import type { OrderAsWanted } from './desired-orders.ts';
import { desire, november } from './desired-orders.ts';
import type { Model } from './procore-model.ts';
import { emptyModel, inShort, level, plan, vendorIdOf } from './procore-model.ts';

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

describe('a new order', () => {
  it('has its vendor made, put into the project, then commitment, switches, lines, status and requisition', () => {
    expect(steps(desire({ lines: two }))).toEqual([
      'create-vendor',
      'add-vendor-to-project',
      'write-commitment',
      'allow-invoicing',
      'write-lines xero:line:a xero:line:b',
      'set-status Approved',
      'create-requisition',
    ]);
  });

  it('takes the vendor that was found by name, and the project that already has it', () => {
    model.known.set('hudson', new Set([riverside.id]));
    expect(steps(desire()).slice(0, 2)).toEqual(['link-vendor', 'write-commitment']);
    model.known.set('hudson', new Set());
    expect(steps(desire()).slice(0, 2)).toEqual(['link-vendor', 'add-vendor-to-project']);
  });

  it('of a supplier known from an earlier order needs no vendor step in the same project', () => {
    posted();
    model.links.clear();
    expect(steps(desire())[0]).toBe('write-commitment');
  });

  it.each([
    ['DRAFT', []],
    ['SUBMITTED', ['set-status Submitted']],
  ])('that is %s gets no requisition', (status, last) => {
    expect(steps(desire({ status })).slice(5)).toEqual(last);
  });

  it('for two projects has one commitment in each and its vendor in both', () => {
    const lines = [two[0]!, { ...two[1]!, project: oakStreet }];
    const done = level(model, desire({ lines }));
    expect(done.filter((step) => step.do === 'add-vendor-to-project')).toHaveLength(2);
    expect(Object.keys(linkIn()!.lines)).toEqual(['xero:line:a']);
    expect(Object.keys(linkIn(oakStreet)!.lines)).toEqual(['xero:line:b']);
  });

  it('tells what stands in Procore afterwards', () => {
    const desired = desire();
    expect(plan(model, desired).commitments).toMatchObject(desired);
  });
});

describe('a replay', () => {
  it.each(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'])(
    'of an order that is %s changes nothing',
    (status) => {
      posted({ status, lines: two });
      expect(steps(desire({ status, lines: two }))).toEqual([]);
    },
  );

  it('of a BILLED order after the approved one changes nothing', () => {
    posted();
    expect(steps(desire({ status: 'BILLED' }))).toEqual([]);
  });

  it('does not look at Procore at all: what people did there is theirs while the order stays as it is', () => {
    posted();
    expect(steps(desire(), { status: undefined, requisitionStatus: 'approved', billed: true })).toEqual([]);
  });

  it('after the billing period closed leaves the standing draft where it is', () => {
    posted();
    expect(steps(desire({ periods: [] }))).toEqual([]);
    const december = { ...november, id: 'p12', start: '2026-12-01', end: '2026-12-31' };
    expect(steps(desire({ periods: [{ ...november, status: 'closed' }, december] }))).toEqual([]);
  });

  it('after a period was opened makes the requisition that had to wait', () => {
    posted({ periods: [] });
    expect(linkIn()!.requisition).toBeUndefined();
    expect(steps(desire())).toEqual(['create-requisition']);
  });
});

describe('an approved order that changes', () => {
  const around = (...inner: string[]) => [
    'delete-requisition',
    'set-status Draft',
    ...inner,
    'set-status Approved',
    'create-requisition',
  ];
  beforeEach(() => posted({ lines: two }));

  it('by one amount: the draft is withdrawn, only that line is written, and all is locked and drafted again', () => {
    const lines = [two[0]!, { id: 'b', net: '40.01' }];
    expect(steps(desire({ lines }))).toEqual(around('write-lines xero:line:b'));
  });

  it('by a line more', () => {
    const lines = [...two, { id: 'c', net: '7.00' }];
    expect(steps(desire({ lines }))).toEqual(around('write-lines xero:line:c'));
  });

  it('by a line less', () => {
    expect(steps(desire({ lines: [two[1]!] }))).toEqual(around('delete-lines xero:line:a'));
  });

  it('by a line replaced: the old one goes before the new one comes', () => {
    const lines = [two[0]!, { id: 'c', net: '40.00', description: 'Rebar' }];
    expect(steps(desire({ lines }))).toEqual(around('delete-lines xero:line:b', 'write-lines xero:line:c'));
  });

  it('only in the ids of its lines, as where it is written whole: nothing is written', () => {
    const lines = two.map((line) => ({ ...line, id: `${line.id}2` }));
    expect(steps(desire({ lines }))).toEqual(['note-lines']);
    level(model, desire({ lines }));
    expect(steps(desire({ lines }))).toEqual([]);
  });

  it('in the ids of its lines and an amount: the line that it was is written', () => {
    const lines = [two[0]!, { id: 'c', net: '41.00' }];
    expect(steps(desire({ lines }))).toEqual(around('write-lines xero:line:b'));
  });

  it('by the order of its lines only: only the draft, which lists them, is made again', () => {
    expect(steps(desire({ lines: two.toReversed() }))).toEqual(['delete-requisition', 'create-requisition']);
  });

  it('by its number: renamed, not made again, and the draft follows the number', () => {
    const before = linkIn()!.commitmentId;
    expect(steps(desire({ lines: two, number: 'PO-0107-R1' }))).toEqual([
      'delete-requisition',
      'write-commitment',
      'create-requisition',
    ]);
    posted({ lines: two, number: 'PO-0107-R1' });
    expect(linkIn()!.commitmentId).toBe(before);
  });

  it('by its reference: only the title is written', () => {
    expect(steps(desire({ lines: two, reference: 'Level 2 slab' }))).toEqual(['write-commitment']);
  });

  it('by its supplier: the new vendor is put on it while it is unlocked', () => {
    expect(steps(desire({ lines: two, supplier: 'bayside' }))).toEqual([
      'create-vendor',
      'add-vendor-to-project',
      ...around('write-commitment'),
    ]);
    posted({ lines: two, supplier: 'bayside' });
    expect(linkIn()!.vendorId).toBe(vendorIdOf('bayside'));
    expect(steps(desire({ lines: two, supplier: 'bayside' }))).toEqual([]);
  });

  it('and has no period to bill in any more ends without a draft', () => {
    const lines = [two[0]!];
    expect(steps(desire({ lines, periods: [] }))).toEqual(
      around('delete-lines xero:line:b').filter((step) => step !== 'create-requisition'),
    );
  });

  it.each([
    ['DRAFT', 'Draft'],
    ['SUBMITTED', 'Submitted'],
  ])('back to %s: the draft goes and the status follows', (status, target) => {
    expect(steps(desire({ status, lines: two }))).toEqual(['delete-requisition', `set-status ${target}`]);
  });
});

describe('a submitted order that changes', () => {
  it('is a draft meanwhile, since some companies lock all but drafts', () => {
    posted({ status: 'SUBMITTED' });
    const lines = [{ id: 'a', net: '90.00' }];
    expect(steps(desire({ status: 'SUBMITTED', lines }))).toEqual([
      'set-status Draft',
      'write-lines xero:line:a',
      'set-status Submitted',
    ]);
    expect(steps(desire({ lines }))).toEqual([
      'set-status Draft',
      'write-lines xero:line:a',
      'set-status Approved',
      'create-requisition',
    ]);
  });
});
