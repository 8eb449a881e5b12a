/**
 * What stands at the end of a name and says what kind of company it is, in the US, Canada, the UK, Ireland, Australia,
 * New Zealand, South Africa and Singapore. One kind each: how it is shown, then its other spellings once folded.
 */
const KINDS = `Inc incorporated incorporee ingelyf
Corp corporation
Co company compagnie cie
Ltd limited ltee limitee teo teoranta cyf cyfyngedig bpk beperk
Pty proprietary edms eiendoms pl
Pte private pvt
LLC lc
LLP sencrl
LP
LLLP
PLC ccc cpt
PLLC
PC
ULC uc
DAC
CLG clbg
CIC
CC bk
NPC
SENC
Enr enregistree
Sdn
Bhd`;

const KIND_BY_SPELLING = new Map(
  KINDS.split('\n').flatMap((line) => {
    const spellings = line.split(' ');
    return spellings.map((spelling) => [spelling.toLowerCase(), spellings[0]!] as const);
  }),
);

/** Forms in full, for which the initials stand. */
const IN_FULL =
  / (?:(?:professional|public|close|(?:un)?limited|ltd|liability|designated activity|community interest) )+(?:co|company|corporation|partnership)$| company limited by guarantee$/;

/**
 * Takes the legal forms and a "the" off the end, but never the last word, and not "& Co", which may be partners.
 * Returns the kinds, as they are shown.
 */
export function takeLegalForms(words: string[]): Set<string> {
  const kinds = new Set<string>();
  const full = IN_FULL.exec(words.join(' '))?.[0].trim().split(' ');
  if (full) words.splice(-full.length, full.length, full.map((word) => word[0]).join(''));
  for (; words.length > 1 && isHollow(words.at(-1)!); words.pop()) {
    const kind = KIND_BY_SPELLING.get(words.at(-1)!);
    if (kind === 'Co' && words.at(-2) === 'and') {
      words[words.length - 1] = 'co';
      break;
    }
    if (kind) kinds.add(kind);
  }
  // Nobody is proprietary or private without being limited: "Pty" is as much as "Pty Ltd".
  if (kinds.has('Pty') || kinds.has('Pte')) kinds.delete('Ltd');
  return kinds;
}

/** Whether a word alone says nothing about which company it is. */
export function isHollow(word: string): boolean {
  return word === 'the' || KIND_BY_SPELLING.has(word);
}

/** Whether both may be one company: the same kinds, or one side does not name what the other does. */
export function formsAgree(a: Set<string>, b: Set<string>): boolean {
  return a.isSubsetOf(b) || b.isSubsetOf(a);
}
