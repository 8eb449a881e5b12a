import * as z from 'zod/mini';
import type { Address, Contact } from '../core/documents.ts';
import { id, optionalText, present } from '../http/fields.ts';
import { xeroTime } from './dates.ts';

const phoneWire = z.object({
  PhoneType: optionalText,
  PhoneNumber: optionalText,
  PhoneAreaCode: optionalText,
  PhoneCountryCode: optionalText,
});

const addressWire = z.object({
  AddressType: optionalText,
  AddressLine1: optionalText,
  AddressLine2: optionalText,
  AddressLine3: optionalText,
  AddressLine4: optionalText,
  City: optionalText,
  Region: optionalText,
  PostalCode: optionalText,
  Country: optionalText,
});

const contactWire = z.object({
  ContactID: id,
  Name: id,
  EmailAddress: optionalText,
  IsSupplier: z.optional(z.nullable(z.boolean())),
  ContactStatus: optionalText,
  Phones: z.optional(z.nullable(z.array(phoneWire))),
  Addresses: z.optional(z.nullable(z.array(addressWire))),
  MergedToContactID: optionalText,
  UpdatedDateUTC: optionalText,
});

type Phone = z.infer<typeof phoneWire>;

/** Reads one record of `Contacts`. One without an id or a name is undefined. */
export function readContact(record: unknown): Contact | undefined {
  const { data } = contactWire.safeParse(record);
  if (!data) return undefined;
  return present({
    id: data.ContactID,
    name: data.Name,
    email: data.EmailAddress,
    phone: bestPhone(data.Phones ?? []),
    address: bestAddress(data.Addresses ?? []),
    isSupplier: data.IsSupplier === true,
    archived: data.ContactStatus !== undefined && data.ContactStatus !== 'ACTIVE',
    mergedInto: data.MergedToContactID,
    version: data.UpdatedDateUTC && xeroTime(data.UpdatedDateUTC)?.toISOString(),
  });
}

/** The main number, else the direct one, else the mobile. A fax is not a phone. */
function bestPhone(phones: Phone[]): string | undefined {
  const filled = phones.filter((phone) => phone.PhoneNumber !== undefined);
  for (const type of ['DEFAULT', 'DDI', 'MOBILE']) {
    const phone = filled.find((candidate) => candidate.PhoneType === type);
    if (phone) return joinPhone(phone);
  }
  return undefined;
}

function joinPhone({ PhoneCountryCode, PhoneAreaCode, PhoneNumber }: Phone): string {
  const country = PhoneCountryCode && `+${PhoneCountryCode.replace(/^(\+|00)/, '')}`;
  return [country, PhoneAreaCode, PhoneNumber].filter(Boolean).join(' ');
}

/** The street address where it says anything, else the postal one. */
function bestAddress(addresses: z.infer<typeof addressWire>[]): Address | undefined {
  for (const type of ['STREET', 'POBOX']) {
    for (const wire of addresses.filter((candidate) => candidate.AddressType === type)) {
      const address = toAddress(wire);
      if (Object.keys(address).length > 0) return address;
    }
  }
  return undefined;
}

function toAddress(wire: z.infer<typeof addressWire>): Address {
  const lines = [wire.AddressLine1, wire.AddressLine2, wire.AddressLine3, wire.AddressLine4];
  return present({
    street: lines.filter(Boolean).join(', ') || undefined,
    city: wire.City,
    region: wire.Region,
    postalCode: wire.PostalCode,
    country: wire.Country,
  });
}
