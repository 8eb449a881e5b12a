/** Thrown when a body that should be JSON is something else: a proxy's HTML page, plain text, nothing. */
export class NotJson extends Error {
  override name = 'NotJson';

  /** The parser's own error quotes the body as it is: only the place is taken from it. */
  constructor(text: string, cause: unknown) {
    const [place = ''] = / at position \d+/.exec(String(cause)) ?? [];
    super(`not JSON${place}: ${excerpt(text)}`);
  }
}

type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

// TypeScript's library does not know the reviver's third argument and rawJSON yet.
const SourceJson = JSON as unknown as {
  parse(text: string, reviver: SourceReviver): unknown;
  rawJSON(text: string): unknown;
};

/**
 * Parses JSON with every number kept as its source text: `1.50` becomes the string `"1.50"`, so that neither money
 * nor ids above 2^53 lose a digit. Throws NotJson.
 */
export function parseJson(text: string): unknown {
  try {
    return SourceJson.parse(text, (_key, value, { source }) => (typeof value === 'number' ? source : value));
  } catch (cause) {
    throw new NotJson(text, cause);
  }
}

/** A number for JSON.stringify that is written exactly as given, such as an id above 2^53. Throws on other text. */
export function exactNumber(digits: string): unknown {
  return SourceJson.rawJSON(digits);
}

/** What a vendor may repeat of what it was told: credentials, and GUIDs, one of which is the tenant's. */
const SECRETIVE = [
  /\b(bearer|basic)\s+[\w.~+/=-]+/gi,
  /\beyJ[\w.-]+/g,
  /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  /\b(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{40,}/gi,
];

/** The beginning of a body in one line, without markup and secrets, short enough for a log entry. */
export function excerpt(text: string): string {
  const told = SECRETIVE.reduce((rest, secret) => rest.replace(secret, '[…]'), text);
  const words = told
    .replace(/<(style|script)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > 200 ? `${words.slice(0, 200)}…` : words;
}
