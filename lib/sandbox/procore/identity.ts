import type { Route } from './route.ts';
import { companyRoute } from './route.ts';

/** Who calls, and which companies the app is connected to: by the header, as everything. */
export const identityRoutes: Route[] = [
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/me',
    handle: ({ account: { userId } }) => ({
      id: userId,
      login: `service-account-${userId}@procore.invalid`,
      name: 'Service account',
    }),
  }),
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/companies',
    pages: 'v1',
    handle: ({ company }) => [{ id: company.id, name: company.name, is_active: true }],
  }),
];
