import type * as z from 'zod';
import { readBody } from './body.ts';
import type { PageSizes } from './paging.ts';
import type { Query } from './query.ts';
import type { Company, Project } from './records.ts';
import type { Account } from './token.ts';
import type { Tool } from './tools.ts';
import type { World } from './world.ts';

/** A call that was let in: its token, company and project are checked. */
export interface CompanyCall<B = undefined> {
  world: World;
  company: Company;
  /** Who calls. */
  account: Account;
  /** Projects of the company that the service account may see. */
  projects: Project[];
  query: Query;
  body: B;
  /** The id in the path called so. */
  id(name: string): number;
  /** Tells of a body field that nobody reads. */
  unknown(field: string): void;
}

export interface ProjectCall<B = undefined> extends CompanyCall<B> {
  project: Project;
}

interface Spec<S extends z.ZodType, C> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** As Procore documents it: `/rest/v1.0/vendors/{id}`. */
  path: string;
  /** Where the call names its company besides the header. */
  company?: 'query' | 'body' | 'path';
  /** Names of query parameters that are read, besides paging and scope. */
  query?: readonly string[];
  body?: S;
  /** What the body may hold where `body` is read item by item. */
  documented?: z.ZodType;
  /** Default 201 for POST, else 200; told by the answer where it depends on it. */
  status?: number | ((answer: unknown) => number);
  /** Set on lists that are paged. */
  pages?: PageSizes | 'v1' | 'v2';
  /** v2.0 puts its answers into `data`. */
  wrapped?: boolean;
  handle(call: C): unknown;
}

export interface Route
  extends Omit<Spec<z.ZodType, CompanyCall<unknown> & { project: Project | undefined }>, 'query'> {
  query: readonly string[];
  /** Where the call names its project, absent on calls about the company. */
  project?: 'path' | 'query' | 'body';
  /** The tool that the service account needs a permission on. */
  tool?: Tool;
}

export function companyRoute<S extends z.ZodType = z.ZodUndefined>(
  spec: Spec<S, CompanyCall<z.output<S>>>,
): Route {
  return {
    ...spec,
    query: spec.query ?? [],
    handle: (call) => spec.handle({ ...call, body: bodyOf(spec.body, call) }),
  };
}

export function projectRoute<S extends z.ZodType = z.ZodUndefined>(
  spec: Spec<S, ProjectCall<z.output<S>>> & { project: 'path' | 'query' | 'body' },
): Route {
  return {
    ...spec,
    query: spec.query ?? [],
    handle: (call) => spec.handle({ ...call, project: call.project!, body: bodyOf(spec.body, call) }),
  };
}

function bodyOf<S extends z.ZodType>(schema: S | undefined, call: CompanyCall<unknown>): z.output<S> {
  if (schema === undefined) return undefined as z.output<S>;
  return readBody(schema, call.body, call.unknown);
}
