import { takeLegalForms } from './legal-forms.ts';

/** One way to read a name: the words that tell the company from others, and the legal forms behind them. */
export interface Reading {
  words: string[];
  forms: Set<string>;
  /** Where it is not the whole name. */
  part?: true;
}

/** Where marks are only accents or optional vowels. In Hindi, Thai or Japanese they tell one word from another. */
const ACCENTS =
  /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu;

/** Latin letters that Unicode does not take apart. */
const PLAIN: Record<string, string> = { æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h' };

/** More parts tell nothing. */
const PARTS = 5;
const BRACKETS = /\(.*?\)|\[.*?\]/g;
/** What sets parts of a name apart, once folded: brackets, a dash with room around it, "trading as" and the like. */
const APART =
  /[()[\]*]|\s[-–—/|]+\s|[:;]\s|\b(?:d\/?b\/?a|t\/as?|o\/a|[afn]\/?k\/?a|c\/o|atf|(?:trading|doing business|operating|(?:now|also|formerly) known|as trustee) (?:as|for)|formerly|previously|division of)\b/;

/**
 * The words of a company's name that tell it from others: case, accents, punctuation, `&`/and, "The" and legal forms
 * at the end taken off. No words where nothing is left (a name of symbols only): then only the exact name can match.
 */
export function readName(name: string): Reading {
  return read(fold(name));
}

/** As a whole; then without what stands in brackets, and each of the parts that it has. */
export function readingsOf(name: string): [Reading, ...Reading[]] {
  const folded = fold(name);
  const whole = read(folded);
  const texts = new Set([folded.replace(BRACKETS, ' '), ...folded.split(APART)].map((text) => text.trim()));
  const parts = [...texts].slice(0, PARTS).map(read);
  // (UK), (USD) and the like tell nothing.
  const fewer = parts.filter(({ words }) => words.join('').length > 3 && words.length < whole.words.length);
  return [whole, ...fewer.map((part): Reading => ({ ...part, part: true }))];
}

/** One case, one way to write each letter, and/& alike; brackets, dashes and slashes stay. */
function fold(name: string): string {
  return (
    name
      .normalize('NFKD')
      .replace(ACCENTS, '$1')
      .toLowerCase()
      .normalize('NFC')
      // Marks of direction, joints of no width and the colour of emoji come along when a name is pasted.
      .replace(/\p{Cf}|\ufe0f/gu, '')
      .replace(/[æœøłđðþħ]/g, (letter) => PLAIN[letter]!)
      .replace(/&(amp;)?|\+/g, ' and ')
      // "L.L.C." and "O'Brien" are one word each, "Co.Ltd", "A-1" and "Smith/Jones" are two.
      .replace(/\.(?=\p{L}{2}|\p{N})/gu, ' ')
      .replace(/[.'’‘ʻʼ`´]/g, '')
  );
}

function read(folded: string): Reading {
  const words = folded
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .join(' ')
    // Initials: "J. R. Smith" and "L L C".
    .replace(/(?<![^ ])[a-z](?: [a-z])+(?![^ ])/g, (letters) => letters.replaceAll(' ', ''))
    .split(' ');
  while (words.length > 1 && words[0] === 'the') words.shift();
  const forms = takeLegalForms(words);
  return { words: words[0] === '' ? [] : words, forms };
}
