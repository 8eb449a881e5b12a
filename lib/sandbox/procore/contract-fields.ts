import * as z from 'zod';
import { date, decimal, flag, id, oneOf, optionalFields, text } from './fields.ts';

export const CONTRACT_STATUSES = [
  'Draft',
  'Processing',
  'Submitted',
  'Partially Received',
  'Received',
  'Approved',
  'Closed',
] as const;

export type ContractStatus = (typeof CONTRACT_STATUSES)[number];

/** What may be written of a purchase order contract, v1.0. */
export const contractFields = optionalFields({
  number: text,
  title: text,
  description: text,
  vendor_id: id,
  status: oneOf(CONTRACT_STATUSES),
  accounting_method: oneOf(['amount', 'unit']),
  contract_date: date,
  issued_on_date: date,
  delivery_date: date,
  execution_date: date,
  approval_letter_date: date,
  letter_of_intent_date: date,
  returned_date: date,
  payment_terms: text,
  ship_to_address: text,
  bill_to_address: text,
  ship_via: text,
  retainage_percent: decimal,
  private: flag,
  executed: flag,
  assignee_id: id,
  origin_id: text,
  origin_code: text,
  origin_data: text,
  upload_ids: z.array(text),
});

export type ContractFields = z.output<typeof contractFields>;

/** What may be written through v2.0: the switches that v1.0 lacks, and no origin fields. */
export const commitmentContractFields = optionalFields({
  number: text,
  title: text,
  description: text,
  vendor_id: z.string({ error: 'is not a string' }).transform(Number),
  status: oneOf(CONTRACT_STATUSES),
  accounting_method: oneOf(['amount', 'unit']),
  contract_date: date,
  issued_on_date: date,
  delivery_date: date,
  payment_terms: text,
  ship_to_address: text,
  bill_to_address: text,
  ship_via: text,
  retainage_percent: decimal,
  private: flag,
  executed: flag,
  allow_payment_applications: flag,
  allow_payments: flag,
  enable_ssov: flag,
  display_work_retainage: flag,
  display_materials_retainage: flag,
  ssr_enabled: flag,
});

export type CommitmentContractFields = z.output<typeof commitmentContractFields>;
