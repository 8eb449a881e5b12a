import { yes } from './query.ts';
import type { Contact } from './reference-records.ts';
import type { Resource } from './resource.ts';

/** Archived contacts only on request; `MergedToContactID` only on pages and in single answers. */
export const contacts: Resource<Contact> = {
  name: 'Contacts',
  scopes: ['accounting.contacts'],
  id: 'ContactID',
  otherKey: 'ContactNumber',
  records: (books) => books.contacts.values(),
  show: (contact) => ({
    ...contact,
    Addresses: ADDRESS_TYPES.map(
      (type) =>
        contact.Addresses.find(({ AddressType }) => AddressType === type) ?? {
          ...NO_ADDRESS,
          AddressType: type,
        },
    ),
    Phones: PHONE_TYPES.map(
      (type) =>
        contact.Phones.find(({ PhoneType }) => PhoneType === type) ?? { ...NO_PHONE, PhoneType: type },
    ),
    BankAccountDetails: '',
    ContactGroups: [],
    ContactPersons: [],
    HasAttachments: false,
    HasValidationErrors: false,
  }),
  paging: 'on-request',
  modifiedSince: true,
  where: true,
  lists: { IDs: 'ContactID' },
  summarise({ MergedToContactID, ...contact }) {
    return contact;
  },
  heavy: ['Addresses', 'Phones', 'ContactGroups', 'ContactPersons', 'IsSupplier', 'IsCustomer'],
  keeps(query) {
    const archivedToo = yes(query, 'includeArchived');
    return (contact) => archivedToo || contact.ContactStatus !== 'ARCHIVED';
  },
};

const ADDRESS_TYPES = ['STREET', 'POBOX'] as const;
const NO_ADDRESS = { City: '', Region: '', PostalCode: '', Country: '' };
const PHONE_TYPES = ['DDI', 'DEFAULT', 'FAX', 'MOBILE'] as const;
const NO_PHONE = { PhoneNumber: '', PhoneAreaCode: '', PhoneCountryCode: '' };
