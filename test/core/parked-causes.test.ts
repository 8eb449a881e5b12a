import { describe, expect, it } from '@jest/globals';
import type { DocumentRecord } from '../../lib/core/links.ts';
import { groupByCause } from '../../lib/core/parked-causes.ts';

const record = (fields: Partial<DocumentRecord>): DocumentRecord => ({
  connectionId: 'acme',
  kind: 'purchase-order',
  id: fields.number ?? 'id',
  number: 'PO-1',
  supplier: 'Brazos Excavating',
  state: 'parked',
  total: '100.00',
  currency: 'USD',
  version: '',
  procore: [],
  decidedAt: '2026-11-22T09:00:00.000Z',
  ...fields,
});

const ambiguous = (number: string, contact: string, fields: Partial<DocumentRecord> = {}) =>
  record({
    number,
    code: 'vendor-ambiguous',
    facts: { contact, supplier: 'Brazos Excavating', candidates: ['Brazos Excavation (77)'] },
    ...fields,
  });

describe('what is parked', () => {
  it('is grouped by the thing that must be fixed, the one on which most hangs first', () => {
    const causes = groupByCause([
      record({ number: 'PO-9', code: 'contact-missing' }),
      ambiguous('PO-1', 'c1'),
      ambiguous('PO-2', 'c1', { total: '0.10', facts: { supplier: 'Brazos Excavating', contact: 'c1' } }),
      ambiguous('PO-3', 'c2'),
      ambiguous('PO-4', 'c1', { currency: 'CAD', total: '7.00' }),
    ]);
    expect(causes.map(({ code, documents }) => [code, documents.map(({ number }) => number)])).toEqual([
      ['vendor-ambiguous', ['PO-1', 'PO-2', 'PO-4']],
      ['contact-missing', ['PO-9']],
      ['vendor-ambiguous', ['PO-3']],
    ]);
    expect(causes[0]).toMatchObject({
      about: { contact: 'c1', supplier: 'Brazos Excavating' },
      candidates: ['Brazos Excavation (77)'],
      totals: { USD: '100.10', CAD: '7.00' },
    });
  });

  it('is not told apart by the line that it came up on', () => {
    const unmapped = (number: string, line: string, amount: string) =>
      record({ number, code: 'account-unmapped', facts: { account: '5999', project: 'Oak', line, amount } });
    const causes = groupByCause([unmapped('PO-1', 'Sand', '5.00'), unmapped('PO-2', 'Gravel', '6.00')]);
    expect(causes).toMatchObject([{ about: { account: '5999', project: 'Oak' } }]);
  });

  it('keeps what has no facts, or a code of another version, and passes over what is not parked', () => {
    const causes = groupByCause([
      record({ code: 'sync-failed' }),
      record({ number: 'PO-2', code: 'of-a-later-version' }),
      record({ number: 'PO-3', state: 'posted' }),
    ]);
    expect(causes.map(({ code, documents }) => [code, documents.length])).toEqual([
      ['sync-failed', 1],
      ['of-a-later-version', 1],
    ]);
    expect(causes.every(({ says, fix }) => says !== '' && fix !== '')).toBe(true);
  });
});
