import { nearCodes } from '../../core/near-codes.ts';
import type { Directory, Entry, Kind } from '../../core/rules/directory.ts';
import type { Doubt } from '../../core/rules/identify.ts';
import { isPrefix } from '../../core/rules/rule.ts';

/** What is worth a look about a table, and keeps nothing from being imported. */
export interface Warning {
  /** As a spreadsheet counts; absent where it is about the whole table. */
  row?: number;
  column?: string;
  says: string;
}

export function warningOf(doubt: Doubt, row: number, column: string, directory: Directory): Warning {
  return { row, column, says: inWords(doubt, directory) };
}

/** Said of a table that was imported or exported although a vendor could not be asked. */
export function withoutVendor(unasked: string[], meanwhile: string): Warning[] {
  return unasked.map((why) => ({ says: `${why}. ${meanwhile}` }));
}

const WHERE: Record<Kind, string> = {
  account: 'Xero has no account',
  item: 'Xero has no item',
  option: 'Xero has no tracking option',
  project: 'Procore shows no project',
};

function inWords({ kind, text, named }: Doubt, directory: Directory): string {
  if (named.length > 0) return `${text} may be any of ${named.map(asListed).join(', ')}`;
  if (kind === 'item' && isPrefix(text)) return `Xero has no item that begins with ${text.slice(0, -1)}`;
  const codes = directory.entries(kind).flatMap(({ texts: [code = ''] }) => code);
  const near = kind === 'account' || kind === 'item' ? nearCodes(text, codes) : [];
  return `${WHERE[kind]} ${text}${near.length > 0 ? `; near it: ${near.join(', ')}` : ''}`;
}

/** `1042 Riverside Medical (598134325511042)` */
function asListed({ id, texts }: Entry): string {
  const names = texts.filter((text) => text !== id);
  return `${names.join(' ')} (${id})`;
}
