import type { Project } from '../procore-records.ts';
import type { TrackingOption, XeroAccount, XeroItem } from '../xero-records.ts';
import { optionText } from './rule.ts';

/** What a row of the tables can name of the vendors' records. */
export type Kind = 'account' | 'item' | 'option' | 'project';

/** Both vendors' lists, archived records among them. One that nobody could ask for is absent. */
export interface Lists {
  account?: XeroAccount[];
  item?: XeroItem[];
  option?: TrackingOption[];
  project?: (Project & { active: boolean })[];
}

/** A record by everything that people may write for it. */
export interface Entry {
  id: string;
  /** The one that people know it by first. */
  texts: string[];
  active: boolean;
  tracking?: { category: string; option: string };
}

/** Finds records by what people write, and by id. */
export interface Directory {
  /** Whether the list of this kind could be asked for. */
  knows(kind: Kind): boolean;
  /** All that the text names; where some are in use, those alone. */
  named(kind: Kind, text: string): Entry[];
  get(kind: Kind, id: string): Entry | undefined;
  entries(kind: Kind): Entry[];
}

export function openDirectory(lists: Lists): Directory {
  const shelves = {
    account: shelve(lists.account?.map(({ id, code, active }) => ({ id, texts: given(code), active }))),
    item: shelve(lists.item?.map(({ id, code }) => ({ id, texts: [code], active: true }))),
    option: shelve(
      lists.option?.map(({ id, category, option, active }) => {
        const tracking = { category, option };
        return { id, texts: [optionText(tracking)], active, tracking };
      }),
      inAnyCase,
    ),
    project: shelve(
      lists.project?.map(({ id, number, name, active }) => ({
        id,
        texts: [...given(number), name, id],
        active,
      })),
      inAnyCase,
    ),
  };
  return {
    knows: (kind) => lists[kind] !== undefined,
    named(kind, text) {
      const { byText, plain } = shelves[kind];
      const all = byText.get(plain(text)) ?? [];
      // An id is meant as an id, even where another project happens to be called like it.
      const own = all.filter(({ id }) => kind === 'project' && id === text);
      if (own.length > 0) return own;
      const active = all.filter((entry) => entry.active);
      return active.length > 0 ? active : all;
    },
    get: (kind, id) => shelves[kind].byId.get(id),
    entries: (kind) => [...shelves[kind].byId.values()],
  };
}

function shelve(entries: Entry[] = [], plain = (text: string) => text) {
  const byText = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const text of new Set(entry.texts.map(plain))) {
      const same = byText.get(text);
      if (same) same.push(entry);
      else byText.set(text, [entry]);
    }
  }
  return { byText, byId: new Map(entries.map((entry) => [entry.id, entry])), plain };
}

function given(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}

/** As both vendors compare names; codes of accounts and items they tell apart by case. */
function inAnyCase(text: string): string {
  return text.toLowerCase();
}
