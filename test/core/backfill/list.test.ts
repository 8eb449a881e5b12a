import { describe, expect, it } from '@jest/globals';
import type { Foreseen } from '../../../lib/core/backfill/list.ts';
import { sumsOf, toBeCarried, withFollowers } from '../../../lib/core/backfill/list.ts';
import { formatMoney } from '../../../lib/core/money.ts';

const paper = (changes: Partial<Foreseen>): Foreseen => ({
  kind: 'purchase-order',
  id: 'o1',
  number: 'PO-1',
  supplier: 'Lone Star',
  status: 'AUTHORISED',
  total: '100.00',
  currency: 'USD',
  outcome: 'new',
  needs: [],
  ...changes,
});
const bill = (changes: Partial<Foreseen>) => paper({ kind: 'bill', id: 'b1', number: 'B-1', ...changes });
const outcomes = (...papers: Foreseen[]) => withFollowers(papers).map(({ outcome }) => outcome);

describe('what follows', () => {
  it.each([
    ['waits for its order', bill({ outcome: 'would-park', code: 'order-not-posted', needs: ['o1'] })],
    ['looks like a cost of its own as yet', bill({ needs: ['PO-1'] })],
  ])('is a bill that %s', (_case, it) => {
    expect(outcomes(paper({}), it)).toEqual(['new', 'follows']);
    expect(withFollowers([paper({}), it])[1]).not.toHaveProperty('code');
    expect(outcomes(paper({ outcome: 'would-park', code: 'foreign-currency' }), it)[1]).toBe(it.outcome);
  });

  it('is no bill that stands in its own way', () => {
    const foreign = bill({ outcome: 'would-park', code: 'foreign-currency', needs: ['PO-1'] });
    expect(outcomes(paper({}), foreign)).toEqual(['new', 'would-park']);
  });

  it('is the credit note of a bill that follows', () => {
    const first = bill({ needs: ['PO-1'] });
    const credit = bill({
      ...{ kind: 'credit-note', id: 'c1', number: 'C-1', needs: ['b1'] },
      ...{ outcome: 'would-park', code: 'bill-match-uncertain' },
    });
    expect(outcomes(paper({}), first, credit)).toEqual(['new', 'follows', 'follows']);
  });
});

describe('the sums of the list', () => {
  it('tell money by outcome, reason, kind and currency, what is pushed first', () => {
    const listed = withFollowers([
      paper({ id: 'p', number: 'P', outcome: 'would-park', code: 'foreign-currency', currency: 'CAD' }),
      paper({ id: 'q', number: 'Q', outcome: 'would-park', code: 'vendor-ambiguous' }),
      paper({ total: '0.10' }),
      paper({ id: 'o2', number: 'PO-2', total: '0.20' }),
      paper({ id: 'o3', number: 'PO-3', total: '5.00', currency: 'EUR' }),
      bill({ outcome: 'level' }),
    ]);
    const sums = sumsOf(listed).map(({ totals, ...sum }) => ({
      ...sum,
      totals: Object.entries(totals).map(([currency, total]) => `${formatMoney(total)} ${currency}`),
    }));
    expect(sums).toEqual([
      { outcome: 'new', kind: 'purchase-order', documents: 3, totals: ['0.30 USD', '5.00 EUR'] },
      {
        ...{ outcome: 'would-park', code: 'foreign-currency', kind: 'purchase-order' },
        ...{ documents: 1, totals: ['100.00 CAD'] },
      },
      {
        ...{ outcome: 'would-park', code: 'vendor-ambiguous', kind: 'purchase-order' },
        ...{ documents: 1, totals: ['100.00 USD'] },
      },
      { outcome: 'level', kind: 'bill', documents: 1, totals: ['100.00 USD'] },
    ]);
    expect(toBeCarried(listed)).toHaveLength(5);
  });
});
