import * as z from 'zod';
import { formatMoney, money } from '../../core/money.ts';
import { checkBillable } from './contract-rules.ts';
import { contractOf } from './contract-writes.ts';
import { badRequest, invalid, notFound } from './errors.ts';
import { id } from './fields.ts';
import { checkOriginId, claimOriginId, releaseOriginId } from './origin-ids.ts';
import { checkLock, checkUnlocked } from './origin-lock.ts';
import type { PaymentFields } from './payment-fields.ts';
import { paymentFields } from './payment-fields.ts';
import { paymentView } from './payment-view.ts';
import type { Contract, Payment } from './records.ts';
import type { ProjectCall, Route } from './route.ts';
import { projectRoute } from './route.ts';
import { stamps } from './world.ts';

const WHAT = 'Payment';
const PATH = '/rest/v1.0/contract_payments';

const body = z.object({ project_id: id, contract_id: id, contract_payment: paymentFields.default({}) });

export const contractPaymentRoutes: Route[] = [
  projectRoute({
    method: 'GET',
    path: PATH,
    project: 'query',
    query: ['contract_id'],
    pages: 'v1',
    handle: (call) => {
      const contract = contractInQuery(call);
      const payments = [...call.project.payments.values()].filter((one) => one.contract_id === contract.id);
      return payments.map((payment) => paymentView(call.project, payment));
    },
  }),
  projectRoute({
    method: 'GET',
    path: `${PATH}/{id}`,
    project: 'query',
    query: ['contract_id'],
    handle: (call) => paymentView(call.project, paymentIn(call, contractInQuery(call))),
  }),
  projectRoute({
    method: 'POST',
    path: PATH,
    project: 'body',
    body,
    handle: (call) => {
      const contract = contractOf(call, call.body.contract_id);
      return paymentView(call.project, create(call, contract, call.body.contract_payment));
    },
  }),
  projectRoute({
    method: 'PATCH',
    path: `${PATH}/{id}`,
    project: 'body',
    body,
    handle: (call) => {
      const contract = contractOf(call, call.body.contract_id);
      return paymentView(call.project, update(call, paymentIn(call, contract), call.body.contract_payment));
    },
  }),
  projectRoute({
    method: 'DELETE',
    path: `${PATH}/{id}`,
    project: 'query',
    query: ['contract_id'],
    handle: (call) => {
      const payment = paymentIn(call, contractInQuery(call));
      checkUnlocked(WHAT, payment);
      call.project.payments.delete(payment.id);
      releaseOriginId(call.world, call.company, 'payment', payment.origin_id);
    },
  }),
];

function create(
  call: ProjectCall<unknown>,
  contract: Contract,
  { amount, ...fields }: PaymentFields,
): Payment {
  const { world, company, project } = call;
  if (!contract.allow_payments) throw invalid({ contract_id: ['does not allow payments'] });
  checkBillable(world, contract);
  if (!amount) throw invalid({ amount: ["can't be blank"] });
  check(call, contract.id, { ...fields, amount });
  if (fields.origin_id) checkOriginId(world, company, 'payment', undefined, fields.origin_id);
  const payment: Payment = {
    ...fields,
    id: world.nextId(),
    contract_id: contract.id,
    amount: formatMoney(money(amount)),
    ...stamps(world),
  };
  claimOriginId(world, company, 'payment', payment.id, fields.origin_id);
  project.payments.set(payment.id, payment);
  return payment;
}

/** With an origin_id a payment takes nothing but origin fields, by which it can be unlocked. */
function update(call: ProjectCall<unknown>, payment: Payment, sent: PaymentFields): Payment {
  const { world, company } = call;
  const { amount, ...fields } = sent;
  const unlocks = world.rules.paymentsUnlock;
  const open = unlocks ? ['origin_id', 'origin_data'] : ['origin_data'];
  checkLock(WHAT, payment, sent, { unlocks, withChanges: false, open });
  check(call, payment.contract_id, sent);
  claimOriginId(world, company, 'payment', payment.id, fields.origin_id, payment.origin_id);
  if (amount) payment.amount = formatMoney(money(amount));
  return Object.assign(payment, fields, { updated_at: world.now() });
}

function check({ world, project }: ProjectCall<unknown>, contractId: number, fields: PaymentFields): void {
  const { amount, requisition_id } = fields;
  if (amount && money(amount).lt(0) && !world.rules.negativeAmounts) {
    throw invalid({ amount: ['must be greater than 0'] });
  }
  if (requisition_id && project.requisitions.get(requisition_id)?.commitment_id !== contractId) {
    throw invalid({ requisition_id: ['must belong to the contract'] });
  }
}

function contractInQuery(call: ProjectCall<unknown>): Contract {
  const contractId = call.query.get('contract_id');
  if (contractId === undefined) throw badRequest({ contract_id: ['is missing'] });
  return contractOf(call, Number(contractId));
}

function paymentIn(call: ProjectCall<unknown>, contract: Contract): Payment {
  const payment = call.project.payments.get(call.id('id'));
  if (payment?.contract_id !== contract.id) throw notFound('Contract payment');
  return payment;
}
