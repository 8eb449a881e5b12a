import { describe, expect, it } from '@jest/globals';
import type { Address } from '../../lib/core/documents.ts';
import { newVendor } from '../../lib/procore/new-vendor.ts';

const vendorAt = (address: Address, phone?: string) =>
  newVendor(
    { id: 'c', name: 'Acme', isSupplier: true, archived: false, address, ...(phone && { phone }) },
    'xero:contact:c',
  );

describe("the address in Procore's form", () => {
  it.each<[Address, Partial<ReturnType<typeof vendorAt>>]>([
    [
      { region: 'TX', country: 'USA' },
      { region: 'TX', country: 'US' },
    ],
    [
      { region: 'Texas', country: 'U.S.A.' },
      { region: 'TX', country: 'US' },
    ],
    [
      { region: 'district of columbia', country: 'United States' },
      { region: 'DC', country: 'US' },
    ],
    [
      { region: 'US-CA', country: 'us' },
      { region: 'CA', country: 'US' },
    ],
    [
      { region: 'Ontario', country: 'CAN' },
      { region: 'ON', country: 'CA' },
    ],
    [
      { region: 'B.C.', country: 'Canada' },
      { region: 'BC', country: 'CA' },
    ],
    [
      { region: 'New South Wales', country: 'Australia' },
      { region: 'NSW', country: 'AU' },
    ],
    [
      { region: 'vic', country: 'AU' },
      { region: 'VIC', country: 'AU' },
    ],
    [
      { street: '1 High St', region: 'Kent', country: 'UK' },
      { address: '1 High St, Kent', country: 'GB' },
    ],
    [
      { region: 'Midlothian', country: 'Scotland' },
      { address: 'Midlothian', country: 'GB' },
    ],
    [
      { region: 'Co. Cork', country: 'Éire' },
      { address: 'Co. Cork', country: 'IE' },
    ],
    [
      { region: 'Co. Cork', country: 'Ireland' },
      { address: 'Co. Cork', country: 'IE' },
    ],
    [
      { region: 'Waikato', country: 'N.Z.' },
      { address: 'Waikato', country: 'NZ' },
    ],
    [
      { region: 'GP', country: 'South Africa' },
      { address: 'GP', country: 'ZA' },
    ],
    [
      { country: 'Singapore', postalCode: '018956' },
      { country: 'SG', postalCode: '018956' },
    ],
    [{ street: '1 Rd', region: 'Bavaria', country: 'Freistaat' }, { address: '1 Rd, Bavaria, Freistaat' }],
  ])('reads %j', (address, form) => {
    expect(vendorAt(address)).toEqual({ originId: 'xero:contact:c', name: 'Acme', ...form });
  });

  it('finds the country that is not named in region and postcode, where they leave no other', () => {
    expect(vendorAt({ region: 'WA', postalCode: '98101' })).toMatchObject({ region: 'WA', country: 'US' });
    expect(vendorAt({ region: 'WA', postalCode: '6000' })).toMatchObject({ region: 'WA', country: 'AU' });
    expect(vendorAt({ region: 'Ontario', postalCode: 'k1a 0b1' })).toMatchObject({
      region: 'ON',
      country: 'CA',
    });
    expect(vendorAt({ region: 'WA' })).toEqual(expect.not.objectContaining({ country: expect.anything() }));
  });
});

describe('the phone number', () => {
  it.each([
    ['512 555 0123', 'US', '+1 512 555 0123'],
    ['+1 (512) 555-0123', undefined, '+1 512 555 0123'],
    ['512-555-0123 ext. 4', 'US', '+1 512 555 0123 ext. 4'],
    ['604.555.0123', 'CA', '+1 604 555 0123'],
    ['020 7946 0958', 'GB', '+44 20 7946 0958'],
    ['0044 20 7946 0958', 'GB', '+44 20 7946 0958'],
    ['(01) 679 3211', 'IE', '+353 1 679 3211'],
    ['02 9876 5432', 'AU', '+61 2 9876 5432'],
    ['021 123 4567', 'NZ', '+64 21 123 4567'],
    ['011 784 1234', 'ZA', '+27 11 784 1234'],
    ['6123 4567', 'SG', '+65 6123 4567'],
    ['+55 11 91234-5678', 'BR', '+55 11 91234-5678'],
    ['512 555 0123 / 0124', 'US', '512 555 0123 / 0124'],
    ['call Bob', 'US', 'call Bob'],
    ['555 0123', undefined, '555 0123'],
  ])('%s in %s is %s', (typed, country, shown) => {
    const address = country === undefined ? {} : { country };
    expect(vendorAt(address, typed).phone).toBe(shown);
  });
});

describe('the name', () => {
  const named = (name: string) =>
    newVendor({ id: 'c', name, isSupplier: true, archived: false }, 'xero:contact:c');

  it('keeps whatever letters it has, on one line', () => {
    for (const name of ['🚧🏗️', 'مؤسسة البناء', 'שלום בע"מ', 'Zoë’s Émaux', '???'])
      expect(named(name).name).toBe(name);
    expect(named(' Acme \n Concrete\t')).toEqual({ originId: 'xero:contact:c', name: 'Acme Concrete' });
  });

  it('is cut where it is too long, never through a character, and whole in the notes', () => {
    const name = `${'a'.repeat(254)}🚧${'b'.repeat(20)}`;
    expect(named(name)).toMatchObject({ name: `${'a'.repeat(254)}🚧`, notes: `Name in Xero: ${name}` });
    expect(named('a'.repeat(255))).not.toHaveProperty('notes');
  });
});
