import { formatMoney, money, sum } from '../../lib/core/money.ts';
import type { Company } from '../../lib/sandbox/procore/records.ts';

/** One commitment that the connector made, as it stands in the Procore sandbox. */
export interface StandingCommitment {
  project: string;
  number: string;
  vendor: string;
  status: string;
  lines: { costCode: string; costType: string; amount: string }[];
  total: string;
  /** What the draft requisitions on it bill, as decimal text; undefined without one. */
  requisition?: string;
}

/** What the connector brought into Procore, read from the sandbox's own records. */
export interface ProcoreContent {
  commitments: StandingCommitment[];
  counts: Record<'vendors' | 'commitments' | 'lines' | 'requisitions' | 'directCosts' | 'payments', number>;
}

export function procoreContent(company: Company): ProcoreContent {
  const projects = [...company.projects.values()];
  const commitments = projects.flatMap((project) =>
    [...project.contracts.values()]
      .filter((contract) => contract.deleted_at === null && isOurs(contract))
      .map((contract): StandingCommitment => {
        const requisitions = [...project.requisitions.values()].filter(
          (it) => it.commitment_id === contract.id,
        );
        const billed = requisitions.flatMap(({ items }) =>
          items.map((item) => money(item.work_completed_this_period)),
        );
        return {
          project: project.project_number ?? project.name,
          number: contract.number,
          vendor: company.vendors.get(Number(contract.vendor_id))?.name ?? '',
          status: contract.status,
          lines: contract.lines.map(({ wbs_code_id, amount }) => {
            const wbsCode = project.wbsCodes.get(wbs_code_id);
            return {
              costCode: project.costCodes.get(wbsCode?.costCodeId ?? 0)?.full_code ?? '',
              costType: company.costTypes.get(wbsCode?.costTypeId ?? 0)?.code ?? '',
              amount: formatMoney(money(amount)),
            };
          }),
          total: formatMoney(sum(contract.lines.map(({ amount }) => money(amount)))),
          ...(requisitions.length > 0 && { requisition: formatMoney(sum(billed)) }),
        };
      })
      .toSorted((a, b) => a.number.localeCompare(b.number)),
  );
  const count = (size: (project: (typeof projects)[number]) => number) =>
    projects.reduce((total, project) => total + size(project), 0);
  return {
    commitments,
    counts: {
      vendors: [...company.vendors.values()].filter(isOurs).length,
      commitments: commitments.length,
      lines: commitments.reduce((total, { lines }) => total + lines.length, 0),
      requisitions: count(({ requisitions }) => requisitions.size),
      directCosts: count(({ directCosts }) => directCosts.size),
      payments: count(({ payments }) => payments.size),
    },
  };
}

/** The seed has no records of other integrations, so an origin_id of our form is the connector's own. */
function isOurs({ origin_id }: { origin_id?: string | null | undefined }): boolean {
  return origin_id?.startsWith('xero:') === true;
}
