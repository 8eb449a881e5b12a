import * as z from 'zod';
import { date, decimal, flag, id, oneOf, optionalFields, text } from './fields.ts';

export const REQUISITION_STATUSES = [
  'draft',
  'under_review',
  'revise_and_resubmit',
  'approved',
  'approved_as_noted',
  'pending_owner_approval',
] as const;

export type RequisitionStatus = (typeof REQUISITION_STATUSES)[number];

const ITEM_TYPES = ['contract_item', 'contract_detail_item', 'change_order_item'] as const;

/** What a period's work on one line may be told with. */
const work = {
  work_completed_this_period: decimal,
  work_completed_this_period_quantity: decimal,
  materials_presently_stored: decimal,
  work_completed_retainage_retained_this_period: decimal,
  work_completed_retainage_released_this_period: decimal,
  subcontractor_claimed_amount: decimal,
  status: oneOf(['approved', 'rejected', 'no_action']),
  comment: text,
};

export const newItemFields = optionalFields({ ...work, line_item_id: id }).extend({
  item_type: oneOf(ITEM_TYPES),
});

const changedItemFields = optionalFields({ ...work, line_item_id: id }).extend({
  id,
  item_type: oneOf(ITEM_TYPES),
});

export const bulkItemFields = optionalFields({ ...work, id, item_type: oneOf(ITEM_TYPES) });

export type WorkFields = z.output<ReturnType<typeof optionalFields<typeof work>>>;

const header = {
  period_id: id,
  requisition_start: date,
  requisition_end: date,
  billing_date: date,
  invoice_number: text,
  status: oneOf(REQUISITION_STATUSES),
  final: flag,
  payment_date: date,
  submitted_at: date,
  origin_id: text,
  origin_data: text,
  upload_ids: z.array(text),
};

const requisitionFields = optionalFields(header);

export type RequisitionFields = z.output<typeof requisitionFields>;

export const newRequisitionFields = requisitionFields.extend({ items: z.array(newItemFields).nullish() });

export const changedRequisitionFields = requisitionFields.extend({
  items: z.array(changedItemFields).nullish(),
});
