/** A run of letters or of digits; `gap` is what stands between it and the one before. */
export interface Token {
  text: string;
  gap: string;
}

/** All the ways to write "purchase order", as one word; `~` stands between the ends of a range. */
const SPELLINGS: [RegExp, string][] = [
  // Dates are no numbers of orders.
  [/\b(?:\d{1,2}([/.-])\d{1,2}\1(?:20)?\d\d|20\d\d-\d\d-\d\d)\b/g, ' DATED '],
  [/\s+AND\s+/g, ' & '],
  [/(?<=\d)\s*(?:\s(?:TO|THRU|THROUGH|UNTIL)|–|\s-)\s+/g, ' ~ '],
  // Zero and O, one and I are next to each other on paper and on the keyboard.
  [/\bP0(?=[\s#:.-]*\d)/g, 'PO'],
  [/(?<=\d)O(?=\d|\b)|(?<=\d)[IL](?=\d)/g, '0'],
  [/(?<=[-#\s])O(?=\d)/g, '0'],
  [
    /\bP(?:URCH(?:ASE)?)?\s?[./-]?\s?O(?:RDERS?|RD)?\b\.?(?:['’]?S\b)?|\bP(?:[./]|URCH(?:ASE)?\s)\s?ORD(?:ERS?)?\b/g,
    'PO',
  ],
  [/\bP\s?[./]\s?O(?=\d)/g, 'PO'],
  [/\bO\s?\/\s?N(?:O|OS)?\b/g, 'ORDER'],
  [/\b(?:OP|PPO|POO|POS|PON|PORD|PONO)(?=[\s#:.-]*\d)/g, 'PO'],
];

export function tokensOf(text: string): Token[] {
  let folded = text.normalize('NFKC').toUpperCase();
  for (const [spelling, plain] of SPELLINGS)
    folded = folded.replace(spelling, (found) => (plain === '0' && found !== 'O' ? '1' : plain));
  let end = 0;
  return Array.from(folded.matchAll(/\p{L}+|\d+/gu), ({ 0: found, index }) => {
    const gap = folded.slice(end, index);
    end = index + found.length;
    return { text: found, gap };
  });
}

export function isNumber({ text }: Token): boolean {
  return /^\d/.test(text);
}

/** `0107` and `107` are one number. */
export function plainNumber(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

export function joined(tokens: Token[]): string {
  return tokens.map(({ text }) => text).join('');
}
