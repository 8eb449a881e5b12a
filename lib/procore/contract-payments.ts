import type { ProjectTool } from '../core/ports.ts';
import type { NewContractPayment } from '../core/procore-records.ts';
import { present } from '../http/fields.ts';
import type { ProcoreApi } from './api.ts';
import { ifThere } from './api.ts';
import { MANY } from './reference.ts';
import { anything, contractPaymentWire, decimalText, idNumber, idWire } from './wire.ts';

type ContractPayments = 'contractPayments' | 'createContractPayment' | 'deleteContractPayment';

const PAYMENTS = '/rest/v1.0/contract_payments';

/** Payments issued on commitments. An origin_id locks them but for the origin itself (Procore docs: Update Contract Payment). */
export function contractPayments(api: ProcoreApi): Pick<ProjectTool, ContractPayments> {
  return {
    contractPayments: async (projectId, commitmentId) => {
      const query = { project_id: projectId, contract_id: commitmentId, ...MANY };
      const payments = await api.list(
        { path: PAYMENTS, query, what: 'payments of the commitment' },
        contractPaymentWire,
      );
      return payments.map(({ requisition_id, origin_id, invoice_number, ...payment }) =>
        present({
          ...payment,
          requisitionId: requisition_id,
          originId: origin_id,
          invoiceNumber: invoice_number,
        }),
      );
    },
    createContractPayment: async (projectId, commitmentId, payment) => {
      const body = bodyOf(projectId, commitmentId, toPayment(payment));
      const { id } = await api.post({ path: PAYMENTS, body, what: 'payment of the commitment' }, idWire);
      return id;
    },
    deleteContractPayment: async (projectId, commitmentId, paymentId) => {
      const path = `${PAYMENTS}/${paymentId}`;
      const what = 'deletion of the payment';
      const body = bodyOf(projectId, commitmentId, { origin_id: null });
      await ifThere(() => api.patch({ path, body, what }, anything));
      await api.remove({ path, query: { project_id: projectId, contract_id: commitmentId }, what });
    },
  };
}

function bodyOf(projectId: string, commitmentId: string, contract_payment: object) {
  return { project_id: idNumber(projectId), contract_id: idNumber(commitmentId), contract_payment };
}

/** Xero tells no more of how it was paid than that money left the bank. */
function toPayment(payment: NewContractPayment) {
  return present({
    origin_id: payment.originId,
    amount: decimalText(payment.amount),
    date: payment.date,
    payment_method: 'electronic',
    requisition_id: idNumber(payment.requisitionId),
    invoice_number: payment.invoiceNumber,
    notes: payment.notes,
  });
}
