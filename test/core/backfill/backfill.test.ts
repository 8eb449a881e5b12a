import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BACKFILLED_KINDS, inTurns, reachingBack } from '../../../lib/core/backfill/backfill.ts';
import { chargeOf, reasonToLeaveOutCharge } from '../../../lib/core/charges/charge.ts';
import type { Bill } from '../../../lib/core/documents.ts';
import { isBeforeStart, reasonToLeaveOut } from '../../../lib/core/eligibility.ts';
import { money } from '../../../lib/core/money.ts';
import type { Settings } from '../../../lib/core/settings.ts';
import { usualSettings } from '../../../lib/store/settings-schema.ts';
import { order as anOrder } from '../builders.ts';

const settings: Settings = { ...usualSettings(), startDate: '2026-11-01' };
const date = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const kinds = fc.subarray([...BACKFILLED_KINDS]);

describe('what a backfill opens', () => {
  it('is carried for good, whatever is asked for after it; and nothing older, nor of another kind', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ from: date, kinds })), date, (requests, day) => {
        const after = requests.reduce(reachingBack, settings);
        for (const kind of BACKFILLED_KINDS) {
          const asked = requests.filter((request) => request.kinds.includes(kind)).map(({ from }) => from);
          const first = [settings.startDate, ...asked].toSorted()[0]!;
          expect(isBeforeStart({ kind, date: day }, after)).toBe(day < first);
        }
      }),
      { seed: 5 },
    );
  });

  it('leaves settings as they are where there is nothing to open', () => {
    expect(reachingBack(settings, { from: '2026-11-01', kinds: ['bill'] })).toBe(settings);
    const opened = reachingBack(settings, { from: '2026-10-01', kinds: ['bill'] });
    expect(opened.backfilledFrom).toEqual({ bill: '2026-10-01' });
    expect(reachingBack(opened, { from: '2026-10-15', kinds: ['bill'] })).toBe(opened);
  });

  it('counts the same for orders and for bills', () => {
    const order = { ...anOrder(), date: '2026-10-05' };
    const [line] = order.lines;
    const bill: Bill = {
      ...{ kind: 'bill', id: 'b', number: 'B-1', status: 'AUTHORISED', date: '2026-10-05', currency: 'USD' },
      ...{ lines: [line!], subTotal: money('1'), totalTax: money('0'), total: money('1') },
      ...{ settlements: [], credits: [], hasAttachments: false, version: order.version },
    };
    const reasons = (of: Settings) => [
      reasonToLeaveOut(order, of),
      reasonToLeaveOutCharge(chargeOf(bill), of),
    ];
    expect(reasons(settings)).toEqual(['before-start-date', 'before-start-date']);
    const request = { from: '2026-10-05', kinds: [...BACKFILLED_KINDS] };
    expect(reasons(reachingBack(settings, request))).toEqual([undefined, undefined]);
  });
});

describe('the turns of a backfill', () => {
  it('are by kind, then by date, whatever order documents come in', () => {
    const document = fc.record(
      { kind: fc.constantFrom(...BACKFILLED_KINDS), id: fc.uuid(), date },
      { requiredKeys: ['kind', 'id'] },
    );
    fc.assert(
      fc.property(fc.array(document), (documents) => {
        const turns = inTurns(documents);
        expect(new Set(turns)).toEqual(new Set(documents));
        for (const [index, { kind, date = '' }] of turns.entries()) {
          const next = turns[index + 1];
          if (!next) continue;
          const [one, other] = [kind, next.kind].map((it) => BACKFILLED_KINDS.indexOf(it));
          expect(one! < other! || (one === other && date <= (next.date ?? ''))).toBe(true);
        }
      }),
      { seed: 9 },
    );
  });
});
