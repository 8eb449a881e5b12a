import type { CostTypeData, ProcoreCompanyData, VendorData } from '../procore/company.ts';
import { CONTRACTOR } from './contractor.ts';
import { billingPeriods, budgetLines, costCodes, PROJECTS } from './projects.ts';
import type { Supplier } from './suppliers.ts';
import { OTHER_PROCORE_VENDORS, SUPPLIERS } from './suppliers.ts';

const COST_TYPES: CostTypeData[] = [
  { code: 'L', name: 'Labor', baseType: 'other' },
  { code: 'M', name: 'Materials', baseType: 'materials' },
  { code: 'E', name: 'Equipment', baseType: 'equipment' },
  { code: 'S', name: 'Subcontract', baseType: 'commitment' },
  { code: 'C', name: 'Commitment', baseType: 'commitment' },
  { code: 'O', name: 'Other', baseType: 'other' },
];

/** The contractor's Procore before the connector came: projects, budgets, people's own vendors, no commitments. */
export function seedProcore(today: string): ProcoreCompanyData {
  const known = Object.values(SUPPLIERS).flatMap(asVendors);
  const others = OTHER_PROCORE_VENDORS.map((name) => ({ name }));
  return {
    id: CONTRACTOR.procoreCompanyId,
    name: CONTRACTOR.legalName,
    costTypes: COST_TYPES,
    units: ['ea', 'hr', 'lf', 'ls', 'sf', 'cy', 'ton'],
    vendors: [...known, ...others],
    projects: Object.values(PROJECTS).map((project) => ({
      id: project.id,
      name: project.name,
      number: project.number,
      vendors: [...OTHER_PROCORE_VENDORS.slice(0, 2), ...(project === PROJECTS.riverside ? longKnown() : [])],
      costCodes: costCodes(project),
      budgetLines: budgetLines(project),
      billingPeriods: billingPeriods(project, today),
    })),
  };
}

/** The medical office building is old enough for its directory to hold the regular suppliers. */
function longKnown(): string[] {
  const regulars = [SUPPLIERS.acme, SUPPLIERS.hillcountry, SUPPLIERS.bluebonnet];
  return regulars.flatMap(({ inProcore }) => inProcore);
}

function asVendors(supplier: Supplier): VendorData[] {
  return (supplier.inProcore ?? []).map((name) => ({
    name,
    city: supplier.city,
    stateCode: supplier.region,
    countryCode: 'US',
  }));
}
