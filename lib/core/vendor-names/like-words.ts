import { mistakes } from './mistakes.ts';

/** What makes two names less than equal: by how much, and in words. */
export type Difference = [factor: number, reason: string];

/** Why two different words may be meant alike: a slip of the pen, or one abbreviates the other. */
export function likeWords(a: string, b: string): Difference | undefined {
  // Numbers tell branches apart, and nobody abbreviates them.
  if (/\p{N}/u.test(a + b)) return undefined;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const both = `${a} / ${b}`;
  const count = mistakes(short, long, mistakesIn(short, long));
  if (count < 4)
    return [0.95 ** count, `${count > 1 ? `${count} letters differ` : 'one letter differs'}: ${both}`];
  if (abbreviates(short, long)) return [0.9, `abbreviated: ${both}`];
  // Typed on the wrong keyboard: АВС is not ABC.
  const otherLetters = a.length === b.length && /[a-z]/.test(a) !== /[a-z]/.test(b);
  return otherLetters ? [0.9, `other alphabets: ${both}`] : undefined;
}

/** `Const`, `Assocs`, `J`: the beginning. `Mfg`, `Engr`: consonants. `Nat'l`, `Ste`: both ends. */
function abbreviates(short: string, long: string): boolean {
  if (long.startsWith(short.replace(/(?<=...)s$/, ''))) return true;
  const consonants = /^.[^aeiou]+$/.test(short);
  if (short[0] !== long[0] || long.length < (consonants ? short.length + 2 : 6)) return false;
  if (!consonants && short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  return [...short].every((letter) => {
    at = long.indexOf(letter, at) + 1;
    return at > 0;
  });
}

/** In short words one other letter is another word; where a character is a syllable even more so. */
function mistakesIn(short: string, long: string): number {
  const syllables = /[\u3040-\u9fff\uac00-\ud7af]/.test(short);
  const { length } = short;
  if (length < 4 || (length < 6 && (syllables || short[0] !== long[0])))
    return [...short].sort().join() === [...long].sort().join() ? 1 : 0;
  return syllables || long.length < 7 ? 1 : length < 14 ? 2 : 3;
}
