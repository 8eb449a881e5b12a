import { formatMoney, money, sum } from '../../lib/core/money.ts';
import type { Company, Project, Requisition } from '../../lib/sandbox/procore/records.ts';
import { projectTotals } from './project-totals.ts';

/** One commitment that the connector made, as it stands in the Procore sandbox. */
export interface StandingCommitment {
  project: string;
  number: string;
  vendor: string;
  status: string;
  lines: { costCode: string; costType: string; amount: string }[];
  total: string;
  /** What the draft requisition on it bills, as decimal text; undefined without one. */
  requisition?: string;
  /** What the approved ones bill, as decimal text; undefined without one. */
  billed?: string;
}

/** What the connector brought into Procore, read from the sandbox's own records. */
export interface ProcoreContent {
  commitments: StandingCommitment[];
  /** What was billed or paid directly, as decimal text by project and budget code: `1042 03-300.M`. */
  costs: Map<string, string>;
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
        const requisition = worth(requisitions.filter(({ status }) => status === 'draft'));
        const billed = worth(requisitions.filter(({ status }) => status !== 'draft'));
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
          ...(requisition !== undefined && { requisition }),
          ...(billed !== undefined && { billed }),
        };
      })
      .toSorted((a, b) => a.number.localeCompare(b.number)),
  );
  const count = (size: (project: (typeof projects)[number]) => number) =>
    projects.reduce((total, project) => total + size(project), 0);
  return {
    commitments,
    costs: new Map(projects.flatMap((project) => costsOf(company, project))),
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

function worth(requisitions: Requisition[]): string | undefined {
  if (requisitions.length === 0) return undefined;
  const items = requisitions.flatMap((requisition) => requisition.items);
  return formatMoney(sum(items.map((item) => money(item.work_completed_this_period))));
}

function costsOf(company: Company, project: Project): [code: string, amount: string][] {
  return Object.entries(projectTotals(company, project).codes)
    .map(([code, { billed = '0', direct = '0' }]) => [code, money(billed).plus(direct)] as const)
    .filter(([, cost]) => !cost.eq(0))
    .map(([code, cost]) => [`${project.project_number} ${code}`, formatMoney(cost)]);
}

/** The seed has no records of other integrations, so an origin_id of our form is the connector's own. */
function isOurs({ origin_id }: { origin_id?: string | null | undefined }): boolean {
  return origin_id?.startsWith('xero:') === true;
}
