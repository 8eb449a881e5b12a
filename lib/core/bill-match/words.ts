import { likeWords } from '../vendor-names/like-words.ts';

/** What a text says, each word with how much it tells. */
export interface Words {
  weights: ReadonlyMap<string, number>;
  /** Of all words together. */
  weight: number;
  /** The words as they stand, to see whether two texts are the same. */
  folded: string;
  /** Numbers with the word before or behind them: `level 2`, `18 jan`. */
  numbered: ReadonlySet<string>;
}

/** So much of it, not of what size it is. */
const QUANTITY = /^[\d.]+(m2|m3|lm|m|hrs?|hours|days?|wks?|t|kg|l|lt|ea|pcs?|bags?|packs?|nr?|no)$/;

/** Different words for one thing in the trades, first the one that stands for all. */
const OTHERWISE = new Map(
  `concrete conc readymix
  rebar reo reinforcement reinforcing reinforcemnt
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

export function readWords(...texts: string[]): Words {
  const found = texts.flatMap((text) => fold(text).match(/[\p{L}\p{N}]+(?:\.\p{N}+)*/gu) ?? []);
  const weights = new Map(found.map(stem).map((word) => [word, weightOf(word)]));
  const numbered = found
    .slice(1)
    .map((word, at) => [found[at]!, word])
    .filter((pair) => pair.some((it) => /^\d/.test(it)));
  return {
    weights,
    weight: total(weights.values()),
    folded: found.join(' '),
    numbered: new Set(numbered.map((pair) => pair.join(' '))),
  };
}

/** Below it a text names nothing: "Invoice 8831 as agreed". */
const TELLING = 0.9;

export function isTelling(words: Words): boolean {
  return words.weight >= TELLING;
}

/** 0 to 1: how much of what the texts say is the same, above all of the shorter one; undefined where one says nothing. */
export function likeness(a: Words, b: Words): number | undefined {
  if (a.folded === b.folded && a.folded !== '') return 1;
  if (!isTelling(a) || !isTelling(b)) return undefined;
  const [less, more] = a.weights.size < b.weights.size ? [a, b] : [b, a];
  const shared = total([...less.weights].map(([word, weight]) => Math.min(weight, weightIn(more, word))));
  const [small, large] = [Math.min(a.weight, b.weight), Math.max(a.weight, b.weight)];
  // One word in common, "concrete", is less than three.
  const sure = Math.min(1, 0.7 + 0.15 * shared);
  return sure * (0.65 * Math.min(1, shared / small) + 0.35 * Math.min(1, shared / large));
}

/** What `text` shares with `a` and not with `b`: numbers with the words beside them. */
export function numbersSharedOnlyWith(a: Words, b: Words, text: Words): string[] {
  return [...a.numbered.difference(b.numbered)].filter((pair) => text.numbered.has(pair));
}

/** What `text` shares with `a` and not with `b`: words that tell something, and numbers. */
export function wordsSharedOnlyWith(a: Words, b: Words, text: Words): string[] {
  return [...a.weights.keys()].filter(
    (word) => !HOLLOW.has(word) && weightIn(b, word) === 0 && weightIn(text, word) > 0,
  );
}

/** How much a word tells in a text, where it also stands misspelt or abbreviated: `excavtor`, `conc`, `pkg`, `lvl`. */
function weightIn({ weights }: Words, word: string): number {
  const same = weights.get(word);
  if (same !== undefined || word.length < 3) return same ?? 0;
  for (const [other, weight] of weights) if (other.length > 2 && isAlike(word, other)) return weight;
  return 0;
}

/** `concreting` and `concrete` have a stem in common. */
function isAlike(a: string, b: string): boolean {
  if (a[0] !== b[0]) return false;
  const least = Math.min(a.length, b.length);
  let same = 0;
  while (same < least && a[same] === b[same]) same++;
  return (same >= 6 && same >= least - 2 && !/\p{N}/u.test(a + b)) || likeWords(a, b) !== undefined;
}

function fold(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/(?<=\d),(?=\d{3}\b)|['’]/g, '')
      // Sizes: "20 mm" is 20mm, "90 x 45" is 90x45.
      .replace(/(?<=\d)\s*x\s*(?=\d)/g, 'x')
      .replace(/(?<=\d)\s(?=(?:mm|cm|m|km|ft|in|kg|t|tonne|mpa|psi|kva|kw|l|lt|m2|m3|lm)\b)/g, '')
  );
}

function stem(word: string): string {
  const singular = /[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
  return OTHERWISE.get(singular) ?? singular;
}

/** A size such as 20mm tells something, a plain number next to nothing: it may be a quantity or a date. */
function weightOf(word: string): number {
  if (HOLLOW.has(word)) return 0.1;
  if (/^[\d.]+$/.test(word) || MONTHS.test(word) || QUANTITY.test(word)) return 0.2;
  if (/\d/.test(word)) return 0.8;
  return word.length < 3 ? 0.4 : 1;
}

function total(weights: Iterable<number>): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
