const SIZE = 'mm|cm|ft|in|mpa|psi|kva|kw|kn';
const AMOUNT =
  'm|km|lm|m2|m3|hrs?|hours?|days?|wks?|weeks?|months?|t|tonnes?|kg|l|lt|ea|pcs?|bags?|packs?|loads?';
/** So much of it, not of what size it is. */
const QUANTITY = new RegExp(`^[\\d.]+(${AMOUNT})$`);
/** "20 mm" is 20mm, and "3 days" are not the 3 of "week 3". */
const APART = new RegExp(`(?<=\\d)\\s(?=(?:${SIZE}|${AMOUNT})\\b)`, 'g');

/** Different words for one thing in the trades, first the one that stands for all. */
const OTHERWISE = new Map(
  `concrete conc readymix
  rebar reo reinforcement reinforcing
  plasterboard drywall gyprock gib sheetrock
  timber lumber
  excavator digger
  hire rental hired
  plywood ply
  scaffold scaffolding scaff
  aggregate gravel
  electrical elec
  plumbing plumb`
    .split('\n')
    .flatMap((line) => {
      const [word, ...others] = line.trim().split(' ');
      return others.map((other) => [other, word!] as const);
    }),
);

/** Words of any order and any bill: they tell nothing of what was bought. */
const HOLLOW = new Set(
  `a an and as at by for from in incl including of on or per plus the to via with your our no nr num number ref
  reference inv invoice invoiced bill tax gst vat hst ex excl po order purchase ord quote quotation job item line each
  ea unit lot qty quantity supply supplied supplying install installed installation deliver delivered delivery labour
  labor material goods work works service site project various misc general sundry charge total amount net agreed
  attached see wk hr hour day week month date ending dated period we progress claim deposit balance final part partial
  payment stage milestone completed complete completion first second third 1st 2nd 3rd retention retainage less
  previous prior pour load drop docket dkt ticket truck batch account acct percent pct`
    .split(/\s+/)
    .map((word) => stem(word)),
);
/** The months tell periods apart, not goods. */
const MONTHS = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/;

export function isHollow(word: string): boolean {
  return HOLLOW.has(word);
}

/** Letters without accents and case; sizes in one word. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3}\b)|['’]/g, '')
    .replace(APART, '')
    .replace(/(?<=\d)\s*x\s*(?=\d)/g, 'x');
}

/** One word for its plural and for what the trades call otherwise. */
export function stem(word: string): string {
  const singular = /[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
  return OTHERWISE.get(singular) ?? singular;
}

/** A size such as 20mm tells something, a plain number next to nothing: it may be a quantity or a date. */
export function weightOf(word: string): number {
  if (isHollow(word)) return 0.1;
  if (/^[\d.]+$/.test(word) || MONTHS.test(word) || QUANTITY.test(word)) return 0.2;
  if (/\d/.test(word)) return 0.8;
  return word.length < 3 ? 0.4 : 1;
}
