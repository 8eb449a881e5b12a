import { formatMoney, money, sum, toCents } from '../../core/money.ts';
import { lineView } from './line-view.ts';
import { issuedPaymentView } from './payment-view.ts';
import type { Contract, Payment, Project } from './records.ts';
import { billedBy, retainedBy } from './requisition-figures.ts';
import type { ProjectCall } from './route.ts';

const CURRENCY = { currency_iso_code: 'USD' };

/** A purchase order contract as lists and syncs show it. */
export function contractView({ company, project }: ProjectCall<unknown>, contract: Contract) {
  const { lines, attachments, vendor_id, assignee_id, ssov_status, allow_payment_applications, ...rest } =
    contract;
  const { allow_payments, enable_ssov, display_work_retainage, display_materials_retainage, ...more } = rest;
  const { ssr_enabled, ...fields } = more;
  const figures = contractFigures(project, contract);
  return {
    ...NOTHING,
    ...fields,
    approved_change_orders: '0.00',
    pending_change_orders: '0.00',
    draft_change_orders_amount: '0.00',
    grand_total: figures.total,
    revised_contract: figures.total,
    pending_revised_contract: figures.total,
    percentage_paid: figures.percentagePaid,
    remaining_balance_outstanding: figures.remaining,
    requisitions_are_enabled: allow_payment_applications,
    total_requisitions_amount: figures.invoiced,
    total_draw_requests_amount: figures.invoiced,
    total_payments: figures.paid,
    project: { id: project.id, name: project.name },
    assignee: assignee_id ? { id: assignee_id } : null,
    vendor: vendor_id ? { id: vendor_id, company: company.vendors.get(vendor_id)!.name } : null,
    currency_configuration: CURRENCY,
  };
}

const NOTHING = {
  title: null,
  description: null,
  contract_date: null,
  delivery_date: null,
  issued_on_date: null,
  payment_terms: null,
  origin_id: null,
  origin_code: null,
  origin_data: null,
  executed: false,
  private: false,
};

/** A purchase order contract as its own page shows it: with lines and payments. */
export function fullContractView(call: ProjectCall<unknown>, contract: Contract) {
  const { company, project } = call;
  const view = contractView(call, contract);
  const vendor = contract.vendor_id ? company.vendors.get(contract.vendor_id)! : undefined;
  return {
    ...view,
    vendor: vendor && {
      ...view.vendor,
      origin_id: vendor.origin_id ?? null,
      origin_data: vendor.origin_data ?? null,
    },
    line_items: contract.lines.map((line, index) => lineView(call, contract, line, index)),
    payments_issued: paymentsOf(project, contract).map(issuedPaymentView),
    change_order_packages: [],
    change_order_requests: [],
    potential_change_orders: [],
  };
}

/** Totals of a contract as decimal text. Invoices count once they are more than drafts. */
export function contractFigures(project: Project, contract: Contract) {
  const total = sum(contract.lines.map((line) => money(line.amount)));
  const requisitions = [...project.requisitions.values()].filter(
    (one) => one.commitment_id === contract.id && one.status !== 'draft',
  );
  const invoiced = sum(requisitions.map((one) => billedBy(one).minus(retainedBy(one))));
  const paid = sum(paymentsOf(project, contract).map((payment) => money(payment.amount)));
  return {
    total: formatMoney(total),
    invoiced: formatMoney(invoiced),
    paid: formatMoney(paid),
    remaining: formatMoney(total.minus(paid)),
    percentagePaid: total.eq(0) ? '0.00' : toCents(paid.times(100).div(total)).toFixed(2),
  };
}

function paymentsOf(project: Project, contract: Contract): Payment[] {
  return [...project.payments.values()].filter((payment) => payment.contract_id === contract.id);
}
