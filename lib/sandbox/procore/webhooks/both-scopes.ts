import type * as z from 'zod';
import { badRequest } from '../errors.ts';
import type { Project } from '../records.ts';
import type { CompanyCall, Route } from '../route.ts';
import { companyRoute, projectRoute } from '../route.ts';
import type { ScopedCall } from './hooks.ts';

interface ScopedSpec<S extends z.ZodType> extends Pick<Route, 'method' | 'pages' | 'wrapped' | 'status'> {
  /** Below `webhooks/`. */
  path: string;
  query?: readonly string[];
  body?: S;
  handle(scoped: ScopedCall, body: z.output<S>): unknown;
}

/** The same endpoint below the company and below each of its projects. */
export function inBothScopes<S extends z.ZodType = z.ZodUndefined>({
  path,
  handle,
  ...spec
}: ScopedSpec<S>): Route[] {
  const answer = (call: CompanyCall<z.output<S>>, project: Project | undefined) =>
    handle({ call, project, refuse: badRequest }, call.body);
  const company = '/rest/v2.0/companies/{company_id}';
  return [
    companyRoute<S>({
      ...spec,
      company: 'path',
      path: `${company}/webhooks/${path}`,
      handle: (call) => answer(call, undefined),
    }),
    projectRoute<S>({
      ...spec,
      company: 'path',
      project: 'path',
      path: `${company}/projects/{project_id}/webhooks/${path}`,
      handle: (call) => answer(call, call.project),
    }),
  ];
}
