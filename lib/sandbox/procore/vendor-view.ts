import type { Vendor } from './records.ts';

export const VENDOR_VIEWS = ['compact', 'normal', 'erp', 'extended', 'directory', 'summary'] as const;

/** `compact` is id and name; the other views carry everything that the sandbox knows. */
export function vendorView(vendor: Vendor, view: (typeof VENDOR_VIEWS)[number]) {
  if (view === 'compact') return { id: vendor.id, name: vendor.name };
  return {
    ...vendor,
    abbreviated_name: vendor.abbreviated_name ?? null,
    address: vendor.address ?? null,
    business_phone: vendor.business_phone ?? null,
    city: vendor.city ?? null,
    country_code: vendor.country_code ?? null,
    email_address: vendor.email_address ?? null,
    origin_code: vendor.origin_code ?? null,
    origin_data: vendor.origin_data ?? null,
    origin_id: vendor.origin_id ?? null,
    state_code: vendor.state_code ?? null,
    zip: vendor.zip ?? null,
  };
}
