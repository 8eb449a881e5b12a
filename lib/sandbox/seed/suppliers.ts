/** The contractor's twelve suppliers as Xero knows them, and its customers. */

export interface Supplier {
  name: string;
  email?: string;
  /** Area code and number as typed; the country code is 1. */
  phone?: [area: string, number: string];
  street: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  /** What Procore calls it. Absent: Procore does not know it. Several: nobody can tell which. */
  inProcore?: string[];
}

const austin = { city: 'Austin', region: 'TX', country: 'USA' };

export const SUPPLIERS = {
  acme: {
    ...austin,
    name: 'ACME Concrete LLC',
    email: 'dispatch@acmeconcrete.example',
    phone: ['512', '555-0111'],
    street: '8801 Johnny Morris Rd',
    postalCode: '78724',
    inProcore: ['Acme Concrete, LLC'],
  },
  lonestar: {
    name: 'Lone Star Lumber & Supply Inc',
    email: 'orders@lonestarlumber.example',
    phone: ['512', '555-0124'],
    street: '1420 N Interstate 35',
    city: 'Round Rock',
    region: 'TX',
    postalCode: '78681',
    country: 'USA',
    inProcore: ['Lone Star Lumber and Supply, Inc.'],
  },
  hillcountry: {
    name: 'Hill Country Steel Fabricators, Inc.',
    email: 'ap@hcsteel.example',
    phone: ['830', '555-0142'],
    street: '255 Industrial Loop',
    city: 'Fredericksburg',
    region: 'TX',
    postalCode: '78624',
    country: 'United States',
    inProcore: ['HILL COUNTRY STEEL FABRICATORS'],
  },
  bluebonnet: {
    ...austin,
    name: 'Bluebonnet Electric Supply',
    email: 'counter@bluebonnetelectric.example',
    phone: ['512', '555-0155'],
    street: '5610 Burleson Rd, Suite 200',
    postalCode: '78744',
    inProcore: ['Bluebonnet Electric Supply'],
  },
  riogrande: {
    name: 'Rio Grande Plumbing & Mechanical, LLC',
    email: 'billing@riograndepm.example',
    phone: ['210', '555-0163'],
    street: '914 Culebra Ave',
    city: 'San Antonio',
    region: 'TX',
    postalCode: '78201',
    country: 'USA',
    inProcore: ['Rio Grande Plumbing and Mechanical'],
  },
  pecan: {
    ...austin,
    name: 'Pecan Valley Drywall',
    phone: ['512', '555-0170'],
    street: '2209 Kramer Ln',
    postalCode: '78758',
    inProcore: ['Pecan Valley Drywall, Inc.'],
  },
  capitol: {
    ...austin,
    name: 'Capitol Equipment Rentals, Inc.',
    email: 'rentals@capitolequipment.example',
    phone: ['512', '555-0181'],
    street: '10300 Metropolitan Dr',
    postalCode: '78758',
  },
  travis: {
    name: 'Travis Roofing & Sheet Metal',
    email: 'office@travisroofing.example',
    phone: ['512', '555-0186'],
    street: '77 Old San Antonio Rd',
    city: 'Buda',
    region: 'TX',
    postalCode: '78610',
    country: 'USA',
  },
  lakeline: {
    name: 'Lakeline Painting Contractors LLC',
    email: 'estimating@lakelinepainting.example',
    street: '601 Whitestone Blvd',
    city: 'Cedar Park',
    region: 'Texas',
    postalCode: '78613',
    country: 'US',
  },
  brazos: {
    name: 'Brazos Excavating',
    email: 'jim@brazosexcavating.example',
    phone: ['254', '555-0192'],
    street: '4400 S University Parks Dr',
    city: 'Waco',
    region: 'TX',
    postalCode: '76706',
    country: 'USA',
    inProcore: ['Brazos Excavating, LLC', 'Brazos Excavating Inc.'],
  },
  mapleleaf: {
    name: 'Maple Leaf Millwork Ltd.',
    email: 'sales@mapleleafmillwork.example',
    phone: ['416', '555-0195'],
    street: '120 Carlaw Avenue',
    city: 'Toronto',
    region: 'ON',
    postalCode: 'M4M 2R7',
    country: 'Canada',
  },
  mesquite: {
    ...austin,
    name: 'Mesquite Office Products',
    email: 'service@mesquiteoffice.example',
    phone: ['512', '555-0199'],
    street: '3300 Bee Caves Rd',
    postalCode: '78746',
  },
} as const satisfies Record<string, Supplier>;

export type SupplierKey = keyof typeof SUPPLIERS;

export function supplierOf(key: SupplierKey): Supplier {
  return SUPPLIERS[key];
}

/** Owners that the contractor bills; suppliers of nothing. */
export const CUSTOMERS = {
  riverside: 'Riverside Physicians Group, P.A.',
  oak: 'Oak Street Residential Partners LP',
  cedar: 'Cedar Creek Independent School District',
} as const;

/** Companies that Procore knows and Xero does not: designers and subcontractors paid elsewhere. */
export const OTHER_PROCORE_VENDORS = [
  'Whitlow Architects',
  'Ortega Structural Engineering, PLLC',
  'Summit Fire Protection Systems',
] as const;
