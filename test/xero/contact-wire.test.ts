import { describe, expect, it } from '@jest/globals';
import { readContact } from '../../lib/xero/contact-wire.ts';

const contact = (fields: object) => readContact({ ContactID: 'c-1', Name: 'Hudson Concrete', ...fields });
const phone = (PhoneType: string, PhoneNumber: string, PhoneAreaCode = '', PhoneCountryCode = '') => ({
  PhoneType,
  PhoneNumber,
  PhoneAreaCode,
  PhoneCountryCode,
});

describe('a contact of Xero', () => {
  it('has its phone number joined, as far as its parts are known', () => {
    expect(contact({ Phones: [phone('DEFAULT', '5550123', '512', '1')] })?.phone).toBe('+1 512 5550123');
    expect(contact({ Phones: [phone('DEFAULT', '555-0123', '512')] })?.phone).toBe('512 555-0123');
    expect(contact({ Phones: [phone('DEFAULT', '5550123', '', '+1')] })?.phone).toBe('+1 5550123');
  });

  it('has the instant of its last change as its version', () => {
    expect(contact({ UpdatedDateUTC: '/Date(1552522703443+0000)/' })?.version).toBe(
      '2019-03-14T00:18:23.443Z',
    );
    expect(contact({ UpdatedDateUTC: 'yesterday' })).not.toHaveProperty('version');
  });

  it('is called on its main number first, then direct, then mobile, never by fax', () => {
    const mobile = phone('MOBILE', '333');
    expect(contact({ Phones: [mobile, phone('DDI', '222'), phone('DEFAULT', '111')] })?.phone).toBe('111');
    expect(contact({ Phones: [phone('DEFAULT', ''), mobile] })?.phone).toBe('333');
    expect(contact({ Phones: [phone('FAX', '444')] })).not.toHaveProperty('phone');
  });

  it('lives at its street address, or at the postal one where the street is empty', () => {
    const post = {
      AddressType: 'POBOX',
      AddressLine1: 'PO Box 4',
      City: 'Austin',
      Region: 'TX',
      PostalCode: '78701',
    };
    const street = {
      AddressType: 'STREET',
      AddressLine1: '12 Quarry Rd',
      AddressLine2: 'Unit 3',
      Country: 'USA',
    };
    const empty = { AddressType: 'STREET', AddressLine1: '', City: '' };
    expect(contact({ Addresses: [post, street] })?.address).toEqual({
      street: '12 Quarry Rd, Unit 3',
      country: 'USA',
    });
    expect(contact({ Addresses: [empty, post] })?.address).toEqual({
      street: 'PO Box 4',
      city: 'Austin',
      region: 'TX',
      postalCode: '78701',
    });
    expect(contact({ Addresses: [empty] })).not.toHaveProperty('address');
  });

  it('is nothing without a name', () => {
    expect(readContact({ ContactID: 'c-1', Name: '' })).toBeUndefined();
  });
});
