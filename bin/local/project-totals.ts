import { formatMoney, money, sum } from '../../lib/core/money.ts';
import type { Company, Project } from '../../lib/sandbox/procore/records.ts';

/** Totals of one budget code, as decimal text; zeros are left out. */
interface CodeTotals {
  committed?: string;
  billed?: string;
  direct?: string;
}

/** What Procore holds of a project: totals by budget code, and what was paid on its commitments. */
export interface ProcoreTotals {
  codes: Record<string, CodeTotals>;
  paid: string;
}

/** Only approved commitments and invoices count, as in Procore's standard budget view. */
export function projectTotals(company: Company, project: Project): ProcoreTotals {
  const codes = new Map<string, Required<Record<keyof CodeTotals, ReturnType<typeof money>>>>();
  const add = (wbsCodeId: number, what: keyof CodeTotals, amount: string) => {
    const wbs = project.wbsCodes.get(wbsCodeId)!;
    const code = `${project.costCodes.get(wbs.costCodeId)!.full_code}.${company.costTypes.get(wbs.costTypeId)!.code}`;
    const zero = money('0');
    const totals = codes.get(code) ?? { committed: zero, billed: zero, direct: zero };
    codes.set(code, { ...totals, [what]: totals[what].plus(amount) });
  };
  const standing = [...project.contracts.values()].filter(({ deleted_at }) => deleted_at === null);
  for (const contract of standing) {
    if (contract.status === 'Approved') {
      for (const line of contract.lines) add(line.wbs_code_id, 'committed', line.amount);
    }
    for (const requisition of project.requisitions.values()) {
      if (requisition.commitment_id !== contract.id || requisition.status !== 'approved') continue;
      for (const item of requisition.items) {
        const line = contract.lines.find(({ id }) => id === item.line_item_id)!;
        add(line.wbs_code_id, 'billed', item.work_completed_this_period);
      }
    }
  }
  for (const cost of project.directCosts.values()) {
    for (const line of cost.lines) add(line.wbs_code_id, 'direct', line.amount);
  }
  const shown = [...codes]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, totals]) => {
      const told = Object.entries(totals).filter(([, amount]) => !amount.eq(0));
      return [code, Object.fromEntries(told.map(([what, amount]) => [what, formatMoney(amount)]))];
    });
  return {
    codes: Object.fromEntries(shown),
    paid: formatMoney(sum([...project.payments.values()].map(({ amount }) => money(amount)))),
  };
}
