import type { WrittenVendor } from '../../core/links.ts';
import type { NewVendor, VendorCard } from '../../core/procore-records.ts';
import { fingerprint } from '../fingerprint.ts';

/** What is kept of a vendor that was written, by which a later change in Xero or in Procore shows itself. */
export function writtenVendor(sent: NewVendor, shown: VendorCard): WrittenVendor {
  return { originId: sent.originId, sent: contentOf(sent), shown: contentOf(shown) };
}

/** Fingerprint of what the connector writes of a vendor. */
export function contentOf(vendor: NewVendor | VendorCard): string {
  const { name, address, city, region, postalCode, country, phone, email, notes } = vendor;
  return fingerprint(
    [name, address, city, region, postalCode, country, phone, email, notes].map((field) => field ?? null),
  );
}
