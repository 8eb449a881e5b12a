import type * as z from 'zod/mini';
import { ZERO } from '../core/money.ts';
import type {
  NewRequisition,
  Requisition,
  RequisitionChange,
  RequisitionItem,
} from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { requisitionItemWire, requisitionWire } from './wire.ts';
import { decimalText, idNumber } from './wire.ts';

export function toRequisition(wire: z.infer<typeof requisitionWire>): Requisition {
  return present({
    id: wire.id,
    commitmentId: wire.commitment_id,
    invoiceNumber: wire.invoice_number,
    number: wire.number,
    status: wire.status,
    periodId: wire.period_id,
    billingDate: wire.billing_date,
    originId: wire.origin_id,
    originData: wire.origin_data,
    attachments: wire.attachments?.map(({ filename }) => filename),
  });
}

/** The rows for SOV lines. Those for change orders are not among them: their lines are no lines of ours. */
export function toItems(rows: z.infer<typeof requisitionItemWire>[]): RequisitionItem[] {
  return rows.flatMap((row): RequisitionItem[] => {
    if (row.line_item_id === undefined || (row.item_type ?? CONTRACT_ITEM) !== CONTRACT_ITEM) return [];
    return [
      present({
        id: row.id,
        sovLineId: row.line_item_id,
        amount: row.work_completed_this_period ?? ZERO,
        scheduled: row.scheduled_value,
        previously: row.work_completed_from_previous_application,
        retained: row.work_completed_retainage_retained_this_period,
      }),
    ];
  });
}

const CONTRACT_ITEM = 'contract_item';

/** Existing rows with new amounts, as bodies want them. */
function changedItems(items: { id: string; amount: RequisitionItem['amount'] }[]) {
  return items.map((item) => ({
    id: idNumber(item.id),
    item_type: CONTRACT_ITEM,
    work_completed_this_period: decimalText(item.amount),
  }));
}

export function newRequisition(requisition: NewRequisition) {
  return {
    period_id: idNumber(requisition.periodId),
    requisition_start: requisition.start,
    requisition_end: requisition.end,
    billing_date: requisition.billingDate,
    invoice_number: requisition.invoiceNumber,
    status: 'draft',
    origin_data: requisition.originData,
    items: requisition.items.map((item) => ({
      item_type: CONTRACT_ITEM,
      line_item_id: idNumber(item.sovLineId),
      work_completed_this_period: decimalText(item.amount),
    })),
  };
}

export function changedRequisition(change: RequisitionChange) {
  return present({
    period_id: change.periodId && idNumber(change.periodId),
    requisition_start: change.start,
    requisition_end: change.end,
    billing_date: change.billingDate,
    invoice_number: change.invoiceNumber,
    status: change.status,
    payment_date: change.paymentDate,
    origin_id: change.originId,
    origin_data: change.originData,
    upload_ids: change.uploadIds,
    items: change.items && changedItems(change.items),
  });
}
