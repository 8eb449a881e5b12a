import { addCostType } from './build-company.ts';
import { addBillingPeriod, addCostCode, buildProject } from './build-project.ts';
import type { BillingPeriodData, CostCodeData, CostTypeData, ProjectData } from './company.ts';
import type { ContractStatus } from './contract-fields.ts';
import { deleteContract } from './contract-writes.ts';
import { releaseOriginId } from './origin-ids.ts';
import { change, found } from './people-acts.ts';
import type { BudgetPeople } from './people-budget.ts';
import { budgetPeople } from './people-budget.ts';
import type { VendorPeople } from './people-vendors.ts';
import { vendorPeople } from './people-vendors.ts';
import type { WebhookPeople } from './people-webhooks.ts';
import { webhookPeople } from './people-webhooks.ts';
import type {
  BillingPeriod,
  Company,
  Contract,
  CostCode,
  CostType,
  Project,
  Requisition,
} from './records.ts';
import type { RequisitionStatus } from './requisition-fields.ts';
import type { Author } from './webhooks/watch.ts';
import type { World } from './world.ts';

/** What people do in Procore's own pages. Throws where the record is unknown. */
export interface People extends BudgetPeople, VendorPeople, WebhookPeople {
  addCostType(type: CostTypeData): CostType;
  addProject(project: ProjectData): Project;
  renameProject(projectId: number, name: string): void;
  renumberProject(projectId: number, number: string): void;
  setProjectActive(projectId: number, active: boolean): void;
  setContractStatus(contractId: number, status: ContractStatus): void;
  /** Deletes a commitment with its invoices, whatever its status. */
  deleteContract(contractId: number): void;
  setRequisitionStatus(requisitionId: number, status: RequisitionStatus): void;
  deleteRequisition(requisitionId: number): void;
  /** Deletes a direct cost, locked or not. */
  deleteDirectCost(directCostId: number): void;
  addBillingPeriod(projectId: number, period: BillingPeriodData): BillingPeriod;
  closeBillingPeriod(projectId: number, periodId: number): void;
  addCostCode(projectId: number, code: CostCodeData): CostCode;
  renameCostCode(projectId: number, codeId: number, name: string): void;
  deleteCostCode(projectId: number, codeId: number): void;
}

type Changing = <T>(company: Company, author: Author, work: () => T) => T;

/** The acts of one company's people; `changing` hears of each before it is done. */
export function people(world: World, company: Company, changing: Changing): People {
  const author = { userId: () => world.userId(`people of ${company.id}`), applicationId: null };
  const acts = {
    ...recordPeople(world, company),
    ...budgetPeople(world, company),
    ...vendorPeople(world, company),
    ...webhookPeople(world, company),
  };
  const told = Object.entries(acts).map(([name, act]) => [
    name,
    (...given: unknown[]) =>
      changing(company, author, () => (act as (...given: unknown[]) => unknown)(...given)),
  ]);
  return Object.fromEntries(told) as People;
}

function recordPeople(
  world: World,
  company: Company,
): Omit<People, keyof BudgetPeople | keyof VendorPeople | keyof WebhookPeople> {
  const projectOf = (id: number) => found(company.projects.get(id), id);
  return {
    addCostType: (type) => addCostType(world, company, type),
    addProject: (data) => {
      const project = buildProject(world, company, data);
      company.projects.set(project.id, project);
      return project;
    },
    renameProject: (id, name) => void change(world, projectOf(id), { name }),
    renumberProject: (id, number) => void change(world, projectOf(id), { project_number: number }),
    setProjectActive: (id, active) => void change(world, projectOf(id), { active }),
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
    deleteDirectCost: (id) => {
      const project = found(
        [...company.projects.values()].find(({ directCosts }) => directCosts.has(id)),
        id,
      );
      const { lines, origin_id } = found(project.directCosts.get(id), id);
      project.directCosts.delete(id);
      releaseOriginId(world, company, 'direct-cost', origin_id);
      for (const line of lines) releaseOriginId(world, company, 'direct-cost-line', line.origin_id);
    },
    addBillingPeriod: (id, period) => addBillingPeriod(world, projectOf(id), period),
    closeBillingPeriod: (id, periodId) => {
      change(world, found(projectOf(id).periods.get(periodId), periodId), { status: 'closed' });
    },
    addCostCode: (id, code) => addCostCode(world, projectOf(id), code),
    renameCostCode: (id, codeId, name) => {
      change(world, found(projectOf(id).costCodes.get(codeId), codeId), { name });
    },
    deleteCostCode: (id, codeId) => {
      const { costCodes, wbsCodes } = projectOf(id);
      costCodes.delete(found(costCodes.get(codeId), codeId).id);
      for (const code of wbsCodes.values()) if (code.costCodeId === codeId) wbsCodes.delete(code.id);
    },
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
