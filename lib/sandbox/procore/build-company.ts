import { buildProject } from './build-project.ts';
import type { CostTypeData, ProcoreCompanyData, VendorData } from './company.ts';
import { claimOriginId } from './origin-ids.ts';
import type { Company, CostType, Vendor } from './records.ts';
import type { World } from './world.ts';
import { stamps } from './world.ts';

/** Makes a company of its seed. Throws where the seed names a record that it does not hold. */
export function buildCompany(world: World, data: ProcoreCompanyData): Company {
  const company: Company = {
    id: data.id,
    name: data.name,
    vendors: new Map(),
    costTypes: new Map(),
    taxCodes: (data.taxCodes ?? []).map((code) => ({
      id: code.id ?? world.nextId(),
      code: code.code,
      description: code.description ?? '',
      rate1: Number(code.rate),
    })),
    units: (data.units ?? []).map((name) => ({ id: world.nextId(), name })),
    projects: new Map(),
    originIds: new Map(),
    hooks: new Map(),
  };
  for (const type of data.costTypes) addCostType(world, company, type);
  for (const vendor of data.vendors ?? []) addVendor(world, company, vendor);
  for (const project of data.projects)
    company.projects.set(project.id, buildProject(world, company, project));
  return company;
}

/** Adds a cost type as a person would in the company's administration. */
export function addCostType(world: World, company: Company, data: CostTypeData): CostType {
  const type: CostType = {
    id: data.id ?? world.nextId(),
    segmentItemId: world.nextId(),
    code: data.code,
    name: data.name,
    base_type: data.baseType ?? 'other',
  };
  company.costTypes.set(type.id, type);
  return type;
}

/** Adds a vendor as a person would in Procore's company directory. */
export function addVendor(world: World, company: Company, data: VendorData): Vendor {
  const vendor: Vendor = {
    id: data.id ?? world.nextId(),
    name: data.name,
    is_active: data.active ?? true,
    origin_id: data.originId,
    origin_code: data.originCode,
    address: data.address,
    city: data.city,
    state_code: data.stateCode,
    zip: data.zip,
    country_code: data.countryCode,
    business_phone: data.phone,
    email_address: data.email,
    ...stamps(world),
  };
  claimOriginId(world, company, 'vendor', vendor.id, data.originId);
  company.vendors.set(vendor.id, vendor);
  return vendor;
}
