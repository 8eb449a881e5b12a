/** More than these nobody reads. */
const LISTED = 5;

/**
 * The codes that a mistyped one may have meant, the likeliest first: those that differ by punctuation or leading zeros
 * alone, then those that begin alike.
 */
export function nearCodes(wanted: string, codes: string[]): string[] {
  const plainWanted = plainCode(wanted);
  const ranked = [...new Set(codes)].map((code) => ({
    code,
    shared: sharedStart(plainCode(code), plainWanted),
  }));
  return ranked
    .filter(({ code, shared }) => shared >= 2 || plainCode(code) === plainWanted)
    .sort((a, b) => b.shared - a.shared || (a.code < b.code ? -1 : 1))
    .slice(0, LISTED)
    .map(({ code }) => code);
}

/** `3-300` is `03.300`. */
export function plainCode(code: string): string {
  return code
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join('');
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a === b ? Number.MAX_SAFE_INTEGER : at;
}
