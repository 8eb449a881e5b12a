import { describe, expect, it } from '@jest/globals';
import { daysBefore, guid, momentOn } from '../../../lib/sandbox/seed/identity.ts';

describe('guid', () => {
  it('is shaped like a random GUID, the same for the same name and another for another', () => {
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const names = Array.from({ length: 64 }, (_, index) => `PO-${index}`);
    for (const name of names) expect(guid('purchase-order', name)).toMatch(shape);
    expect(new Set(names.map((name) => guid('purchase-order', name))).size).toBe(64);
    expect(guid('contact', 'ACME')).toBe(guid('contact', 'ACME'));
    expect(guid('contact', 'ACME')).not.toBe(guid('supplier', 'ACME'));
  });
});

describe('daysBefore', () => {
  it('counts over the ends of months and years, and forward with negative days', () => {
    expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
    expect(daysBefore('2028-03-01', 1)).toBe('2028-02-29');
    expect(daysBefore('2027-01-10', 20)).toBe('2026-12-21');
    expect(daysBefore('2026-12-20', -14)).toBe('2027-01-03');
  });
});

describe('momentOn', () => {
  it('lies within working hours in Texas, on the day asked for', () => {
    for (let index = 0; index < 50; index += 1) {
      const moment = momentOn('2026-11-20', `PO-${index}`);
      expect(new Date(moment).toISOString()).toBe(moment);
      expect(moment >= '2026-11-20T13:00' && moment < '2026-11-20T22:00').toBe(true);
    }
  });
});
