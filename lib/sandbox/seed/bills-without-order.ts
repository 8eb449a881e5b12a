import type { SeedBill } from './bill.ts';
import { bill } from './bill.ts';
import { item, work } from './order.ts';

/** Bills that nobody ordered: small hires, repairs, errands and the office. */
export const BILLS_WITHOUT_ORDER: readonly SeedBill[] = [
  bill('CER 76980', 'capitol', 100, { paid: 70 }, [
    work('5200', 'Portable toilets, two units, one month', '318', {
      project: 'riverside',
      budgetCode: '01-540.E',
    }),
  ]),
  bill('BES/117903', 'bluebonnet', 87, { paid: 57 }, [
    item('ELE-BRK20', '4', '21.64', { project: 'oak', area: 'Electrical', budgetCode: '26-100.M' }),
    item('ELE-SW20', '6', '5.3825', { project: 'oak', area: 'Electrical', budgetCode: '26-100.M' }),
  ]),
  bill('MOP-54077', 'mesquite', 76, { paid: 46 }, [work('6100', 'Toner and paper', '212.4')]),
  bill('ACM 20931', 'acme', 69, { paid: 39 }, [
    item('CON-3000', '4.5', '158.25', { project: 'cedar', area: 'Concrete', budgetCode: '03-300.M' }),
    item('FRT', '1', '240', { project: 'cedar', budgetCode: '01-650.M', description: 'Short load fee' }),
  ]),
  bill('LSL-88120', 'lonestar', 59, { paid: 29 }, [
    work('5000', 'Joist hangers and screws', '436.18', { project: 'oak', budgetCode: '01-520.M' }),
  ]),
  bill('MOP-54391', 'mesquite', 48, { paid: 18 }, [work('6100', 'Copier lease, quarter', '895')]),
  bill('2304', 'lakeline', 38, { paid: 9 }, [
    work('5500', 'Touch-up crew, two days', '1480', {
      project: 'cedar',
      area: 'Interiors',
      budgetCode: '01-510.L',
    }),
  ]),
  bill('1187', 'brazos', 37, { part: [15, '0.5'] }, [
    work('5200', 'Trench pump, emergency call after the storm', '1265.5', {
      project: 'riverside',
      budgetCode: '01-540.E',
    }),
  ]),
  bill('RG 6102', 'riogrande', 24, {}, [
    work('5100', 'Repair of a water line cut by others', '2340', {
      project: 'oak',
      area: 'Plumbing',
      budgetCode: '22-100.S',
    }),
  ]),
  bill('T-3318', 'travis', 20, {}, [
    work('5100', 'Leak repair at the roof drain', '975', {
      project: 'riverside',
      area: 'Envelope',
      budgetCode: '07-500.S',
    }),
  ]),
  bill('PVD 774', 'pecan', 16, {}, [
    work('5100', 'Patch after the electrical inspection', '620', {
      project: 'riverside',
      area: 'Interiors',
      budgetCode: '09-250.S',
    }),
  ]),
  bill('2341', 'lakeline', 11, { status: 'SUBMITTED' }, [
    work('5300', 'Air clearance test, room 104', '385', { project: 'cedar', budgetCode: '01-410.O' }),
  ]),
  bill('MOP-55010', 'mesquite', 9, { status: 'DELETED' }, [work('6100', 'Toner, entered twice', '212.4')]),
  bill('CER 78215', 'capitol', 6, {}, [
    item('RNT-LIFT', '1', '412.5', { project: 'cedar', budgetCode: '01-540.E' }),
    work('6200', 'Fuel for the delivery truck', '48.75'),
  ]),
];
