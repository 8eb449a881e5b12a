import { plainCode } from '../near-codes.ts';

/** Shorter numbers come up in texts by chance: `Phase 2`. */
const TELLING = 3;

/**
 * Whether a text has the number as a whole in it: `1042 Riverside` and `Riverside (1042)` have 1042, as `24101 North`
 * has 24-101; `10421`, and `24-1042` have not.
 */
export function namesNumber(text: string, number: string): boolean {
  const wanted = plainCode(number);
  if (wanted === '') return false;
  return wanted.length < TELLING ? plainCode(text) === wanted : codesIn(text).has(wanted);
}

/** All runs of parts of a word that no further number adjoins: of `24-101-North` `24-101`, but neither 24 nor 101. */
function codesIn(text: string): Set<string> {
  const codes = new Set<string>();
  for (const word of text.split(/[\s()[\]{},:;#&]+/)) {
    const parts = word.split(/[-./_–—]+/);
    for (let begin = 0; begin < parts.length; begin++) {
      for (let end = begin + 1; end <= parts.length; end++) {
        if (isNumeric(parts[begin - 1]) || isNumeric(parts[end])) continue;
        codes.add(plainCode(parts.slice(begin, end).join('-')));
      }
    }
  }
  return codes;
}

function isNumeric(part: string | undefined): boolean {
  return part !== undefined && /\p{N}/u.test(part);
}
