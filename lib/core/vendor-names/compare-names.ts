import { formsAgree } from './legal-forms.ts';
import type { Difference } from './like-words.ts';
import { likeWords } from './like-words.ts';
import type { Reading } from './read-name.ts';

/** How near two names are. */
export interface Likeness {
  /** 0 to 1; 1 where only spelling differs. */
  score: number;
  /** What differs, for a person to judge. */
  reason: string;
}

/** Words that many companies share and that are soon left out, added or confused. */
const LOOSE =
  /^(group|holdings?|services?|solutions?|enterprises?|industries|international|global|national|construction|contract(ing|ors?)|build(ers|ing)|systems|partners|associates|city|usa?|uk|canada|australia|nz|ireland|singapore|do|not|use|old|new|inactive|closed|dup(licate)?|acct|account|usd|cad|gbp|eur|aud|nzd|zar|sgd)$/;
/** Words that join others, and two names of one company: "trading as". */
const LITTLE = /^(and|n|et|en|of|the|de|for|as|ta|tas|dba|atf|aka|fka|trading|trustee|formerly|known)$/;
/** Each word and another way to say it. */
const OTHERWISE = new Map(
  'one 1,two 2,three 3,four 4,five 5,six 6,seven 7,eight 8,nine 9,ten 10,first 1,second 2,third 3,bob robert,bill william,jim james,mike michael,dave david,tom thomas,joe joseph,steve stephen,tony anthony,ville city'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
);
/** A name of so many words more than twice as many as the other has is not near. */
const LEFT = 6;
const SPACES: Difference = [0.96, 'differs by spaces, order or short words'];

/** Undefined where they are two companies. The first reading of each is the whole name. */
export function compareNames(a: Reading[], b: Reading[]): Likeness | undefined {
  // Company and branch numbers tell companies apart; a number on one side alone does not.
  const [ofA, ofB] = [a, b].map(([whole]) => numbersOf(whole!.words));
  if (ofA && ofB && ofA !== ofB) return undefined;
  return a
    .flatMap((one) => b.map((other) => compareReadings(one, other)))
    .reduce((best, likeness) => ((likeness?.score ?? 0) > (best?.score ?? 0) ? likeness : best));
}

function compareReadings(a: Reading, b: Reading): Likeness | undefined {
  // What two names have in brackets may be the same for many: (UK), (Holdings).
  if (a.part && b.part) return undefined;
  const differences = compareWords(a.words, b.words);
  if (!differences) return undefined;
  if (a.part || b.part) {
    if (differences.some(([factor]) => factor < 0.95)) return undefined;
    differences.push([0.9, `only a part is alike: ${a.words.join(' ')}`]);
  }
  const forms = [a, b].map((reading) => [...reading.forms].join(' ') || 'none').join(' / ');
  if (!formsAgree(a.forms, b.forms)) differences.push([0.95, `differs by the legal form: ${forms}`]);
  return {
    score: Number(differences.reduce((score, [factor]) => score * factor, 1).toFixed(2)),
    reason: differences.map(([, reason]) => reason).join(', ') || `the same name, legal form: ${forms}`,
  };
}

function numbersOf(words: string[]): string | undefined {
  return plain(words)
    .join(' ')
    .match(/\p{N}+/gu)
    ?.sort()
    .join();
}

/** `First` and `1st` are 1, Bob is Robert, and ß is ss; little words are left out, and so is what was said already. */
function plain(words: string[]): string[] {
  const telling = words.filter((word) => !LITTLE.test(word));
  const same = (word: string) => word.replace(/(?<=\d)(st|nd|rd|th)$/, '').replaceAll('ß', 'ss');
  return [...new Set(telling.map((word) => OTHERWISE.get(word) ?? same(word)))];
}

/** Pairs the words, equal ones first, whatever their order, and judges what is left. */
function compareWords(a: string[], b: string[]): Difference[] | undefined {
  if (a.join(' ') === b.join(' ')) return [];
  const [wordsA, wordsB] = [plain(a), plain(b)];
  const [less, more] = [wordsA.length, wordsB.length].sort((a, b) => a - b);
  if (less === 0 || more! > less! * 2 + LEFT) return undefined;
  if (wordsA.join('') === wordsB.join('')) return [SPACES];
  const restB = wordsB.filter((word) => !wordsA.includes(word));
  const alike: Difference[] = [];
  const restA = wordsA.filter((word) => {
    if (wordsB.includes(word)) return false;
    const at = restB.findIndex((other) => likeWords(word, other));
    if (at >= 0) alike.push(likeWords(word, restB.splice(at, 1)[0]!)!);
    return at < 0;
  });
  const paired = wordsA.filter((word) => isTelling(word) && !restA.includes(word)).length;
  const last = compareRest(restA, restB, paired, alike.length > 0);
  return last && [...alike, ...last];
}

/** What has no counterpart among the words of the other name. */
function compareRest(a: string[], b: string[], paired: number, unsure: boolean): Difference[] | undefined {
  const [textA, textB] = [a.join(''), b.join('')];
  if (textA === textB) return unsure ? [] : [SPACES];
  const telling = [...a, ...b].filter(isTelling).length;
  if (textA && textB) {
    const slip = likeWords(textA, textB);
    if (slip && slip[0] > 0.9) return [SPACES, slip];
    return paired > 0 && telling === 0 ? [[0.75, `other words: ${a.join(' ')} / ${b.join(' ')}`]] : undefined;
  }
  // A slip and a word more at once are two companies.
  if (paired === 0 || telling > (unsure ? 0 : paired)) return undefined;
  return [[0.9 ** (telling + 0.5), `one has more words: ${[...a, ...b].join(' ')}`]];
}

function isTelling(word: string): boolean {
  return !LOOSE.test(word);
}
