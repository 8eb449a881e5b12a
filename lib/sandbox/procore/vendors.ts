import * as z from 'zod';
import { invalid, notFound } from './errors.ts';
import { id } from './fields.ts';
import { claimOriginId } from './origin-ids.ts';
import type { Company, Vendor } from './records.ts';
import type { CompanyCall, Route } from './route.ts';
import { companyRoute } from './route.ts';
import { sync, updatesBody } from './sync.ts';
import type { VendorFields } from './vendor-fields.ts';
import { vendorFields } from './vendor-fields.ts';
import { VENDOR_VIEWS, vendorView } from './vendor-view.ts';
import { stamps } from './world.ts';

const body = z.object({ company_id: id, vendor: vendorFields });
const syncFields = vendorFields.extend({ id: id.nullish() });

export const vendorRoutes: Route[] = [
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/vendors',
    company: 'query',
    query: [
      'view',
      'filters[origin_id]',
      'filters[search]',
      'filters[id]',
      'filters[updated_at]',
      'filters[created_at]',
    ],
    pages: 'v1',
    handle: (call) => listed(call).map((vendor) => shown(call, vendor)),
  }),
  companyRoute({
    method: 'GET',
    path: '/rest/v1.0/companies/{company_id}/vendors/inactive',
    company: 'path',
    pages: 'v1',
    handle: ({ company }) =>
      [...company.vendors.values()]
        .filter((vendor) => !vendor.is_active)
        .map((vendor) => vendorView(vendor, 'normal')),
  }),
  companyRoute({
    method: 'POST',
    path: '/rest/v1.0/vendors',
    company: 'body',
    query: ['view'],
    body,
    handle: (call) => shown(call, create(call, call.body.vendor)),
  }),
  companyRoute({
    method: 'PATCH',
    path: '/rest/v1.0/vendors/sync',
    company: 'body',
    body: updatesBody.extend({ company_id: id }),
    documented: z.object({ company_id: id, updates: z.array(syncFields) }),
    handle: (call) =>
      sync(call, call.body.updates, {
        fields: syncFields,
        find: (wanted) => call.company.vendors.get(wanted),
        findByOrigin: (originId) => byOrigin(call.company, originId),
        create: (fields) => create(call, fields),
        update: (vendor, fields) => update(call, vendor, fields),
        view: (vendor) => vendorView(vendor, 'extended'),
      }),
  }),
  companyRoute({
    method: 'PATCH',
    path: '/rest/v1.0/vendors/{id}',
    company: 'body',
    query: ['view'],
    body,
    handle: (call) => {
      const vendor = call.company.vendors.get(call.id('id'));
      if (vendor === undefined) throw notFound('Vendor');
      return shown(call, update(call, vendor, call.body.vendor));
    },
  }),
];

function listed({ company, query }: CompanyCall): Vendor[] {
  const ids = query.ids('id');
  const originId = query.filter('origin_id');
  const search = query.filter('search')?.toLowerCase();
  return [...company.vendors.values()].filter(
    (vendor) =>
      vendor.is_active &&
      (ids?.has(vendor.id) ?? true) &&
      (originId === undefined || vendor.origin_id === originId) &&
      (search === undefined || searchable(vendor).includes(search)) &&
      query.inRange('updated_at', vendor.updated_at) &&
      query.inRange('created_at', vendor.created_at),
  );
}

function searchable(vendor: Vendor): string {
  return [vendor.name, vendor.notes, vendor.origin_code].join('\n').toLowerCase();
}

function shown(call: CompanyCall<unknown>, vendor: Vendor) {
  const view = call.query.get('view') ?? 'extended';
  return vendorView(vendor, VENDOR_VIEWS.find((known) => known === view) ?? 'extended');
}

function byOrigin(company: Company, originId: string): Vendor | undefined {
  return [...company.vendors.values()].find((vendor) => vendor.origin_id === originId);
}

function create(call: CompanyCall<unknown>, fields: VendorFields): Vendor {
  const { world, company } = call;
  if (!fields.name) throw invalid({ name: ["can't be blank"] });
  check(call, undefined, fields);
  const { name, is_active, ...rest } = fields;
  const vendor: Vendor = {
    ...rest,
    name,
    is_active: is_active ?? true,
    id: world.nextId(),
    ...stamps(world),
  };
  claimOriginId(world, company, 'vendor', vendor.id, fields.origin_id);
  company.vendors.set(vendor.id, vendor);
  return vendor;
}

function update(call: CompanyCall<unknown>, vendor: Vendor, fields: VendorFields): Vendor {
  const { world, company } = call;
  if (fields.name === null || fields.name === '') throw invalid({ name: ["can't be blank"] });
  check(call, vendor, fields);
  claimOriginId(world, company, 'vendor', vendor.id, fields.origin_id, vendor.origin_id);
  return Object.assign(vendor, fields, { id: vendor.id, updated_at: world.now() });
}

function check(
  { world, company }: CompanyCall<unknown>,
  vendor: Vendor | undefined,
  fields: VendorFields,
): void {
  for (const field of ['country_code', 'state_code'] as const) {
    if (fields[field] && !/^[A-Z0-9]{2,3}$/.test(fields[field])) throw invalid({ [field]: ['is invalid'] });
  }
  if (!fields.name) return;
  if (fields.name.trim() === '') throw invalid({ name: ["can't be blank"] });
  const longest = world.rules.vendorNameLength;
  if ([...fields.name].length > longest) {
    throw invalid({ name: [`is too long (maximum is ${longest} characters)`] });
  }
  if (!world.rules.vendorNamesUnique) return;
  const name = fields.name.trim().toLowerCase();
  const twin = [...company.vendors.values()].find((one) => one.name.trim().toLowerCase() === name);
  if (twin !== undefined && twin !== vendor) throw invalid({ name: ['has already been taken'] });
}
