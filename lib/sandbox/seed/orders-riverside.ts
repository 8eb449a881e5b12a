import type { SeedOrder } from './order.ts';
import { item, order, remark, work } from './order.ts';

const project = 'riverside';
const electrical = { budgetCode: '26-100.M' };

/** Orders of the medical office building: concrete and steel, then roof and rough-in. */
export const RIVERSIDE_ORDERS: SeedOrder[] = [
  order('PO-1201', { supplier: 'acme', status: 'BILLED', daysAgo: 104, project, area: 'Concrete' }, [
    item('CON-3000', '62.5', '148.75', { budgetCode: '03-300.M' }),
    item('CON-PUMP', '6', '185', { budgetCode: '03-300.E' }),
    item('FRT', '1', '240', { budgetCode: '01-650.M', description: 'Short load fee' }),
  ]),
  order('PO-1202', { supplier: 'hillcountry', status: 'BILLED', daysAgo: 101, project, area: 'Concrete' }, [
    item('STL-REB4', '480', '11.845', { budgetCode: '03-200.M' }),
    item('STL-REB5', '260', '17.9625', { budgetCode: '03-200.M' }),
    item('FRT', '1', '385', { budgetCode: '01-650.M' }),
  ]),
  order(
    'PO-1204',
    {
      supplier: 'brazos',
      status: 'AUTHORISED',
      daysAgo: 97,
      amounts: 'NoTax',
      project,
      area: 'Sitework',
      stays: { state: 'parked', code: 'vendor-ambiguous' },
    },
    [
      work('5100', 'Mass excavation and export, building pad', '38750', { budgetCode: '31-200.S' }),
      work('5100', 'Import and compact select fill, 12 in lifts', '21480.25', { budgetCode: '31-200.S' }),
    ],
  ),
  order('PO-1206', { supplier: 'capitol', status: 'AUTHORISED', daysAgo: 93, project }, [
    item('RNT-FNC', '640', '3.25', { budgetCode: '01-540.E' }),
    item('RNT-EXC', '10', '565', { budgetCode: '01-540.E' }),
  ]),
  order('PO-1208', { supplier: 'hillcountry', status: 'AUTHORISED', daysAgo: 88, project, area: 'Steel' }, [
    item('STL-W12', '1180', '38.4175', { budgetCode: '05-100.M' }),
    item('STL-DECK', '14200', '2.885', { budgetCode: '05-100.M' }),
    work('5100', 'Erect structural steel and deck, levels 1 to 3', '64500', { budgetCode: '05-100.S' }),
  ]),
  order(
    'PO-1213',
    { supplier: 'bluebonnet', status: 'AUTHORISED', daysAgo: 74, project, area: 'Electrical' },
    [
      item('ELE-EMT34', '420', '9.4125', electrical),
      item('ELE-EMT1', '160', '15.875', electrical),
      item('ELE-THHN12', '36', '82.35', electrical),
      item('ELE-THHN10', '14', '128.9', electrical),
      item('ELE-MC122', '48', '142.75', electrical),
      item('ELE-BOX4', '650', '2.6475', electrical),
      item('ELE-RCPT20', '410', '4.195', electrical),
      item('ELE-SW20', '125', '5.3825', electrical),
      item('ELE-BRK20', '84', '21.64', electrical),
      item('ELE-PNL200', '3', '1184.5', electrical),
      item('ELE-LED24', '196', '68.925', electrical),
      item('FRT', '1', '310', { budgetCode: '01-650.M' }),
    ],
  ),
  order(
    'PO-1216',
    {
      supplier: 'riogrande',
      status: 'AUTHORISED',
      daysAgo: 68,
      amounts: 'NoTax',
      project,
      area: 'Plumbing',
    },
    [
      work('5100', 'Underground rough-in', '48200', { budgetCode: '22-100.S' }),
      work('5100', 'Above-grade rough-in, floors 1 and 2', '61350.5', { budgetCode: '22-100.S' }),
      remark('Access to level 2 from the north stair only until the lift is released.'),
    ],
  ),
  order(
    'PO-1219',
    {
      supplier: 'acme',
      status: 'AUTHORISED',
      daysAgo: 60,
      amounts: 'Inclusive',
      project,
      area: 'Concrete',
    },
    [
      item('CON-4000', '118', '175.9063', { budgetCode: '03-300.M' }),
      item('CON-PUMP', '11', '200.2625', { budgetCode: '03-300.E' }),
    ],
  ),
  order(
    'PO-1222',
    { supplier: 'travis', status: 'AUTHORISED', daysAgo: 52, amounts: 'NoTax', project, area: 'Envelope' },
    [
      {
        ...work('5100', '60 mil TPO roof system, per square foot', '7.65', { budgetCode: '07-500.S' }),
        quantity: '18400',
      },
      work('5100', 'Coping and edge metal, prefinished', '12840', { budgetCode: '07-500.S' }),
    ],
  ),
  order('PO-1225', { supplier: 'lonestar', status: 'SUBMITTED', daysAgo: 44, project }, [
    item('TIM-PLY34', '180', '41.2275', { budgetCode: '06-160.M' }),
    item('TIM-2x4', '900', '4.125', { budgetCode: '06-100.M' }),
  ]),
  order('PO-1228', { supplier: 'capitol', status: 'AUTHORISED', daysAgo: 36, project }, [
    item('RNT-LIFT', '12', '412.5', { budgetCode: '01-540.E', discount: '7.5' }),
    item('FRT', '2', '165', { budgetCode: '01-650.M', description: 'Delivery and pick-up' }),
  ]),
  order('PO-1231', { supplier: 'pecan', status: 'AUTHORISED', daysAgo: 27, project, area: 'Interiors' }, [
    item('DRY-58X', '620', '17.865', { budgetCode: '09-250.M' }),
    item('DRY-12', '240', '14.22', { budgetCode: '09-250.M' }),
    item('DRY-MUD', '95', '16.48', { budgetCode: '09-250.M' }),
    work('5100', 'Hang, tape and finish to level 4, floor 1', '28400', { budgetCode: '09-250.S' }),
  ]),
  order('PO-1234', { supplier: 'hillcountry', status: 'AUTHORISED', daysAgo: 18, project, area: 'Steel' }, [
    item('STL-W12', '240', '38.4175', { budgetCode: '05-100.M' }),
    item('STL-DISC', '1', '-1250', {
      budgetCode: '05-100.M',
      description: 'Trade discount, late delivery of level 2',
    }),
    item('FRT', '1', '295', { budgetCode: '01-650.M' }),
  ]),
  order('PO-1237', { supplier: 'bluebonnet', status: 'SUBMITTED', daysAgo: 9, project, area: 'Electrical' }, [
    item('ELE-LED24', '64', '67.5465', electrical),
    item('ELE-MC122', '10', '142.75', electrical),
  ]),
  order(
    'PO-1239',
    {
      supplier: 'acme',
      status: 'DRAFT',
      daysAgo: 4,
      project,
      area: 'Concrete',
      stays: { state: 'left-out', code: 'status-below-setting' },
    },
    [item('CON-4000', '24', '164.25', { budgetCode: '03-300.M' })],
  ),
];
