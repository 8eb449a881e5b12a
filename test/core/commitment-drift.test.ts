import { describe, expect, it } from '@jest/globals';
import type { AdoptedCommitment } from '../../lib/core/adopt-lines.ts';
import type { LiveCommitment } from '../../lib/core/commitment-drift.ts';
import { commitmentDrift, looksTouched } from '../../lib/core/commitment-drift.ts';
import { refuseDrift } from '../../lib/core/drift.ts';
import type { CommitmentLink } from '../../lib/core/links.ts';
import { money } from '../../lib/core/money.ts';

const CONCRETE = { costCodeId: '1', costTypeId: '2' };

const link: CommitmentLink = {
  documentId: 'order',
  projectId: '10',
  originId: 'xero:po:order:10',
  commitmentId: '77',
  vendorId: '5',
  header: 'f00d',
  status: 'Approved',
  invoicing: true,
  lines: {
    a: { id: '100', lineId: 'a', fingerprint: 'x', kind: 'x', amount: '1000.00', target: CONCRETE },
  },
};

const live = (changes: Partial<LiveCommitment> = {}, line = {}): LiveCommitment => ({
  status: 'Approved',
  vendorId: '5',
  lines: [
    {
      id: '100',
      originId: 'a',
      description: 'Slab',
      amount: money('1000'),
      costCode: { id: '1', code: '03-300' },
      costType: { id: '2', code: 'M' },
      ...line,
    },
  ],
  requisitionStatus: undefined,
  billed: false,
  ...changes,
});

const desired = (amount: string) =>
  ({
    status: 'Approved',
    vendorId: '5',
    lines: [{ originId: 'a', description: 'Slab', amount: money(amount), target: CONCRETE }],
  }) as unknown as AdoptedCommitment & { vendorId: string };

const drift = (now: LiveCommitment, wanted = desired('1200'), level = false, before = link) =>
  commitmentDrift(before, now, wanted, level).map(({ what, procore }) => `${what}: ${procore}`);

describe('what people changed of a commitment', () => {
  it.each<[string, LiveCommitment, string[]]>([
    ['nothing', live(), []],
    ['an amount', live({}, { amount: money('1000.01') }), ['line Slab: 1000.01 on 03-300.M']],
    ['an amount that the order comes to as well', live({}, { amount: money('1200') }), []],
    ['a cost code', live({}, { costCode: { id: '9', code: '04-200' } }), ['line Slab: 1000.00 on 04-200.M']],
    ['a line that is gone', live({ lines: [] }), ['line Slab: nothing']],
    ['a line of their own', live({ lines: [...live().lines, { id: '101', amount: money('70') }] }), []],
    ['the supplier', live({ vendorId: '6' }), ['vendor: 6']],
    ['the status', live({ status: 'Received' }), ['status: Received']],
    ['the status, as a worker that died while it unlocked would leave it', live({ status: 'Draft' }), []],
    ['all of it', live({ status: undefined, lines: [] }), []],
  ])('%s', (_case, now, told) => {
    expect(drift(now)).toEqual(told);
  });

  it('is told of a status as it is where nothing is to be written, but for what comes after approval', () => {
    expect(drift(live({ status: 'Draft' }), desired('1000'), true)).toEqual(['status: Draft']);
    for (const status of ['Processing', 'Partially Received', 'Received', 'Closed']) {
      expect(drift(live({ status }), desired('1000'), true)).toEqual([]);
    }
  });

  it('cannot be told from what a worker left that died midway', () => {
    const midway: CommitmentLink = { ...link, midway: true };
    expect(drift(live({ status: 'Draft' }, { amount: money('1') }), desired('2'), false, midway)).toEqual([]);
    expect(looksTouched(midway, undefined)).toBe(false);
  });

  it('shows in the list of all commitments', () => {
    const listed = { id: '77', number: 'PO-1', title: '', status: 'Approved' };
    expect(looksTouched(link, { ...listed, vendorId: '5', total: money('1000') })).toBe(false);
    expect(looksTouched(link, listed)).toBe(false);
    expect(looksTouched(link, { ...listed, total: money('1000.01') })).toBe(true);
    expect(looksTouched(link, { ...listed, vendorId: '6' })).toBe(true);
    expect(looksTouched(link, { ...listed, status: 'Draft' })).toBe(true);
    expect(looksTouched(link, undefined)).toBe(true);
  });
});

describe('what people changed is written over', () => {
  const changed = commitmentDrift(link, live({}, { amount: money('1050') }), desired('1200'), false);
  const facts = { commitment: '77' };
  const sentence = 'line Slab: written 1000.00; in Procore 1050.00 on 03-300.M; to be 1200.00';

  it('never by itself: both sides are shown, and what would stand there', () => {
    expect(() => refuseDrift('commitment-touched', facts, changed)).toThrow(
      expect.objectContaining({ code: 'commitment-touched', facts: { ...facts, drift: [sentence] } }),
    );
  });

  it('where a person has seen just that and says so', () => {
    expect(() => refuseDrift('commitment-touched', facts, changed, [sentence])).not.toThrow();
    expect(() => refuseDrift('commitment-touched', facts, changed, ['something else'])).toThrow();
    expect(() => refuseDrift('commitment-touched', facts, [])).not.toThrow();
  });
});
