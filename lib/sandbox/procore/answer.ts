import type { Incoming } from './access.ts';
import { companyOf, permittedProjects, projectOf } from './access.ts';
import { notFound, Refusal } from './errors.ts';
import type { PageSizes } from './paging.ts';
import { cutPage } from './paging.ts';
import { Query } from './query.ts';
import type { RateLimits } from './rate-limits.ts';
import { TooMany } from './rate-limits.ts';
import type { Company } from './records.ts';
import type { Route } from './route.ts';
import type { Account, Tokens } from './token.ts';
import { checkTool } from './tools.ts';
import type { Author } from './webhooks/watch.ts';
import type { World } from './world.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Text goes out as it is, undefined as nothing, anything else as JSON. */
  body: unknown;
}

/** What stands between the wire and the routes. */
export interface Gate {
  world: World;
  tokens: Tokens;
  limits: RateLimits;
  /** Hears of parameters and body fields that no route reads. */
  unread(endpoint: string, field: string): void;
  /** Does work that may change something of a company. */
  change<T>(company: Company, author: Author, work: () => T): T;
}

/** Answers one call: token, quota, company, project, then the work itself. */
export function answer(gate: Gate, route: Route, call: Incoming): Answer {
  let headers: Record<string, string> = {};
  try {
    const account = gate.tokens.accountOf(call.headers.get('Authorization') ?? undefined);
    headers = gate.limits.take(account.clientId);
    const { status, body, headers: more } = work(gate, route, call, account);
    return { status, headers: { ...headers, ...more }, body };
  } catch (error) {
    return refused(error, headers);
  }
}

/** The answer to a refusal; other errors are defects of the sandbox and go on. */
export function refused(error: unknown, headers: Record<string, string> = {}): Answer {
  if (!(error instanceof Refusal)) throw error;
  const own = error instanceof TooMany ? error.headers : {};
  return { status: error.status, headers: { ...headers, ...own }, body: error.body };
}

function work(gate: Gate, route: Route, call: Incoming, account: Account): Answer {
  const { world } = gate;
  const company = companyOf(world, account, route, call);
  const project = route.project === undefined ? undefined : projectOf(world, account, company, route, call);
  checkTool(account, route);
  const query = new Query(call.url.searchParams);
  const endpoint = `${route.method} ${route.path}`;
  for (const name of query.names()) {
    if (!isRead(route, name)) gate.unread(endpoint, `?${name}`);
  }
  const handle = () =>
    route.handle({
      world,
      company,
      account,
      project,
      projects: permittedProjects(company, account),
      query,
      body: call.body,
      id: (name) => idIn(call, name),
      unknown: (field) => gate.unread(endpoint, field),
    });
  const body = route.method === 'GET' ? handle() : gate.change(company, authorOf(account), handle);
  const status = statusOf(route, body);
  if (!route.pages) return { status, headers: {}, body: route.wrapped ? { data: body } : body };
  const { items, headers } = cutPage(body as unknown[], query, sizesOf(route.pages, world), call.url);
  return { status, headers, body: route.wrapped ? { data: items } : items };
}

function authorOf({ userId, applicationId }: Account): Author {
  return { userId: () => userId, applicationId: applicationId ?? null };
}

function statusOf({ status, method }: Route, body: unknown): number {
  if (typeof status === 'function') return status(body);
  return status ?? (method === 'POST' ? 201 : 200);
}

const SCOPE_AND_PAGING = ['project_id', 'company_id', 'page', 'per_page'];

function isRead(route: Route, name: string): boolean {
  return SCOPE_AND_PAGING.includes(name) || route.query.includes(name);
}

function sizesOf(pages: NonNullable<Route['pages']>, world: World): PageSizes {
  if (pages === 'v1') return { default: world.rules.defaultPerPage, max: 2000 };
  return pages === 'v2' ? { default: 10, max: 100 } : pages;
}

function idIn(call: Incoming, name: string): number {
  const value = Number(call.params[name]);
  if (!Number.isSafeInteger(value)) throw notFound('Record');
  return value;
}
