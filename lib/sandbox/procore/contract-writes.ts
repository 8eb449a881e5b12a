import type { CommitmentContractFields, ContractFields } from './contract-fields.ts';
import { checkContract, standing } from './contract-rules.ts';
import { notFound } from './errors.ts';
import { claimOriginId, releaseOriginId } from './origin-ids.ts';
import type { Company, Contract, Project } from './records.ts';
import type { ProjectCall } from './route.ts';
import { takenUp } from './uploads.ts';
import type { World } from './world.ts';
import { stamps } from './world.ts';

type Fields = ContractFields & Omit<CommitmentContractFields, keyof ContractFields>;

/** Creates a contract; what is not sent comes from the project's settings. Throws a 422 by the rules. */
export function createContract(call: ProjectCall<unknown>, { upload_ids, ...fields }: Fields): Contract {
  const { world, company, project } = call;
  checkContract(call, undefined, fields);
  const { settings } = project;
  const contract: Contract = {
    ...fields,
    id: world.nextId(),
    number: fields.number ?? nextNumber(project),
    status: fields.status ?? 'Draft',
    accounting_method: fields.accounting_method ?? settings.accountingMethod,
    retainage_percent: fields.retainage_percent ?? settings.retainagePercent,
    allow_payment_applications: fields.allow_payment_applications ?? settings.allowInvoicing,
    allow_payments: fields.allow_payments ?? settings.allowPayments,
    enable_ssov: fields.enable_ssov ?? settings.subcontractorSov,
    ssov_status: 'draft',
    deleted_at: null,
    lines: [],
    attachments: takenUp(call, upload_ids),
    ...stamps(world),
  };
  claimOriginId(world, company, 'contract', contract.id, fields.origin_id);
  project.contracts.set(contract.id, contract);
  return contract;
}

export function updateContract(
  call: ProjectCall<unknown>,
  contract: Contract,
  { upload_ids, ...fields }: Fields,
): Contract {
  const { world, company } = call;
  checkContract(call, contract, fields);
  contract.attachments.push(...takenUp(call, upload_ids));
  claimOriginId(world, company, 'contract', contract.id, fields.origin_id, contract.origin_id);
  for (const [field, value] of Object.entries(fields)) {
    const cannotBeEmpty = value === null && CANNOT_BE_EMPTY.has(field);
    if (field !== 'id' && !cannotBeEmpty) Object.assign(contract, { [field]: value });
  }
  contract.updated_at = world.now();
  return contract;
}

const CANNOT_BE_EMPTY = new Set([
  'number',
  'status',
  'accounting_method',
  'retainage_percent',
  'allow_payment_applications',
  'allow_payments',
  'enable_ssov',
]);

/** Takes a contract away without asking any rule; its number and origin_ids become free. */
export function deleteContract(world: World, company: Company, contract: Contract): void {
  contract.deleted_at = world.now();
  contract.updated_at = contract.deleted_at;
  releaseOriginId(world, company, 'contract', contract.origin_id);
  for (const line of contract.lines) releaseOriginId(world, company, 'line', line.origin_id);
}

/** The contract that a call names. Throws a 404 where it is unknown or deleted. */
export function contractOf({ project }: ProjectCall<unknown>, id: number): Contract {
  const contract = project.contracts.get(id);
  if (contract === undefined || contract.deleted_at !== null) throw notFound('Contract');
  return contract;
}

function nextNumber(project: Project): string {
  const taken = new Set(standing(project).map((contract) => contract.number));
  let next = project.contracts.size + 1;
  while (taken.has(`PO-${String(next).padStart(3, '0')}`)) next++;
  return `PO-${String(next).padStart(3, '0')}`;
}
