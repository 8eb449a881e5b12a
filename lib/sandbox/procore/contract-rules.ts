import type { ContractFields } from './contract-fields.ts';
import { invalid } from './errors.ts';
import type { Contract, Project } from './records.ts';
import type { ProjectCall } from './route.ts';
import type { World } from './world.ts';

/** What writes of contracts have in common, v1.0 and v2.0 alike. */
type Written = Pick<ContractFields, 'number' | 'vendor_id' | 'accounting_method'>;

/** Throws a 422 where the fields break a rule; the contract is undefined while it is being created. */
export function checkContract(
  call: ProjectCall<unknown>,
  contract: Contract | undefined,
  fields: Written,
): void {
  const { world, project } = call;
  checkVendor(call, contract, fields.vendor_id);
  if (fields.number && world.rules.contractNumbersUnique) {
    const twin = standing(project).find((one) => one.number === fields.number);
    if (twin !== undefined && twin !== contract) throw invalid({ number: ['has already been taken'] });
  }
  const method = fields.accounting_method;
  if (
    contract !== undefined &&
    method &&
    method !== contract.accounting_method &&
    contract.lines.length > 0
  ) {
    throw invalid({ accounting_method: ['cannot be changed once line items exist'] });
  }
}

function checkVendor(
  { world, company, project }: ProjectCall<unknown>,
  contract: Contract | undefined,
  vendorId?: number | null,
) {
  if (vendorId === undefined || vendorId === contract?.vendor_id) return;
  if (contract !== undefined && isLocked(world, contract)) {
    throw invalid({ vendor_id: [`cannot be changed while the contract is ${contract.status}`] });
  }
  if (vendorId === null) return;
  if (!project.vendorIds.has(vendorId)) {
    throw invalid({ vendor_id: ["must be in the project's directory"] });
  }
  if (!company.vendors.get(vendorId)!.is_active) throw invalid({ vendor_id: ['is inactive'] });
}

/** Throws a 422 while the contract's status locks its schedule of values. */
export function checkSovOpen({ world, project }: ProjectCall<unknown>, contract: Contract): void {
  const lifted = project.settings.alwaysEditableSov && !contract.origin_id;
  if (isLocked(world, contract) && !lifted) {
    throw invalid({ base: [`Line items are locked while the contract is ${contract.status}`] });
  }
}

/** Throws a 422 where the contract may not be deleted: locked, invoiced or paid. */
export function checkDeletable({ world, project }: ProjectCall<unknown>, contract: Contract): void {
  if (isLocked(world, contract))
    throw invalid({ base: [`Contract is ${contract.status} and cannot be deleted`] });
  const billed = [...project.requisitions.values()].some((one) => one.commitment_id === contract.id);
  const paid = [...project.payments.values()].some((one) => one.contract_id === contract.id);
  if (billed || paid) throw invalid({ base: ['Contract has invoices or payments and cannot be deleted'] });
}

/** Throws a 422 where invoices and payments need an approved contract and this is none. */
export function checkBillable(world: World, contract: Contract): void {
  const approved = contract.status === 'Approved' || contract.status === 'Partially Received';
  if (!approved && world.rules.billingNeedsApprovedContract) {
    throw invalid({ commitment_id: ['must be approved before it is invoiced or paid'] });
  }
}

export function standing(project: Project): Contract[] {
  return [...project.contracts.values()].filter((contract) => contract.deleted_at === null);
}

function isLocked(world: World, contract: Contract): boolean {
  return world.rules.lockedStatuses.includes(contract.status);
}
