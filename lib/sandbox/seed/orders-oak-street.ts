import type { SeedOrder } from './order.ts';
import { item, order, work } from './order.ts';

const project = 'oak';
/** On this wood-frame job all lumber is one budget code. */
const framing = { budgetCode: '06-110.M' };

/** Orders of the apartment building: five storeys of wood framing on a concrete podium. */
export const OAK_STREET_ORDERS: SeedOrder[] = [
  order('PO-1203', { supplier: 'lonestar', status: 'BILLED', daysAgo: 99, project }, [
    item('TIM-2x4', '2400', '3.9875', framing),
    item('TIM-2x6', '860', '7.215', framing),
    item('TIM-OSB716', '620', '14.365', framing),
    item('FRT', '3', '240', { budgetCode: '01-650.M' }),
  ]),
  order('PO-1205', { supplier: 'acme', status: 'AUTHORISED', daysAgo: 95, project, area: 'Concrete' }, [
    item('CON-4000', '210', '162.5', { budgetCode: '03-300.M' }),
    item('STL-REB4', '320', '11.845', { budgetCode: '03-200.M' }),
    item('CON-PUMP', '14.5', '185', { budgetCode: '03-300.E' }),
    work('5100', 'Place and finish podium slab, area B', '26900', { budgetCode: '03-300.S' }),
  ]),
  order('PO-1207', { supplier: 'lonestar', status: 'AUTHORISED', daysAgo: 90, project }, [
    item('TIM-LVL', '1640', '9.8725', framing),
    item('TIM-2x6', '1250', '7.215', framing),
    item('INS-R19', '9600', '0.7825', { budgetCode: '07-200.M' }),
  ]),
  order(
    'PO-1210',
    {
      supplier: 'riogrande',
      status: 'AUTHORISED',
      daysAgo: 82,
      amounts: 'NoTax',
      project,
      area: 'Plumbing',
    },
    [
      work('5100', 'Plumbing rough-in, units 101 to 124', '86400', { budgetCode: '22-100.S' }),
      work('5100', 'Plumbing rough-in, units 201 to 224', '86400', { budgetCode: '22-100.S' }),
      work('5100', 'Domestic water riser and backflow preventer', '23175.75', { budgetCode: '22-100.S' }),
    ],
  ),
  order('PO-1212', { supplier: 'capitol', status: 'AUTHORISED', daysAgo: 77, project }, [
    item('RNT-EXC', '22', '565', { budgetCode: '01-540.E' }),
    item('RNT-FNC', '1180', '2.9875', { budgetCode: '01-540.E' }),
  ]),
  order('PO-1215', { supplier: 'lonestar', status: 'AUTHORISED', daysAgo: 70, project }, [
    item('TIM-2x4', '3600', '3.8525', { ...framing, discount: '5' }),
    item('TIM-PLY34', '410', '40.195', { ...framing, discount: '5' }),
    item('TIM-OSB716', '540', '14.025', { ...framing, discount: '5' }),
  ]),
  order(
    'PO-1218',
    { supplier: 'travis', status: 'SUBMITTED', daysAgo: 64, amounts: 'NoTax', project, area: 'Envelope' },
    [work('5100', 'Standing seam canopy and gutters', '34625', { budgetCode: '07-500.S' })],
  ),
  order('PO-1221', { supplier: 'pecan', status: 'AUTHORISED', daysAgo: 55, project, area: 'Interiors' }, [
    item('DRY-12', '1450', '14.22', { budgetCode: '09-250.M' }),
    item('DRY-58X', '880', '17.865', { budgetCode: '09-250.M' }),
    item('DRY-BEAD', '20', '0', {
      budgetCode: '09-250.M',
      description: 'Corner bead, trial box at no charge',
    }),
  ]),
  order(
    'PO-1224',
    {
      supplier: 'bluebonnet',
      status: 'AUTHORISED',
      daysAgo: 46,
      amounts: 'Inclusive',
      project,
      area: 'Electrical',
    },
    [
      item('ELE-PNL200', '6', '1282.2213', { budgetCode: '26-100.M' }),
      item('ELE-MC122', '120', '154.5269', { budgetCode: '26-100.M' }),
      item('ELE-RCPT20', '960', '4.5411', { budgetCode: '26-100.M' }),
    ],
  ),
  order('PO-1227', { supplier: 'lonestar', status: 'AUTHORISED', daysAgo: 39, project }, [
    item('TIM-2x6', '740', '7.095', framing),
    item('TIM-OSB716', '300', '13.9475', framing),
    item('TIM-OSB716', '96', '13.9475', { budgetCode: '06-160.M', project: 'riverside' }),
    item('TIM-2x4', '350', '3.975', { budgetCode: '06-100.M', project: 'riverside' }),
  ]),
  order(
    'PO-1230',
    {
      supplier: 'capitol',
      status: 'AUTHORISED',
      daysAgo: 30,
      project,
      stays: { state: 'parked', code: 'account-unmapped' },
    },
    [
      item('RNT-LIFT', '4', '412.5', { budgetCode: '01-540.E' }),
      work('5900', 'Damage waiver, to be split at month end', '618.4'),
    ],
  ),
  order(
    'PO-1233',
    {
      supplier: 'lonestar',
      status: 'DRAFT',
      daysAgo: 21,
      project,
      stays: { state: 'left-out', code: 'status-below-setting' },
    },
    [item('TIM-LVL', '220', '9.8725', framing), item('TIM-PLY34', '60', '41.2275', framing)],
  ),
  order('PO-1236', { supplier: 'riogrande', status: 'AUTHORISED', daysAgo: 12, project, area: 'Plumbing' }, [
    item('PLB-PEX12', '64', '118.4', { budgetCode: '22-100.M' }),
    item('PLB-WC', '48', '246.85', { budgetCode: '22-100.M', discount: '12.5' }),
  ]),
  order(
    'PO-1238',
    {
      supplier: 'lakeline',
      status: 'DRAFT',
      daysAgo: 6,
      project,
      area: 'Interiors',
      stays: { state: 'left-out', code: 'status-below-setting' },
    },
    [work('5100', 'Paint corridors, levels 1 to 3', '18900', { budgetCode: '09-250.S' })],
  ),
];
