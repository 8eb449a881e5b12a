import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import type { CountryCode } from 'libphonenumber-js/min';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Address, Contact } from '../core/documents.ts';
import type { NewVendor } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';

countries.registerLocale(english);

/** Procore's vendor form for a contact: ISO country, short state codes, one street line, an international phone number. */
export function newVendor(contact: Contact, originId: string): NewVendor {
  const { street, city, region, postalCode, country: named }: Address = contact.address ?? {};
  const country = named === undefined ? undefined : countryCode(named);
  const state = region !== undefined && isStateCode(region) ? region.toUpperCase() : undefined;
  // What Procore has no field for is kept readable in the street line.
  const rest = [state === undefined && region, country === undefined && named].filter(Boolean);
  return present({
    originId,
    name: contact.name,
    address: [street, ...rest].filter(Boolean).join(', ') || undefined,
    city,
    region: state,
    postalCode,
    country,
    phone: contact.phone === undefined ? undefined : phoneNumber(contact.phone, country),
    email: contact.email,
  });
}

/** ISO 3166 alpha-2 of `USA`, `us`, `United States` or `GBR`; undefined for anything else. */
function countryCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  if (countries.isValid(code)) return countries.toAlpha2(code);
  return code === 'UK' ? 'GB' : countries.getAlpha2Code(text.trim(), 'en');
}

function isStateCode(region: string): boolean {
  return /^[a-z]{2,3}$/i.test(region);
}

/** `+1 512 555 0123`; as typed where it is no valid number, since a person can still dial it. */
function phoneNumber(text: string, country: string | undefined): string {
  const home = country !== undefined && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(text, home);
  return parsed?.isValid() ? parsed.formatInternational() : text;
}
