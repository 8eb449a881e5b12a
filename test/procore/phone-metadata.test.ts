import { describe, expect, it } from '@jest/globals';
import type { CountryCode } from 'libphonenumber-js/core';
import whole from 'libphonenumber-js/min/metadata';
import kept from '../../lib/procore/phone-metadata.json' with { type: 'json' };

describe('what is kept of the phone numbers of the world', () => {
  it('is what the library knows of these countries: to be cut down anew with each version of it', () => {
    const countries = Object.keys(kept.countries) as CountryCode[];
    const among = (codes: string[]) => codes.filter((code) => countries.includes(code as CountryCode));
    const callingCodes = Object.entries(whole.country_calling_codes)
      .map(([code, of]) => [code, among(of)] as const)
      .filter(([, of]) => of.length > 0);
    expect(kept).toEqual({
      version: whole.version,
      country_calling_codes: Object.fromEntries(callingCodes),
      countries: Object.fromEntries(countries.map((country) => [country, whole.countries[country]])),
      nonGeographic: {},
    });
  });
});
