import { formatMoney, sum } from './money.ts';
import type { Plan, Step, VendorStep } from './plan.ts';
import type { CodeTarget } from './procore-records.ts';

/** One write to Procore, for people to read before it is done. */
export interface PlannedWrite {
  step: string;
  /** Name of the project; absent where it is the company's own. */
  project?: string;
  /** What it does, in words. */
  does: string;
  /** Lines of the schedule of values, or rows of a requisition: cost code by cost code. Amounts are decimal text. */
  lines?: { code: string; description: string; amount: string }[];
  total?: string;
}

/** What people call the things that steps name by id. */
export interface Names {
  project(projectId: string): string;
  vendor(vendorId: string): string;
  code(projectId: string, target: CodeTarget): string;
}

/** The steps of a plan in the order in which they are carried out. */
export function plannedWrites(plan: Plan, names: Names): PlannedWrite[] {
  return plan.steps.map((step) => ({
    step: step.do,
    ...('projectId' in step && { project: names.project(step.projectId) }),
    ...inWords(step, plan, names),
  }));
}

function inWords(step: Step, plan: Plan, names: Names): Omit<PlannedWrite, 'step' | 'project'> {
  switch (step.do) {
    case 'create-vendor':
    case 'link-vendor':
    case 'add-vendor-to-project':
      return vendorInWords(step, names);
    case 'write-commitment':
      return { does: `write the commitment ${step.header.number}, ${step.header.title}` };
    case 'allow-invoicing':
      return { does: 'allow invoices and payments on the commitment' };
    case 'set-status':
      return { does: `set the commitment to ${step.status}` };
    case 'delete-lines':
      return { does: `delete ${step.originIds.length} of the commitment's lines` };
    case 'write-lines':
      return withLines(
        'write these lines',
        step.lines.map(({ target, description, amount }) => ({
          code: names.code(step.projectId, target),
          description,
          amount,
        })),
      );
    case 'note-lines':
      return { does: 'note the new ids that Xero gave the lines; nothing is written' };
    case 'release-applications':
      return { does: 'take away what bills bill on the commitment; they are carried again afterwards' };
    case 'delete-requisition':
      return { does: 'delete the draft requisition' };
    case 'create-requisition':
      return withLines(
        `draft the requisition ${step.requisition.invoiceNumber} for ${step.requisition.start} to ${step.requisition.end}`,
        step.requisition.items.map(({ originId, amount }) => ({
          ...lineOf(originId, step.projectId, plan, names),
          amount,
        })),
      );
    case 'attach-files':
      return { does: `attach ${step.files.map(({ fileName }) => fileName).join(', ')}` };
    case 'delete-commitment':
      return { does: 'delete the commitment' };
  }
}

/** What brings a supplier into Procore. */
export function vendorInWords(step: VendorStep, names: Names): Pick<PlannedWrite, 'does'> {
  switch (step.do) {
    case 'create-vendor':
      return { does: `create the vendor ${step.vendor.name}` };
    case 'link-vendor':
      return { does: `take the vendor ${names.vendor(step.vendorId)}` };
    case 'add-vendor-to-project':
      return { does: "add the vendor to the project's directory" };
  }
}

/** One line as it is shown, without its amount. */
export type Line = Omit<NonNullable<PlannedWrite['lines']>[number], 'amount'>;

function lineOf(originId: string, projectId: string, { commitments }: Plan, names: Names): Line {
  const commitment = commitments.find(({ project }) => project.id === projectId);
  const line = commitment?.lines.find((candidate) => candidate.originId === originId);
  if (!line) return { code: '', description: originId };
  return { code: names.code(projectId, line.target), description: line.description };
}

export function withLines(
  does: string,
  lines: (Line & { amount: ReturnType<typeof sum> })[],
): Omit<PlannedWrite, 'step'> {
  return {
    does,
    lines: lines.map((line) => ({ ...line, amount: formatMoney(line.amount) })),
    total: formatMoney(sum(lines.map(({ amount }) => amount))),
  };
}
