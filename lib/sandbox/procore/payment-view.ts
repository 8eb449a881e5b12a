import type { Payment, Project } from './records.ts';

/** A payment as its contract lists it. */
export function issuedPaymentView(payment: Payment) {
  const { id, amount, date, check_number, draw_request_number, invoice_number, notes, payment_number } =
    payment;
  return {
    id,
    amount,
    date: date ?? null,
    check_number: check_number ?? null,
    draw_request_number: draw_request_number ?? null,
    invoice_number: invoice_number ?? null,
    notes: notes ?? null,
    payment_number: payment_number ?? null,
    attachments: [],
    origin_id: payment.origin_id ?? null,
    origin_data: payment.origin_data ?? null,
    created_at: payment.created_at,
  };
}

export function paymentView(project: Project, payment: Payment) {
  const { payment_method, invoice_date, ...fields } = payment;
  return {
    ...fields,
    date: payment.date ?? null,
    check_number: payment.check_number ?? null,
    draw_request_number: payment.draw_request_number ?? null,
    invoice_number: payment.invoice_number ?? null,
    notes: payment.notes ?? null,
    payment_number: payment.payment_number ?? null,
    requisition_id: payment.requisition_id ?? null,
    origin_id: payment.origin_id ?? null,
    origin_data: payment.origin_data ?? null,
    origin_code: null,
    external_payment_id: null,
    date_payment_settled: null,
    date_payment_initiated: null,
    status: 'issued',
    attachments: [],
    project_id: project.id,
  };
}
