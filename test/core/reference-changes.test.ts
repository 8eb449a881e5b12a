import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Entry } from '../../lib/core/reference-changes.ts';
import {
  changesBetween,
  inBrief,
  isSame,
  NO_CHANGES,
  worthTelling,
} from '../../lib/core/reference-changes.ts';

const STEEL = { id: '1', code: '5000', name: 'Steel', active: true };
const WOOD = { id: '2', code: '5100', name: 'Wood', active: true };

describe('what became of the entries of a list', () => {
  it('is followed by id, whatever else of them changed', () => {
    const now = [
      { ...STEEL, code: '5010' },
      { ...WOOD, name: 'Timber' },
    ];
    expect(changesBetween([STEEL, WOOD], now)).toEqual({
      ...NO_CHANGES,
      renamed: ['5000 Steel → 5010 Steel', '5100 Wood → 5100 Timber'],
    });
  });

  it('tells archived from gone, and what is in use again from what is new', () => {
    const archived = { ...STEEL, active: false };
    expect(changesBetween([STEEL, WOOD], [archived])).toEqual({
      ...NO_CHANGES,
      archived: ['5000 Steel'],
      gone: ['5100 Wood'],
    });
    expect(changesBetween([archived], [STEEL, WOOD])).toEqual({
      ...NO_CHANGES,
      added: ['5100 Wood', '5000 Steel'],
    });
    expect(changesBetween([], [archived])).toEqual(NO_CHANGES);
  });

  it('names the contact that another was merged into', () => {
    const [typo, right] = [
      { id: 'a', name: 'Acme Suply', archived: false },
      { id: 'b', name: 'Acme Supply', archived: false },
    ];
    const merged = { ...typo, archived: true, mergedInto: 'b' };
    expect(changesBetween([typo, right], [merged, right]).archived).toEqual([
      'Acme Suply, merged into Acme Supply',
    ]);
  });

  it('takes a vendor that is among the inactive ones for archived', () => {
    const vendors = [
      { id: '7', name: 'Hudson' },
      { id: '8', name: 'Acme' },
    ];
    expect(changesBetween(vendors, [], new Set(['7']))).toEqual({
      ...NO_CHANGES,
      archived: ['Hudson'],
      gone: ['Acme'],
    });
  });

  it.each<[string, Entry]>([
    ['Project=Riverside', { id: 'x', category: 'Project', option: 'Riverside' }],
    ['1042 Riverside', { id: 'x', number: '1042', name: 'Riverside' }],
    ['03-300.M', { id: 'x', code: '03-300.M' }],
    ['x', { id: 'x' }],
  ])('calls an entry %s, as people do', (name, entry) => {
    expect(changesBetween([], [entry]).added).toEqual([name]);
  });

  const entry = fc.record(
    { id: fc.constantFrom('1', '2', '3', '4', '5'), name: fc.string(), active: fc.boolean() },
    { requiredKeys: ['id', 'name'] },
  );
  const list = fc.uniqueArray(entry, { selector: ({ id }) => id }) as fc.Arbitrary<Entry[]>;

  it('is nothing between a list and itself, in whatever order', () => {
    fc.assert(
      fc.property(list, (entries) => {
        expect(changesBetween(entries, entries.toReversed())).toEqual(NO_CHANGES);
        expect(isSame(entries, entries.toReversed())).toBe(true);
      }),
    );
  });

  it('is nothing only where no entry that is in use came, went or is called otherwise', () => {
    fc.assert(
      fc.property(list, list, (before, now) => {
        const { added, renamed, archived, gone } = changesBetween(before, now);
        if (isSame(before, now)) expect([...added, ...renamed, ...archived, ...gone]).toEqual([]);
        expect(gone.length).toBe(before.filter(({ id }) => !now.some((one) => one.id === id)).length);
        expect(added.length + archived.length).toBeLessThanOrEqual(before.length + now.length);
      }),
    );
  });
});

describe('what the trail tells of it', () => {
  const changes = { added: ['a'], renamed: ['b → c'], archived: [], gone: ['d'] };

  it('is what people map with, new entries where they wait to be mapped', () => {
    expect(worthTelling('xero/accounts', changes)).toEqual({ new: ['a'], renamed: ['b → c'], gone: ['d'] });
    expect(worthTelling('procore/cost-codes/P', changes)).toEqual({ renamed: ['b → c'], gone: ['d'] });
  });

  it('is nothing of lists that documents fill themselves, and nothing where nothing changed', () => {
    expect(worthTelling('procore/commitments/P', changes)).toBeUndefined();
    expect(worthTelling('xero/accounts', NO_CHANGES)).toBeUndefined();
  });

  it('is cut short after ten names', () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    expect(inBrief(names)).toEqual([...names.slice(0, 10), 'and 2 more']);
    expect(inBrief(names.slice(0, 10))).toHaveLength(10);
  });
});
