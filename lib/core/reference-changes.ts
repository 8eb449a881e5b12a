import type { ListName } from './reference-lists.ts';

/** What became of the entries of a list between two readings, each by what people call it. */
export interface Changes {
  /** Also what was archived and is in use again. */
  added: string[];
  /** `5000 Materials → 5010 Materials` */
  renamed: string[];
  /** Archived, closed, inactive, or merged into another. */
  archived: string[];
  gone: string[];
}

export const NO_CHANGES: Changes = { added: [], renamed: [], archived: [], gone: [] };

/** An entry of any list, as far as all of them are alike. */
export interface Entry {
  id: string;
  number?: string;
  code?: string;
  name?: string;
  category?: string;
  option?: string;
  active?: boolean;
  archived?: boolean;
  mergedInto?: string;
}

/** Whether both hold the same. The order in which a vendor lists is no difference. */
export function isSame(before: Entry[], now: Entry[]): boolean {
  return inOrder(before) === inOrder(now);
}

/** Follows the entries by id. What is gone from the list because it is among those set aside counts as archived. */
export function changesBetween(
  before: Entry[],
  now: Entry[],
  setAside: ReadonlySet<string> = new Set(),
): Changes {
  const former = byId(before);
  const present = byId(now);
  const kept = now.flatMap((entry) => {
    const earlier = former.get(entry.id);
    return earlier ? [{ earlier, entry }] : [];
  });
  const missing = before.filter(({ id }) => !present.has(id));
  const fresh = now.filter((entry) => !former.has(entry.id) && isActive(entry));
  const back = kept.filter(({ earlier, entry }) => isActive(entry) && !isActive(earlier));
  const retired = kept.filter(({ earlier, entry }) => isActive(earlier) && !isActive(entry));
  return {
    added: [...fresh, ...back.map(({ entry }) => entry)].map(nameOf),
    renamed: kept
      .filter(({ earlier, entry }) => nameOf(earlier) !== nameOf(entry))
      .map(({ earlier, entry }) => `${nameOf(earlier)} → ${nameOf(entry)}`),
    archived: [
      ...retired.map(({ entry }) => {
        const survivor = present.get(entry.mergedInto ?? '');
        return survivor ? `${nameOf(entry)}, merged into ${nameOf(survivor)}` : nameOf(entry);
      }),
      ...missing.filter(({ id }) => setAside.has(id)).map(nameOf),
    ],
    gone: missing.filter(({ id }) => !setAside.has(id)).map(nameOf),
  };
}

/** `5000 Materials`, `Project=Riverside`, `Hudson Concrete` */
function nameOf({ id, number, code = number, name, category, option }: Entry): string {
  if (category !== undefined && option !== undefined) return `${category}=${option}`;
  return [code, name].filter(Boolean).join(' ') || id;
}

function isActive({ active = true, archived = false }: Entry): boolean {
  return active && !archived;
}

function byId(entries: Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function inOrder(entries: Entry[]): string {
  return JSON.stringify(entries.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id))));
}

/**
 * What is worth a line in the connection's trail: what people map with. New entries are told where somebody has to
 * map them. Which projects come and go is told by itself, and what documents made of their own is no news.
 */
const TOLD: Partial<Record<ListName, (keyof Changes)[]>> = {
  'procore/projects': ['renamed', 'archived'],
  'procore/vendors': ['renamed', 'archived', 'gone'],
  'procore/cost-types': ['renamed', 'gone'],
  'procore/cost-codes/P': ['renamed', 'gone'],
  'procore/wbs-codes/P': ['renamed', 'gone'],
  'procore/segments/P': ['added', 'renamed', 'gone'],
  'xero/accounts': ['added', 'renamed', 'archived', 'gone'],
  'xero/items': ['added', 'renamed', 'gone'],
  'xero/tracking-options': ['added', 'renamed', 'archived', 'gone'],
  'xero/contacts': ['renamed', 'archived'],
};

/** More names than these are only counted: it is for reading. */
const NAMED = 10;

/** The changes as the trail tells them, short; undefined where there is nothing to tell. */
export function worthTelling(list: ListName, changes: Changes): Record<string, string[]> | undefined {
  const told = (TOLD[list] ?? []).filter((kind) => changes[kind].length > 0);
  if (told.length === 0) return undefined;
  return Object.fromEntries(
    told.map((kind) => [kind === 'added' ? 'new' : kind, inBrief(changes[kind])] as const),
  );
}

export function inBrief(names: string[]): string[] {
  const more = names.length - NAMED;
  return more > 0 ? [...names.slice(0, NAMED), `and ${more} more`] : names;
}
