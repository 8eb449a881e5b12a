import { describe, expect, it } from '@jest/globals';
import type { Binding } from '../../../lib/core/approval/binding.ts';
import { bindingHash } from '../../../lib/core/approval/binding.ts';
import type { ApprovalRequest, Decision } from '../../../lib/core/approval/request.ts';
import { withDecision } from '../../../lib/core/approval/request.ts';
import { money } from '../../../lib/core/money.ts';

const asked = (approvalsNeeded: number): ApprovalRequest =>
  ({ state: 'open', approvalsNeeded, decisions: [] }) as unknown as ApprovalRequest;

const said = (by: string, verdict: Decision['verdict'] = 'approved'): Decision => ({
  verdict,
  by,
  email: `${by}@example.com`,
  at: '2026-11-22T09:00:00.000Z',
  via: 'link',
});

function decided(request: ApprovalRequest, ...decisions: Decision[]): ApprovalRequest | string {
  let now = request;
  for (const decision of decisions) {
    const outcome = withDecision(now, decision);
    if ('refused' in outcome) return outcome.refused;
    now = outcome.request;
  }
  return now;
}

describe('a decision', () => {
  it('of one person is enough where one is needed, and of two different ones where two are', () => {
    expect(decided(asked(1), said('dana'))).toMatchObject({ state: 'approved' });
    expect(decided(asked(2), said('dana'))).toMatchObject({ state: 'open' });
    expect(decided(asked(2), said('dana'), said('lee'))).toMatchObject({ state: 'approved' });
    expect(decided(asked(2), said('dana'), said('DANA'))).toBe('given-already');
  });

  it('to reject is final, whoever said yes before', () => {
    expect(decided(asked(2), said('dana'), said('lee', 'rejected'))).toMatchObject({ state: 'rejected' });
    expect(decided(asked(1), said('lee', 'rejected'), said('dana'))).toBe('decided');
  });
});

describe('an approval', () => {
  const binding: Binding = {
    documentId: 'order',
    supplier: 'lonestar',
    spendings: [{ projectId: '7', target: { wbsCodeId: '1' }, amount: money('100') }],
    applications: [{ orderId: 'po', projectId: '7', items: [{ originId: 'a', amount: money('5') }] }],
  };
  const hash = (changes: Partial<Binding> = {}) =>
    bindingHash({ ...binding, ...changes }, (content) => JSON.stringify(content));

  it.each<[string, Partial<Binding>]>([
    ['document', { documentId: 'another' }],
    ['supplier', { supplier: 'brazos' }],
    ['amount', { spendings: [{ ...binding.spendings[0]!, amount: money('100.01') }] }],
    ['project', { spendings: [{ ...binding.spendings[0]!, projectId: '8' }] }],
    ['cost code', { spendings: [{ ...binding.spendings[0]!, target: { wbsCodeId: '2' } }] }],
    ['order that is billed', { applications: [{ ...binding.applications![0]!, orderId: 'other' }] }],
  ])('holds for one %s alone', (_what, changes) => {
    expect(hash(changes)).not.toBe(hash());
  });

  it('holds however the amount is split over lines', () => {
    const [whole] = binding.spendings;
    const parts = ['60', '40'].map((amount) => ({ ...whole!, amount: money(amount) }));
    expect(hash({ spendings: parts })).toBe(hash());
  });
});
