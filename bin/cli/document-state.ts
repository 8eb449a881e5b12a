import type { DocumentRecord } from '../../lib/core/links.ts';

/** What became of a document: the format that scripts rely on. */
export function stateOf({ id, kind, number, state, code, message }: DocumentRecord) {
  return { id, kind, number, state, ...(code !== undefined && { code, message }) };
}

/** The same in one line. */
export function stateInWords({ number, id, state, code, message }: DocumentRecord): string {
  const why = code === undefined ? '' : ` (${code}: ${message})`;
  return `${number || id}: ${state}${why}`;
}
