import type { SeedBill } from './bill.ts';
import type { SeedLine } from './order.ts';
import { item, work } from './order.ts';
import type { SupplierKey } from './suppliers.ts';

export interface SeedCreditNote {
  number: string;
  supplier: SupplierKey;
  status: 'DRAFT' | 'AUTHORISED';
  daysAgo: number;
  amounts: SeedBill['amounts'];
  lines: SeedLine[];
  /** The bill that it was set off against, and the share of the credit. */
  allocated?: { bill: string; share: string };
}

/** What suppliers gave back. Amounts are positive, as Xero keeps them. */
export const CREDIT_NOTES: readonly SeedCreditNote[] = [
  {
    number: 'LSL-CR-2207',
    supplier: 'lonestar',
    status: 'AUTHORISED',
    daysAgo: 72,
    amounts: 'Exclusive',
    lines: [
      item('TIM-OSB716', '40', '14.365', {
        project: 'oak',
        budgetCode: '06-110.M',
        description: 'Wet OSB returned',
      }),
    ],
    allocated: { bill: 'PO-1203 of 80 days ago', share: '1' },
  },
  {
    number: 'CR 1009',
    supplier: 'acme',
    status: 'AUTHORISED',
    daysAgo: 40,
    amounts: 'Exclusive',
    lines: [
      work('5000', 'Price correction, podium pour', '525', {
        project: 'oak',
        area: 'Concrete',
        budgetCode: '01-520.M',
      }),
    ],
  },
  {
    number: 'BES/CR/3310',
    supplier: 'bluebonnet',
    status: 'AUTHORISED',
    daysAgo: 27,
    amounts: 'Exclusive',
    lines: [
      item('ELE-THHN10', '4', '128.9', { project: 'riverside', area: 'Electrical', budgetCode: '26-100.M' }),
      item('ELE-EMT1', '30', '15.875', { project: 'riverside', area: 'Electrical', budgetCode: '26-100.M' }),
    ],
    allocated: { bill: 'PO-1213 of 44 days ago', share: '0.5' },
  },
  {
    number: 'PVD CR 61',
    supplier: 'pecan',
    status: 'DRAFT',
    daysAgo: 3,
    amounts: 'Exclusive',
    lines: [
      item('DRY-58X', '12', '17.865', { project: 'riverside', area: 'Interiors', budgetCode: '09-250.M' }),
    ],
  },
];
