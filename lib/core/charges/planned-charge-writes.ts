import { formatMoney } from '../money.ts';
import type { Line, Names, PlannedWrite } from '../planned-writes.ts';
import { vendorInWords, withLines } from '../planned-writes.ts';
import type { ChargePlan, ChargeStep } from './charge-plan.ts';

/** The writes for a bill or credit note. `sovLineOf` tells of the order's line under this originId. */
export function plannedChargeWrites(
  { steps }: ChargePlan,
  names: Names,
  sovLineOf: (originId: string) => Line,
): PlannedWrite[] {
  return steps.map((step) => ({
    step: step.do,
    ...('projectId' in step && { project: names.project(step.projectId) }),
    ...chargeInWords(step, names, sovLineOf),
  }));
}

function chargeInWords(
  step: ChargeStep,
  names: Names,
  sovLineOf: (originId: string) => Line,
): Omit<PlannedWrite, 'step' | 'project'> {
  switch (step.do) {
    case 'create-vendor':
    case 'link-vendor':
    case 'add-vendor-to-project':
      return vendorInWords(step, names);
    case 'write-application': {
      const { invoiceNumber, items } = step.application;
      return withLines(
        `write the payment application ${invoiceNumber} and approve it`,
        items.map(({ originId, amount }) => ({ ...sovLineOf(originId), amount })),
      );
    }
    case 'remove-application':
      return { does: 'take the payment application away' };
    case 'set-due-date':
      return { does: `set the due date to ${step.dueDate}` };
    case 'issue-payment': {
      const { amount, date } = step.payment;
      return { does: `issue a payment on ${date}`, total: formatMoney(amount) };
    }
    case 'remove-payment':
      return { does: 'take a payment away' };
    case 'write-direct-cost': {
      const { invoiceNumber, lines } = step.cost;
      return withLines(
        `write the direct cost ${invoiceNumber}`,
        lines.map(({ target, description, amount }) => ({
          code: names.code(step.projectId, target),
          description,
          amount,
        })),
      );
    }
    case 'remove-direct-cost':
      return { does: 'take the direct cost away' };
  }
}
