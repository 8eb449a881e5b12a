import { describe, expect, it } from '@jest/globals';
import type { DocumentChange } from '../../../lib/aws/queue.ts';
import { collapse } from '../../../lib/flows/sync/works.ts';

const told = (change: Partial<DocumentChange>, id = 'one') => ({
  message: { id: `message ${JSON.stringify(change)}`, body: '', receiveCount: 1 },
  change: {
    connectionId: 'acme',
    kind: 'bill' as const,
    id,
    reason: 'poll' as const,
    receivedAt: '2026-11-22T09:00:00.000Z',
    ...change,
  },
});

const only = (...changes: Partial<DocumentChange>[]) => {
  const works = collapse(changes.map((change) => told(change)));
  expect(works).toHaveLength(1);
  return works[0]!.change;
};

describe('several messages about one document', () => {
  it('are one work, and others are others', () => {
    const works = collapse([told({}, 'one'), told({}, 'two'), told({ reason: 'webhook' }, 'one')]);
    expect(works.map(({ change: { id }, messages }) => [id, messages.length])).toEqual([
      ['one', 2],
      ['two', 1],
    ]);
  });

  it('are as urgent as the most urgent, as new as the newest, and known since the first', () => {
    const first = { reason: 'sweep', version: '2026-11-22T08:00:00.000Z' } as const;
    const last = {
      reason: 'approval',
      version: '2026-11-22T07:00:00.000Z',
      receivedAt: '2026-11-22T10:00:00.000Z',
    } as const;
    expect(only(first, last)).toMatchObject({
      reason: 'approval',
      version: '2026-11-22T08:00:00.000Z',
      receivedAt: '2026-11-22T09:00:00.000Z',
      // What a sweep looks at it looks at closely.
      closely: true,
    });
  });

  it('allow all that people allowed', () => {
    expect(only({ overwrite: ['a'] }, {}, { overwrite: ['b', 'a'] }).overwrite).toEqual(['a', 'b']);
  });

  it('show the document only where each of them does: a webhook may tell of something later', () => {
    const shown = { version: '2026-11-22T08:00:00.000Z', record: { InvoiceID: 'one' } };
    expect(only(shown, shown).record).toEqual(shown.record);
    expect(only(shown, { reason: 'webhook' })).not.toHaveProperty('record');
  });
});
