/** The contractor's chart of accounts, price list and tracking categories, as they stand in Xero. */

export interface Account {
  code: string;
  name: string;
  type: 'BANK' | 'REVENUE' | 'DIRECTCOSTS' | 'OVERHEADS' | 'CURRLIAB' | 'CURRENT';
  /** `INPUT`: bought with sales tax; `NONE`: without. */
  tax: 'INPUT' | 'OUTPUT' | 'NONE';
}

export const ACCOUNTS: readonly Account[] = [
  { code: '1000', name: 'Operating Checking', type: 'BANK', tax: 'NONE' },
  { code: '1200', name: 'Accounts Receivable', type: 'CURRENT', tax: 'NONE' },
  { code: '2000', name: 'Accounts Payable', type: 'CURRLIAB', tax: 'NONE' },
  { code: '2200', name: 'Sales Tax', type: 'CURRLIAB', tax: 'NONE' },
  { code: '4000', name: 'Contract Revenue', type: 'REVENUE', tax: 'NONE' },
  { code: '5000', name: 'Job Materials', type: 'DIRECTCOSTS', tax: 'INPUT' },
  { code: '5100', name: 'Subcontractors', type: 'DIRECTCOSTS', tax: 'NONE' },
  { code: '5200', name: 'Equipment Rental', type: 'DIRECTCOSTS', tax: 'INPUT' },
  { code: '5300', name: 'Permits and Inspections', type: 'DIRECTCOSTS', tax: 'NONE' },
  { code: '5400', name: 'Freight and Delivery', type: 'DIRECTCOSTS', tax: 'NONE' },
  { code: '5500', name: 'Temporary Labor', type: 'DIRECTCOSTS', tax: 'NONE' },
  { code: '5900', name: 'Job Costs to Allocate', type: 'DIRECTCOSTS', tax: 'NONE' },
  { code: '6100', name: 'Office Expenses', type: 'OVERHEADS', tax: 'INPUT' },
  { code: '6200', name: 'Fuel and Vehicles', type: 'OVERHEADS', tax: 'NONE' },
];

export interface Item {
  code: string;
  name: string;
  account: string;
  /** The price list's own price; orders may differ from it. */
  price: string;
}

