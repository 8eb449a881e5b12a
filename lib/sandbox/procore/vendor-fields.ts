import type * as z from 'zod';
import { flag, id, optionalFields, text } from './fields.ts';

/** What may be written of a vendor. */
export const vendorFields = optionalFields({
  name: text,
  address: text,
  city: text,
  zip: text,
  business_phone: text,
  mobile_phone: text,
  fax_number: text,
  email_address: text,
  is_active: flag,
  state_code: text,
  country_code: text,
  website: text,
  license_number: text,
  abbreviated_name: text,
  trade_name: text,
  notes: text,
  parent_id: id,
  origin_id: text,
  origin_data: text,
  origin_code: text,
});

export type VendorFields = z.output<typeof vendorFields>;
