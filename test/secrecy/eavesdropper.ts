import { inspect } from 'node:util';

/** Hears what is said, knows what is secret, and tells where the one occurs in the other. */
export interface Eavesdropper {
  /** Something that nobody may hear; what is empty or undefined is no secret. */
  secret(what: string, value: string | null | undefined): void;
  /** Text, bytes, or anything at all: looked at as deep as it goes, with its causes. */
  hear(where: string, thing: unknown): void;
  /** How much was heard there. */
  heard(where: string): number;
  secrets(): string[];
  leaks(): string[];
}

export function eavesdropper(): Eavesdropper {
  const secrets = new Map<string, string>();
  const said: { where: string; text: string }[] = [];
  return {
    secret(what, value) {
      if (value) secrets.set(value, what);
    },
    hear: (where, thing) => said.push({ where, text: textOf(thing) }),
    heard: (where) => said.filter((one) => one.where.startsWith(where)).length,
    secrets: () => [...secrets.values()],
    leaks() {
      const forms = [...secrets].flatMap(([value, what]) =>
        formsOf(value).map(({ form, text }) => ({ what, form, text })),
      );
      return said.flatMap(({ where, text }) =>
        forms
          .filter((one) => text.includes(one.text))
          .map(({ what, form }) => `${what} (${form}) in ${where}`),
      );
    },
  };
}

const DEPTH = { depth: Number.POSITIVE_INFINITY, maxArrayLength: null, maxStringLength: null } as const;

function textOf(thing: unknown): string {
  if (typeof thing === 'string') return thing;
  const seen = new WeakSet<object>();
  const json = JSON.stringify(thing, function (this: Record<string, unknown>, key, part: unknown) {
    // As it is, and not as its own toJSON shows it.
    const bytes = this[key];
    if (bytes instanceof Uint8Array) return Buffer.from(bytes).toString('latin1');
    if (typeof part === 'bigint') return String(part);
    if (part === null || typeof part !== 'object') return part;
    if (seen.has(part)) return undefined;
    seen.add(part);
    return part instanceof Error
      ? { ...part, message: part.message, stack: part.stack, cause: part.cause }
      : part;
  });
  return `${json}\n${inspect(thing, { ...DEPTH, showHidden: true })}\n${String(thing)}`;
}

/** A secret as it may be written. In the middle of other base64 it looks in three ways, by where it begins. */
function formsOf(value: string): { form: string; text: string }[] {
  const bytes = Buffer.from(value);
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const end = (offset + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
    return whole.slice([0, 2, 3][offset], end);
  });
  const all = [
    ['plain', value],
    ['plain', value.toUpperCase()],
    ['URL-encoded', encodeURIComponent(value)],
    ['form-encoded', new URLSearchParams({ v: value }).toString().slice(2)],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['hex', bytes.toString('hex')],
    ['hex', bytes.toString('hex').toUpperCase()],
    ...base64.map((text) => ['base64', text]),
    ...base64.map((text) => ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')]),
  ] as [string, string][];
  return [...new Map(all.map(([form, text]) => [text, { form, text }])).values()];
}