export const ITEMS: readonly Item[] = [
  { code: 'TIM-2x4', name: '2x4x8 SPF stud, No. 2', account: '5000', price: '3.9875' },
  { code: 'TIM-2x6', name: '2x6x10 SPF, No. 2', account: '5000', price: '7.2150' },
  { code: 'TIM-LVL', name: 'LVL beam 1-3/4 x 11-7/8, per foot', account: '5000', price: '9.8725' },
  { code: 'TIM-PLY34', name: '3/4 in CDX plywood, 4x8 sheet', account: '5000', price: '41.2275' },
  { code: 'TIM-OSB716', name: '7/16 in OSB sheathing, 4x8 sheet', account: '5000', price: '14.3650' },
  { code: 'CON-3000', name: '3,000 psi ready-mix, per cubic yard', account: '5000', price: '148.7500' },
  { code: 'CON-4000', name: '4,000 psi ready-mix, per cubic yard', account: '5000', price: '162.5000' },
  { code: 'CON-PUMP', name: 'Boom pump with operator, per hour', account: '5000', price: '185.0000' },
  { code: 'STL-REB4', name: '#4 rebar, grade 60, 20 ft', account: '5000', price: '11.8450' },
  { code: 'STL-REB5', name: '#5 rebar, grade 60, 20 ft', account: '5000', price: '17.9625' },
  { code: 'STL-W12', name: 'W12x26 beam, per foot', account: '5000', price: '38.4175' },
  { code: 'STL-DECK', name: '20 ga metal deck, per square foot', account: '5000', price: '2.8850' },
  { code: 'STL-DISC', name: 'Trade discount on steel', account: '5000', price: '0.0000' },
  { code: 'DRY-12', name: '1/2 in gypsum board, 4x12', account: '5000', price: '14.2200' },
  { code: 'DRY-58X', name: '5/8 in Type X gypsum board, 4x12', account: '5000', price: '17.8650' },
  { code: 'DRY-MUD', name: 'Joint compound, 4.5 gal', account: '5000', price: '16.4800' },
  { code: 'DRY-BEAD', name: 'Corner bead, 10 ft', account: '5000', price: '3.1250' },
  { code: 'INS-R19', name: 'R-19 batt insulation, per square foot', account: '5000', price: '0.7825' },
  { code: 'ELE-EMT34', name: '3/4 in EMT conduit, 10 ft', account: '5000', price: '9.4125' },
  { code: 'ELE-EMT1', name: '1 in EMT conduit, 10 ft', account: '5000', price: '15.8750' },
  { code: 'ELE-THHN12', name: 'THHN 12 AWG, 500 ft reel', account: '5000', price: '82.3500' },
  { code: 'ELE-THHN10', name: 'THHN 10 AWG, 500 ft reel', account: '5000', price: '128.9000' },
  { code: 'ELE-MC122', name: 'MC cable 12/2, 250 ft', account: '5000', price: '142.7500' },
  { code: 'ELE-BOX4', name: '4 in square box, 2-1/8 deep', account: '5000', price: '2.6475' },
  { code: 'ELE-RCPT20', name: '20 A receptacle, commercial grade', account: '5000', price: '4.1950' },
  { code: 'ELE-SW20', name: '20 A switch, commercial grade', account: '5000', price: '5.3825' },
  { code: 'ELE-BRK20', name: '20 A breaker, bolt-on', account: '5000', price: '21.6400' },
  { code: 'ELE-PNL200', name: '200 A panelboard, 42 circuit', account: '5000', price: '1184.5000' },
  { code: 'ELE-LED24', name: '2x4 LED troffer, 4,000 K', account: '5000', price: '68.9250' },
  { code: 'PLB-PEX12', name: '1/2 in PEX-A tubing, 300 ft coil', account: '5000', price: '118.4000' },
  { code: 'PLB-WC', name: 'Water closet, 1.28 gpf, ADA', account: '5000', price: '246.8500' },
  { code: 'PNT-INT', name: 'Interior acrylic, eggshell, 5 gal', account: '5000', price: '138.7500' },
  { code: 'PNT-PRM', name: 'PVA primer, 5 gal', account: '5000', price: '74.2500' },
  { code: 'RNT-EXC', name: 'Excavator 20 t, per day', account: '5200', price: '565.0000' },
  { code: 'RNT-LIFT', name: 'Scissor lift 26 ft, per week', account: '5200', price: '412.5000' },
  { code: 'RNT-FNC', name: 'Temporary fence, per foot', account: '5200', price: '3.2500' },
  { code: 'FRT', name: 'Freight and delivery', account: '5400', price: '240.0000' },
];

/** The option of the tracking category `Project` for each job. The last one is not set up in Procore yet. */
export const PROJECT_OPTIONS = {
  riverside: 'Riverside Medical',
  oak: 'Oak Street Apts',
  cedar: 'Cedar Elementary',
  harbor: 'Harbor Point Garage',
} as const;
export type ProjectKey = keyof typeof PROJECT_OPTIONS;

const COST_AREAS = [
  'Sitework',
  'Concrete',
  'Steel',
  'Envelope',
  'Interiors',
  'Plumbing',
  'Electrical',
] as const;
export type CostArea = (typeof COST_AREAS)[number];

export const TRACKING = [
  { name: 'Project', options: Object.values(PROJECT_OPTIONS) },
  { name: 'Cost Area', options: COST_AREAS },
] as const;

export function accountOf(code: string): Account {
  return known(
    ACCOUNTS.find((account) => account.code === code),
    code,
  );
}

export function itemOf(code: string): Item {
  return known(
    ITEMS.find((item) => item.code === code),
    code,
  );
}

function known<T>(found: T | undefined, code: string): T {
  if (found === undefined) throw new Error(`The seed's chart has no ${code}`);
  return found;
}
