const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const NAMED =
  /\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/gi;
const DAY = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})(?:\2(?:20)?\d\d)?(?![\d/.-])/g;

/**
 * The months and days that texts name, as they stand in dates: `03` of "March", `03-02` of "03/02 thru 03/08". Which of
 * the two is the month differs between countries, so a day is read either way.
 */
export function periodsIn(texts: string[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((text) => [
      ...Array.from(text.matchAll(NAMED), ([name]) =>
        twoDigits(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1),
      ),
      ...Array.from(text.matchAll(DAY), ([, a, , b]) => [twoDigits(a!), twoDigits(b!)]).flatMap(([a, b]) => [
        `${a}-${b}`,
        `${b}-${a}`,
      ]),
    ]),
  );
}

/** How exactly periods name a date `YYYY-MM-DD`: the day 2, the month 1, neither 0. */
export function naming(periods: ReadonlySet<string>, date = ''): number {
  if (periods.has(date.slice(5))) return 2;
  return periods.has(date.slice(5, 7)) ? 1 : 0;
}

function twoDigits(number: number | string): string {
  return String(number).padStart(2, '0');
}
