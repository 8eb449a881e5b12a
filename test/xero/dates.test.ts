import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarDate, instant, modifiedSince, xeroTime } from '../../lib/xero/dates.ts';

const moments = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const offsets = fc.constantFrom('', '+0000', '+1300', '-0500');

describe('dates of Xero', () => {
  it('are the same instant whatever offset they are shown with', () => {
    fc.assert(
      fc.property(moments, offsets, (moment, offset) => {
        expect(instant.parse(`/Date(${moment.getTime()}${offset})/`)).toBe(moment.toISOString());
      }),
    );
  });

  it('keep the calendar day of the document, also before 1970', () => {
    fc.assert(
      fc.property(moments, offsets, (moment, offset) => {
        const day = moment.toISOString().slice(0, 10);
        const midnight = Date.parse(`${day}T00:00:00Z`);
        expect(calendarDate.parse(`/Date(${midnight}${offset})/`)).toBe(day);
        expect(calendarDate.parse(`${day}T00:00:00`)).toBe(day);
      }),
    );
  });

  it('are UTC where they are written without a zone', () => {
    expect(xeroTime('2025-05-01T14:32:04.198')?.toISOString()).toBe('2025-05-01T14:32:04.198Z');
    expect(xeroTime('2025-05-01')?.toISOString()).toBe('2025-05-01T00:00:00.000Z');
    expect(xeroTime('2025-05-01T14:32:04+02:00')?.toISOString()).toBe('2025-05-01T12:32:04.000Z');
  });

  it.each(['', '/Date()/', '/Date(12)', '01/05/2025', '2025-13-01T00:00:00', '/Date(9999999999999999)/'])(
    'are refused where they are none: %j',
    (text) => {
      expect(xeroTime(text)).toBeUndefined();
      expect(instant.safeParse(text).success).toBe(false);
    },
  );

  it('ask for changes by the second before, never after', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const asked = Date.parse(`${modifiedSince(moment)}Z`);
        expect(moment.getTime() - asked).toBeGreaterThanOrEqual(0);
        expect(moment.getTime() - asked).toBeLessThan(1000);
      }),
    );
  });
});
