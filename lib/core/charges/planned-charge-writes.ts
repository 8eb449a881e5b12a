import { formatMoney, sum } from '../money.ts';
import type { Names, PlannedWrite } from '../planned-writes.ts';
import { vendorInWords } from '../planned-writes.ts';
import type { ChargePlan, ChargeStep } from './charge-plan.ts';

/** The steps of a bill's or a credit note's plan in the order in which they are carried out. */
export function plannedChargeWrites({ steps }: ChargePlan, names: Names): PlannedWrite[] {
  return steps.map((step) => ({
    step: step.do,
    ...('projectId' in step && { project: names.project(step.projectId) }),
    ...inWords(step, names),
  }));
}

function inWords(step: ChargeStep, names: Names): Omit<PlannedWrite, 'step' | 'project'> {
  switch (step.do) {
    case 'create-vendor':
    case 'link-vendor':
    case 'add-vendor-to-project':
      return { does: vendorInWords(step, names) };
    case 'write-application': {
      const { invoiceNumber, items } = step.application;
      return {
        does: `bill ${invoiceNumber} on the commitment, as a payment application`,
        total: formatMoney(sum(items.map(({ amount }) => amount))),
      };
    }
    case 'remove-application':
      return { does: 'take away a payment application' };
    case 'set-due-date':
      return { does: `set the payment application to be due on ${step.dueDate}` };
    case 'issue-payment': {
      const { amount, date } = step.payment;
      return { does: `issue a payment of ${date} on ${step.invoiceNumber}`, total: formatMoney(amount) };
    }
    case 'remove-payment':
      return { does: 'take away a payment' };
    case 'write-direct-cost': {
      const { invoiceNumber, lines } = step.cost;
      return {
        does: `write ${invoiceNumber} as a direct cost`,
        lines: lines.map(({ target, description, amount }) => ({
          code: names.code(step.projectId, target),
          description,
          amount: formatMoney(amount),
        })),
        total: formatMoney(sum(lines.map(({ amount }) => amount))),
      };
    }
    case 'remove-direct-cost':
      return { does: 'delete a direct cost' };
  }
}
