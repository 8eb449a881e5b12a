import { cut } from '../core/cut.ts';
import type { Address, Contact } from '../core/documents.ts';
import type { NewVendor } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import { phoneNumber } from './phone.ts';
import { countryCode, countryOf, regionCode } from './places.ts';

/** What a text field of Procore holds (unverified); as many characters as Xero lets a name have. */
const LONGEST = 255;

/**
 * Procore's vendor form for a contact: ISO country, state code where the country has them, one street line, an
 * international phone number. Xero's tax numbers are not read at all. A name that is too long is cut, with the whole
 * of it in the notes, where Procore's search finds it.
 */
export function newVendor(contact: Contact, originId: string): NewVendor {
  const { street, city, region, postalCode, country: named }: Address = contact.address ?? {};
  const country = named === undefined ? countryOf(region, postalCode) : countryCode(named);
  const state = region !== undefined && country !== undefined ? regionCode(region, country) : undefined;
  // What Procore has no field for is kept readable in the street line.
  const rest = [state === undefined && region, country === undefined && named].filter(Boolean);
  const whole = contact.name.replace(/\s+/g, ' ').trim();
  const name = cut(whole, LONGEST);
  return present({
    originId,
    name,
    address: textOf([street, ...rest].filter(Boolean).join(', ')),
    city: textOf(city),
    region: state,
    postalCode: textOf(postalCode),
    country,
    phone: contact.phone === undefined ? undefined : textOf(phoneNumber(contact.phone, country)),
    email: textOf(contact.email),
    notes: name === whole ? undefined : `Name in Xero: ${whole}`,
  });
}

function textOf(text: string | undefined): string | undefined {
  return text ? cut(text, LONGEST) : undefined;
}
