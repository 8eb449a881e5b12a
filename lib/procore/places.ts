import countries from 'i18n-iso-countries/index.js';
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

countries.registerLocale(english);

/** What people call countries besides their English names and codes. */
const OTHER_NAMES = new Map(
  Object.entries({
    GB: 'uk,great britain,england,scotland,wales,northern ireland',
    IE: 'republic of ireland,eire,éire',
    US: 'america',
    NZ: 'aotearoa',
    ZA: 'rsa,suid-afrika',
  }).flatMap(([code, names]) => names.split(',').map((name) => [name, code] as const)),
);

/** ISO 3166-1 alpha-2 of `USA`, `U.S.A.`, `us`, `United States` or `GBR`; undefined for anything else. */
export function countryCode(text: string): string | undefined {
  const name = text.trim();
  const plain = name.replaceAll('.', '');
  const code = plain.toUpperCase();
  if (countries.isValid(code)) return countries.toAlpha2(code);
  return OTHER_NAMES.get(plain.toLowerCase()) ?? countries.getAlpha2Code(name, 'en');
}

/**
 * The states and provinces of the countries whose addresses are written with their codes (ISO 3166-2, which is also
 * the post's). In others a region is a word: British and Irish counties, regions of New Zealand, South African
 * provinces; Singapore has none.
 */
const REGIONS: Record<string, Map<string, string>> = {
  US: regions(`AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,
DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,
LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,
NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,
OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,
UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,AS American Samoa,GU Guam,
MP Northern Mariana Islands,PR Puerto Rico,VI Virgin Islands`),
  CA: regions(`AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,
NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,QC Québec,SK Saskatchewan,YT Yukon`),
  AU: regions(`ACT Australian Capital Territory,NSW New South Wales,NT Northern Territory,QLD Queensland,
SA South Australia,TAS Tasmania,VIC Victoria,WA Western Australia`),
};

function regions(list: string): Map<string, string> {
  const entries = list.split(/,\s*/).map((entry) => /^(\S+) (.*)$/s.exec(entry.trim())!);
  return new Map(
    entries.flatMap(([, code, name]) => [[code!, code!] as const, [name!.toUpperCase(), code!]]),
  );
}

/** The code of a state or province by its code or name; undefined where the country has no codes, or not this one. */
export function regionCode(text: string, country: string): string | undefined {
  const name = text.trim().replaceAll('.', '').toUpperCase();
  return REGIONS[country]?.get(name.replace(`${country}-`, ''));
}

/** How postcodes look where regions have codes. */
const POSTCODES: Record<string, RegExp> = {
  US: /^\d{5}(-\d{4})?$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  AU: /^\d{4}$/,
};

/** The country that an address without one can only be in, by its region and postcode together. */
export function countryOf(region: string | undefined, postalCode: string | undefined): string | undefined {
  if (region === undefined || postalCode === undefined) return undefined;
  const may = (country: string) =>
    regionCode(region, country) !== undefined && POSTCODES[country]!.test(postalCode.trim());
  return Object.keys(POSTCODES).find(may);
}
