import { badRequest } from './errors.ts';

const DAY = 86_400_000;

/** A call's query, with Procore's spelling of filters. */
export class Query {
  readonly #params: URLSearchParams;

  constructor(params: URLSearchParams) {
    this.#params = params;
  }

  get(name: string): string | undefined {
    return this.#params.get(name) ?? undefined;
  }

  /** All values of `name`, of `name[]`, and of `name` with commas or a JSON array between brackets. */
  list(name: string): string[] {
    const values = [...this.#params.getAll(name), ...this.#params.getAll(`${name}[]`)];
    return values
      .flatMap((value) => value.replace(/^\[|\]$/g, '').split(','))
      .filter((value) => value !== '');
  }

  filter(name: string): string | undefined {
    return this.get(`filters[${name}]`);
  }

  /** Ids that a filter names, or undefined where the filter is absent. */
  ids(name: string): Set<number> | undefined {
    const values = this.list(`filters[${name}]`);
    return values.length > 0 ? new Set(values.map(Number)) : undefined;
  }

  /** A filter whose value must be one of some words. Throws a 400 on another. */
  word<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.filter(name);
    if (value === undefined || words.includes(value as T)) return value as T | undefined;
    throw badRequest({ [name]: ['is not included in the list'] });
  }

  /** Whether an instant lies in the filter's date range `a...b`, quoted or not; true without the filter. */
  inRange(name: string, instant: string): boolean {
    const value = this.filter(name);
    if (value === undefined) return true;
    const edges = value
      .replaceAll('"', '')
      .split('...')
      .map((edge) => Date.parse(edge));
    if (edges.some(Number.isNaN)) throw badRequest({ [name]: ['is not a date range'] });
    const [from = 0, to = from + DAY - 1] = edges;
    const time = Date.parse(instant);
    return time >= from && time <= to;
  }

  names(): string[] {
    return [...new Set([...this.#params.keys()].map((name) => name.replace(/\[\]$/, '')))];
  }
}
