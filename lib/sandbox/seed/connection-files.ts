import { readFileSync } from 'node:fs';
import { CONTRACTOR, DEMO_CREDENTIALS } from './contractor.ts';
import { daysBefore } from './identity.ts';

/** The lookup table as the contractor's people keep it: the content of `mappings import`. */
export const RULES_CSV = read('./rules.csv');

/** Tracking options and their Procore projects: the content of `projects import`. */
export const PROJECTS_CSV = read('./projects.csv');

/** The content of `connect --file` for the seeded organisation: half a year of orders is carried over. */
export function connectionFile(today: string) {
  return {
    name: CONTRACTOR.name,
    xero: {
      grant: 'refresh_token' as const,
      ...DEMO_CREDENTIALS.xero,
      tenantId: CONTRACTOR.tenantId,
    },
    procore: { ...DEMO_CREDENTIALS.procore, companyId: String(CONTRACTOR.procoreCompanyId) },
    settings: { startDate: daysBefore(today, 183) },
  };
}

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
