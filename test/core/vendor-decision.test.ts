import { describe, expect, it } from '@jest/globals';
import type { Settings } from '../../lib/core/settings.ts';
import { decideVendor, vendorOriginId } from '../../lib/core/vendor-decision.ts';
import type { VendorMatch } from '../../lib/core/vendor-match.ts';

const CONTACT = { id: 'c-1', name: 'Acme' };
const found = { id: '7', name: 'Acme' };
const own = { ...found, originId: vendorOriginId('c-1') };
const foreign = { ...found, originId: vendorOriginId('c-2') };
const asked = [{ vendor: found, score: 0.9, reason: 'one letter differs' }];

const MATCHES: Record<string, VendorMatch> = {
  own: { vendor: own },
  'one of the name': { vendor: foreign },
  several: { equal: asked },
  near: { near: asked },
  none: 'none',
};

function decided(
  match: string,
  contacts: Settings['contacts'],
  nearMatch: Settings['nearMatch'],
  wished = false,
) {
  const decision = decideVendor(CONTACT, MATCHES[match]!, { contacts, nearMatch }, wished);
  if (decision === 'create') return decision;
  return decision instanceof Error ? decision.code : decision.vendor.originId;
}

describe('which vendor a contact is', () => {
  it.each([
    // match, used + ask, used + create, none + create, wished by a person (contacts: none)
    ['own', own.originId, own.originId, own.originId, own.originId],
    ['one of the name', foreign.originId, foreign.originId, foreign.originId, 'create'],
    ['several', 'vendor-ambiguous', 'vendor-ambiguous', 'vendor-ambiguous', 'create'],
    ['near', 'vendor-ambiguous', 'create', 'vendor-ambiguous', 'create'],
    ['none', 'create', 'create', 'vendor-missing', 'create'],
  ])('with %s: by the settings, unless a person said that it is a new one', (match, ...expected) => {
    expect([
      decided(match, 'used', 'ask'),
      decided(match, 'suppliers', 'create'),
      decided(match, 'none', 'create'),
      decided(match, 'none', 'ask', true),
    ]).toEqual(expected);
  });

  it('asks with the contact by its id, and the vendors by theirs', () => {
    expect(decideVendor(CONTACT, MATCHES.near!, { contacts: 'used', nearMatch: 'ask' })).toMatchObject({
      facts: { contact: 'c-1', supplier: 'Acme', candidates: ['Acme (7), 90 % alike: one letter differs'] },
    });
  });
});
