import { addVendor } from './build-company.ts';
import { addBillingPeriod, addCostCode } from './build-project.ts';
import type { BillingPeriodData, CostCodeData, VendorData } from './company.ts';
import type { ContractStatus } from './contract-fields.ts';
import { deleteContract } from './contract-writes.ts';
import { releaseOriginId } from './origin-ids.ts';
import type { BillingPeriod, Company, Contract, CostCode, Project, Requisition, Vendor } from './records.ts';
import type { RequisitionStatus } from './requisition-fields.ts';
import type { World } from './world.ts';

/** What people do in Procore's own pages. Throws where the record is unknown. */
export interface People {
  addVendor(vendor: VendorData): Vendor;
  renameVendor(vendorId: number, name: string): void;
  setContractStatus(contractId: number, status: ContractStatus): void;
  /** Deletes a commitment with its invoices, whatever its status. */
  deleteContract(contractId: number): void;
  setRequisitionStatus(requisitionId: number, status: RequisitionStatus): void;
  deleteRequisition(requisitionId: number): void;
  addBillingPeriod(projectId: number, period: BillingPeriodData): BillingPeriod;
  closeBillingPeriod(projectId: number, periodId: number): void;
  addCostCode(projectId: number, code: CostCodeData): CostCode;
  /** Takes a vendor out of a project's directory. */
  removeVendor(projectId: number, vendorId: number): void;
}

export function people(world: World, company: Company): People {
  return {
    addVendor: (vendor) => addVendor(world, company, vendor),
    renameVendor: (id, name) => void change(world, found(company.vendors.get(id), id), { name }),
    setContractStatus: (id, status) => void change(world, contract(company, id).record, { status }),
    deleteContract: (id) => {
      const { project, record } = contract(company, id);
      for (const one of [...project.requisitions.values()]) {
        if (one.commitment_id === id) remove(world, company, project, one);
      }
      deleteContract(world, company, record);
    },
    setRequisitionStatus: (id, status) => void change(world, requisition(company, id).record, { status }),
    deleteRequisition: (id) => {
      const { project, record } = requisition(company, id);
      remove(world, company, project, record);
    },
    addBillingPeriod: (id, period) => addBillingPeriod(world, found(company.projects.get(id), id), period),
    closeBillingPeriod: (id, periodId) => {
      const period = found(found(company.projects.get(id), id).periods.get(periodId), periodId);
      change(world, period, { status: 'closed' });
    },
    addCostCode: (id, code) => addCostCode(world, found(company.projects.get(id), id), code),
    removeVendor: (id, vendorId) => void found(company.projects.get(id), id).vendorIds.delete(vendorId),
  };
}

function contract(company: Company, id: number): { project: Project; record: Contract } {
  const project = [...company.projects.values()].find((one) => one.contracts.has(id));
  return { project: found(project, id), record: found(project?.contracts.get(id), id) };
}

function requisition(company: Company, id: number): { project: Project; record: Requisition } {
  const project = [...company.projects.values()].find((one) => one.requisitions.has(id));
  return { project: found(project, id), record: found(project?.requisitions.get(id), id) };
}

function remove(world: World, company: Company, project: Project, record: Requisition): void {
  project.requisitions.delete(record.id);
  releaseOriginId(world, company, 'requisition', record.origin_id);
}

function change<T extends { updated_at: string }>(world: World, record: T, changes: Partial<T>): void {
  Object.assign(record, changes, { updated_at: world.now() });
}

function found<T>(record: T | undefined, id: number): T {
  if (record === undefined) throw new Error(`Procore holds no record ${id}`);
  return record;
}
