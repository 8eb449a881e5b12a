import type { SeedOrder } from './order.ts';
import { item, order, remark, work } from './order.ts';

const project = 'cedar';

/** Orders of the school renovation (interiors while the pupils are away), and those of no running job. */
export const CEDAR_ORDERS: SeedOrder[] = [
  order(
    'PO-1209',
    { supplier: 'pecan', status: 'AUTHORISED', daysAgo: 85, amounts: 'NoTax', project, area: 'Interiors' },
    [
      work('5100', 'Demolish partitions, east wing', '17350', { budgetCode: '09-250.S' }),
      work('5100', 'Frame and board new partitions, east wing', '42980', { budgetCode: '09-250.S' }),
      work('5500', 'Two laborers, protection and clean-up, 3 weeks', '7680', { budgetCode: '01-510.L' }),
    ],
  ),
  order(
    'PO-1211',
    {
      supplier: 'capitol',
      status: 'AUTHORISED',
      daysAgo: 79,
      project: 'harbor',
      stays: { state: 'parked', code: 'project-unmapped' },
    },
    [item('RNT-FNC', '900', '3.25', { budgetCode: '01-540.E' })],
  ),
  order('PO-1214', { supplier: 'lakeline', status: 'AUTHORISED', daysAgo: 72, project, area: 'Interiors' }, [
    item('PNT-PRM', '38', '74.25', { budgetCode: '09-900.M' }),
    item('PNT-INT', '52', '138.75', { budgetCode: '09-900.M' }),
    work('5500', 'Painters, four weeks of evenings', '21600', { budgetCode: '01-510.L' }),
  ]),
  order('PO-1217', { supplier: 'bluebonnet', status: 'BILLED', daysAgo: 65, project, area: 'Electrical' }, [
    item('ELE-LED24', '148', '68.925', { budgetCode: '26-100.M' }),
    item('ELE-SW20', '60', '5.3825', { budgetCode: '26-100.M' }),
  ]),
  order(
    'PO-1220',
    {
      supplier: 'acme',
      status: 'AUTHORISED',
      daysAgo: 58,
      amounts: 'NoTax',
      project,
      area: 'Sitework',
      stays: { state: 'parked', code: 'cost-code-not-in-project' },
    },
    [work('5100', 'Saw-cut and remove playground slab', '9860', { budgetCode: '31-200.S' })],
  ),
  order('PO-1223', { supplier: 'riogrande', status: 'AUTHORISED', daysAgo: 49, project, area: 'Plumbing' }, [
    item('PLB-WC', '22', '246.85', { budgetCode: '22-100.M' }),
    work('5100', 'Set fixtures and trim out, east wing', '11240', { budgetCode: '22-100.S' }),
    remark('Work between 4 pm and midnight; sign in with the school office.'),
  ]),
  order(
    'PO-1226',
    {
      supplier: 'mapleleaf',
      status: 'AUTHORISED',
      daysAgo: 41,
      amounts: 'NoTax',
      foreign: { currency: 'CAD', rate: '1.3725' },
      project,
      area: 'Interiors',
      stays: { state: 'parked', code: 'foreign-currency' },
    },
    [
      work('5100', 'Maple casework, six classrooms', '48650', { budgetCode: '09-250.S' }),
      work('5100', 'Library shelving', '12475.5', { budgetCode: '09-250.S' }),
    ],
  ),
  order('PO-1229', { supplier: 'lakeline', status: 'SUBMITTED', daysAgo: 33, project }, [
    item('PNT-INT', '18', '138.75', { budgetCode: '09-900.M' }),
    work('5300', 'Lead paint survey and clearance', '1950', { budgetCode: '01-410.O' }),
  ]),
  order(
    'PO-1232',
    {
      supplier: 'pecan',
      status: 'DELETED',
      daysAgo: 24,
      project,
      area: 'Interiors',
      stays: { state: 'left-out', code: 'deleted-in-xero' },
    },
    [item('DRY-58X', '310', '17.865', { budgetCode: '09-250.M' })],
  ),
  order(
    'PO-1235',
    {
      supplier: 'mesquite',
      status: 'AUTHORISED',
      daysAgo: 15,
      stays: { state: 'left-out', code: 'left-out-by-rule' },
    },
    [
      work('6100', 'Plotter paper and ink, head office', '684.2'),
      { ...work('6100', 'Desk chair, estimating', '312.75'), quantity: '2' },
    ],
  ),
  order('PO-1240', { supplier: 'lonestar', status: 'AUTHORISED', daysAgo: 2, project }, [
    item('TIM-2x4', '260', '4.0125', { budgetCode: '06-100.M' }),
    item('TIM-PLY34', '34', '41.2275', { budgetCode: '06-160.M' }),
    work('5000', 'Blades, screws and tarpaulins', '287.35', { budgetCode: '01-520.M' }),
    work('6200', 'Diesel for the yard truck', '96.4'),
  ]),
];
