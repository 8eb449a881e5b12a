import type { BillingPeriodData, BudgetLineData, CostCodeData } from '../procore/company.ts';
import type { ProjectKey } from './chart.ts';
import { daysBefore } from './identity.ts';

/** A job as Procore knows it. */
export interface SeedProject {
  id: number;
  number: string;
  name: string;
  address: string;
  /** Original budget per budget code, `03-300.M`, whole dollars; modifications where the owner changed his mind. */
  budget: Record<string, string | [original: string, modifications: string]>;
  /** How many months back the project's billing periods lie; 0 is the open one. */
  periods: number[];
}

export const PROJECTS: Record<Exclude<ProjectKey, 'harbor'>, SeedProject> = {
  riverside: {
    id: 598134325511042,
    number: '1042',
    name: 'Riverside Medical Office Building',
    address: '2400 Riverside Dr, Austin, TX 78741',
    periods: [3, 2, 1, 0],
    budget: {
      '01-410.O': '18000',
      '01-510.L': '46000',
      '01-520.M': '12000',
      '01-540.E': '52000',
      '01-650.M': '14000',
      '03-200.M': '38000',
      '03-300.M': '96000',
      '03-300.E': '16000',
      '03-300.S': '142000',
      '05-100.M': ['178000', '12500'],
      '05-100.S': '88000',
      '06-100.M': '24000',
      '06-160.M': '16500',
      '07-200.M': '21000',
      '07-500.S': '196000',
      '09-250.M': '64000',
      '09-250.S': '118000',
      '09-900.M': '19500',
      '22-100.M': '28000',
      '22-100.S': '184000',
      '26-100.M': '92000',
      '26-100.S': '210000',
      '31-200.S': '97000',
    },
  },
  oak: {
    id: 598134325511047,
    number: '1047',
    name: 'Oak Street Apartments',
    address: '615 Oak St, Round Rock, TX 78664',
    periods: [3, 2, 1, 0],
    budget: {
      '01-410.O': '42000',
      '01-510.L': '68000',
      '01-520.M': '22000',
      '01-540.E': '74000',
      '01-650.M': '18000',
      '03-200.M': '31000',
      '03-300.M': '128000',
      '03-300.E': '19000',
      '03-300.S': '164000',
      '06-110.M': ['236000', '-8000'],
      '07-200.M': '47500',
      '07-500.S': '121000',
      '09-250.M': '152000',
      '09-250.S': '268000',
      '09-900.M': '61000',
      '22-100.M': '84000',
      '22-100.S': '412000',
      '26-100.M': '138000',
      '31-200.S': '76000',
    },
  },
  cedar: {
    id: 598134325511051,
    number: '1051',
    name: 'Cedar Elementary School Renovation',
    address: '1300 Cedar Bend Dr, Austin, TX 78758',
    periods: [9],
    budget: {
      '01-410.O': '9500',
      '01-510.L': '42000',
      '01-520.M': '6500',
      '01-540.E': '14000',
      '01-650.M': '4500',
      '03-300.M': '12000',
      '06-100.M': '11000',
      '06-160.M': '8000',
      '09-250.M': '36000',
      '09-250.S': ['148000', '22000'],
      '09-900.M': '28000',
      '22-100.M': '24000',
      '22-100.S': '58000',
      '26-100.M': '46000',
    },
  },
};

/** Headings and, under them, the codes that can be booked on. */
const COST_CODES: Record<string, [name: string, leaves: Record<string, string>]> = {
  '01': [
    'General Requirements',
    {
      '01-410': 'Permits and Fees',
      '01-510': 'Temporary Labor',
      '01-520': 'Site Consumables',
      '01-540': 'Construction Equipment',
      '01-650': 'Freight and Delivery',
    },
  ],
  '03': ['Concrete', { '03-200': 'Concrete Reinforcing', '03-300': 'Cast-in-Place Concrete' }],
  '05': ['Metals', { '05-100': 'Structural Steel' }],
  '06': ['Wood', { '06-100': 'Rough Carpentry', '06-110': 'Wood Framing', '06-160': 'Sheathing' }],
  '07': ['Thermal and Moisture Protection', { '07-200': 'Insulation', '07-500': 'Membrane Roofing' }],
  '09': ['Finishes', { '09-250': 'Gypsum Board', '09-900': 'Painting' }],
  '22': ['Plumbing', { '22-100': 'Plumbing Piping and Fixtures' }],
  '26': ['Electrical', { '26-100': 'Electrical Distribution and Lighting' }],
  '31': ['Earthwork', { '31-200': 'Earth Moving' }],
};

/** The project's own cost codes: those of its budget, under their headings. */
export function costCodes(project: SeedProject): CostCodeData[] {
  const used = new Set(Object.keys(project.budget).map((code) => code.split('.')[0]));
  return Object.entries(COST_CODES).flatMap(([code, [name, leaves]]) => {
    const children = Object.entries(leaves).filter(([leaf]) => used.has(leaf));
    if (children.length === 0) return [];
    return [{ code, name }, ...children.map(([leaf, title]) => ({ code: leaf, name: title, parent: code }))];
  });
}

export function budgetLines(project: SeedProject): BudgetLineData[] {
  return Object.entries(project.budget).map(([budgetCode, amount]) => {
    const [costCode = '', costType = ''] = budgetCode.split('.');
    const [original, modifications] = typeof amount === 'string' ? [amount, '0'] : amount;
    return { costCode, costType, original: `${original}.00`, modifications: `${modifications}.00` };
  });
}

/** Whether a billing period is open, or covers the date. */
export function hasBillingPeriod(project: SeedProject, date: string, today: string): boolean {
  return billingPeriods(project, today).some(
    ({ status, start, end }) => status === 'open' || (start <= date && date <= end),
  );
}

/** Calendar months; invoices are due five days after the month's end. */
export function billingPeriods(project: SeedProject, today: string): BillingPeriodData[] {
  return project.periods.map((monthsBack) => {
    const start = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
    start.setUTCMonth(start.getUTCMonth() - monthsBack);
    const next = new Date(start);
    next.setUTCMonth(next.getUTCMonth() + 1);
    const end = daysBefore(next.toISOString().slice(0, 10), 1);
    return {
      start: start.toISOString().slice(0, 10),
      end,
      due: daysBefore(end, -5),
      status: monthsBack === 0 ? 'open' : 'closed',
    };
  });
}
