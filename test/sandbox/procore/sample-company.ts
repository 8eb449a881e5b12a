import type { ProcoreCompanyData, ProjectSettings } from '../../../lib/sandbox/procore/company.ts';

export const COMPANY = 7_000_000_001;
export const PROJECT = 7_000_000_101;
export const SEGMENTED_PROJECT = 7_000_000_102;

/** A contractor with two vendors, a plain project and one whose budget codes have a required segment more. */
export function sampleCompany(settings: ProjectSettings = {}): ProcoreCompanyData {
  return {
    id: COMPANY,
    name: 'Ridgeline Builders',
    costTypes: [
      { code: 'L', name: 'Labor' },
      { code: 'M', name: 'Materials', baseType: 'materials' },
    ],
    vendors: [{ name: 'ABC Concrete' }, { name: 'North Steel', originId: 'erp:7' }],
    taxCodes: [{ code: 'GST', rate: '10' }],
    units: ['ls', 'sf'],
    projects: [
      {
        id: PROJECT,
        name: 'Oak Tower',
        number: '2026-01',
        vendors: ['ABC Concrete'],
        costCodes: [
          { code: '03', name: 'Concrete' },
          { code: '03-300', name: 'Cast in place', parent: '03' },
          { code: '05-100', name: 'Structural steel' },
        ],
        budgetLines: [{ costCode: '03-300', costType: 'M', original: '1000.00', modifications: '50.00' }],
        billingPeriods: [{ start: '2026-01-01', end: '2026-01-31', due: '2026-02-05', status: 'open' }],
        settings: { allowInvoicing: true, allowPayments: true, ...settings },
      },
      {
        id: SEGMENTED_PROJECT,
        name: 'Harbour Lofts',
        active: false,
        vendors: ['ABC Concrete'],
        costCodes: [{ code: '01-100', name: 'General' }],
        segments: [{ name: 'Building', required: true, items: [{ code: 'A', name: 'Building A' }] }],
      },
    ],
  };
}
