import type { CountryCode, MetadataJson } from 'libphonenumber-js/core';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/core';
// The library's `min/metadata` cut down to where suppliers sit: whole, it is a seventh of a function's bundle.
import metadata from './phone-metadata.json' with { type: 'json' };

const KNOWN = metadata as unknown as MetadataJson;

/**
 * `+1 512 555 0123`, whatever was typed, where it is a valid number of a country that is known; else as it was typed,
 * since a person can still dial it. `country` (ISO 3166 alpha-2) is where a number without a country code belongs.
 */
export function phoneNumber(text: string, country: string | undefined): string {
  const home =
    country !== undefined && isSupportedCountry(country as CountryCode, KNOWN) ? country : undefined;
  const options = { ...(home && { defaultCountry: home as CountryCode }), extract: false };
  const parsed = parsePhoneNumberFromString(text, options, KNOWN);
  return parsed?.isValid() ? parsed.formatInternational() : text;
}
