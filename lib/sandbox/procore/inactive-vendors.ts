import type { Route } from './route.ts';
import { companyRoute } from './route.ts';
import { vendorView } from './vendor-view.ts';

/** The company directory's other tab: vendors that people deactivated. The list of vendors shows active ones alone. */
export const inactiveVendorRoutes: Route[] = [
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/companies/{company_id}/vendors/inactive',
    company: 'path',
    pages: 'v1',
    handle: ({ company }) =>
      [...company.vendors.values()]
        .filter((vendor) => !vendor.is_active)
        .map((vendor) => vendorView(vendor, 'extended')),
  }),
];
