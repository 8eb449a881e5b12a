import { badRequest } from './errors.ts';
import type { Query } from './query.ts';

export interface PageSizes {
  default: number;
  max: number;
}

export interface Page {
  items: unknown[];
  headers: Record<string, string>;
}

/** Cuts one page out of a list and writes Link, Total and Per-Page as Procore does: no `next` on the last page. */
export function cutPage(list: unknown[], query: Query, sizes: PageSizes, url: URL): Page {
  const page = positive(query, 'page') ?? 1;
  const perPage = Math.min(positive(query, 'per_page') ?? sizes.default, sizes.max);
  const last = Math.max(1, Math.ceil(list.length / perPage));
  const targets = {
    first: page > 1 ? 1 : undefined,
    prev: page > 1 ? page - 1 : undefined,
    next: page < last ? page + 1 : undefined,
    last: page < last ? last : undefined,
  };
  const links = Object.entries(targets)
    .filter(([, target]) => target !== undefined)
    .map(([rel, target]) => `<${pageUrl(url, target!, perPage)}>; rel="${rel}"`);
  return {
    items: list.slice((page - 1) * perPage, page * perPage),
    headers: {
      Total: String(list.length),
      'Per-Page': String(perPage),
      ...(links.length > 0 && { Link: links.join(', ') }),
    },
  };
}

function positive(query: Query, name: string): number | undefined {
  const value = query.get(name);
  if (value === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(value)) throw badRequest({ [name]: ['must be a positive number'] });
  return Number(value);
}

function pageUrl(url: URL, page: number, perPage: number): string {
  const target = new URL(url);
  target.searchParams.set('page', String(page));
  target.searchParams.set('per_page', String(perPage));
  return target.href;
}
