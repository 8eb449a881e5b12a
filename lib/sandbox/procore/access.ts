import { badRequest, forbidden, notFound, Refusal } from './errors.ts';
import type { Company, Project } from './records.ts';
import type { Route } from './route.ts';
import type { Account } from './token.ts';
import type { World } from './world.ts';

/** What a call says of itself, before anybody trusts it. */
export interface Incoming {
  headers: Headers;
  url: URL;
  params: Record<string, string>;
  /** Parsed JSON, undefined where there was none. */
  body: unknown;
}

/** The company of a call. Throws where its header is missing, names another company, or its scope disagrees. */
export function companyOf(world: World, account: Account, route: Route, call: Incoming): Company {
  const header = call.headers.get('Procore-Company-Id');
  if (header === null) {
    throw new Refusal(
      400,
      'Missing Procore-Company-Id header! Every call of a multi-region app must send it.',
    );
  }
  const company = world.companies.get(Number(header));
  if (company === undefined || company.id !== account.companyId || !account.installed)
    throw forbidden('App is not connected to this company');
  if (route.company !== undefined && scopeId(call, 'company_id', route.company) !== company.id) {
    throw forbidden('App is not connected to this company');
  }
  return company;
}

/** Projects of the company that the account may see. */
export function permittedProjects(company: Company, account: Account): Project[] {
  return [...company.projects.values()].filter((project) => isPermitted(account, project.id));
}

/** The project of a call. Throws where it is not named, does not exist, or is not permitted. */
export function projectOf(
  world: World,
  account: Account,
  company: Company,
  route: Route,
  call: Incoming,
): Project {
  return permittedProject(world, account, company, scopeId(call, 'project_id', route.project!));
}

/** The company's project of that id. Throws where it does not exist or is not permitted. */
export function permittedProject(world: World, account: Account, company: Company, id: number): Project {
  const project = company.projects.get(id);
  if (project === undefined) throw notFound('Project');
  if (isPermitted(account, id)) return project;
  throw world.rules.notPermittedStatus === 404
    ? notFound('Project')
    : forbidden('The service account is not permitted on this project');
}

function isPermitted({ permittedProjectIds }: Account, id: number): boolean {
  return permittedProjectIds === 'all' || permittedProjectIds.includes(id);
}

function scopeId(call: Incoming, name: string, place: 'path' | 'query' | 'body'): number {
  const body = (call.body ?? {}) as Record<string, unknown>;
  const value = { path: call.params[name], query: call.url.searchParams.get(name), body: body[name] }[place];
  if (value === undefined || value === null || value === '') throw badRequest({ [name]: ['is missing'] });
  return Number(value);
}
