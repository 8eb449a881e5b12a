import type { SeedBill } from './bill.ts';
import { bill, billed } from './bill.ts';
import { item, work } from './order.ts';
import { orderOf } from './orders.ts';

/** Bills that belong to an order: whole, in parts, under the supplier's own number, with freight, and some undone. */
export const BILLS_OF_ORDERS: readonly SeedBill[] = [
  billed('PO-1201', '1', 96, { paid: 66 }),
  billed('PO-1201', '1', 88, { status: 'VOIDED' }),
  billed('PO-1202', '1', 92, { paid: 62, reference: 'HCS-40117' }),
  billed('PO-1203', '0.4', 91, { paid: 61 }),
  billed('PO-1203', '0.35', 80, { paid: 50 }),
  billed('PO-1203', '0.25', 66, { paid: 36 }),
  billed('PO-1204', '0.5', 84, { part: [54, '0.9'] }),
  billed('PO-1204', '0.5', 60, { part: [30, '0.5'] }),
  billed('PO-1205', '0.6', 86, { paid: 56 }),
  billed('PO-1205', '0.4', 71, {
    paid: 41,
    extra: [
      item('FRT', '1', '180', {
        project: 'oak',
        area: 'Concrete',
        budgetCode: '01-650.M',
        description: 'Short load fee',
      }),
    ],
  }),
  billed('PO-1206', '1', 82, { paid: 52, reference: 'CER 77120' }),
  billed('PO-1207', '1', 78, {
    paid: 48,
    extra: [item('FRT', '2', '240', { project: 'oak', budgetCode: '01-650.M' })],
  }),
  billed('PO-1208', '0.3', 75, { paid: 45 }),
  billed('PO-1208', '0.3', 53, { part: [38, '0.9'], paid: 8 }),
  billed('PO-1208', '0.25', 25),
  billed('PO-1209', '0.5', 73, { paid: 43 }),
  billed('PO-1209', '0.5', 47, { paid: 17 }),
  billed('PO-1210', '0.4', 70, { paid: 40 }),
  billed('PO-1210', '0.3', 42, { part: [12, '0.5'] }),
  billed('PO-1211', '1', 65, { paid: 35 }),
  billed('PO-1212', '0.5', 63, { paid: 33, reference: 'CER 77388 / PO-1212' }),
  billed('PO-1212', '0.5', 34),
  billed('PO-1213', '1', 61, { paid: 31, only: [0, 6] }),
  billed('PO-1213', '1', 44, { part: [14, '0.4'], only: [6, 12] }),
  billed('PO-1214', '1', 58, { paid: 28, reference: '2291' }),
  billed('PO-1216', '0.5', 50, { paid: 20 }),
  billed('PO-1216', '0.25', 22),
  billed('PO-1217', '1', 54, { paid: 24 }),
  billed('PO-1219', '1', 46, { paid: 16 }),
  billed('PO-1220', '1', 43),
  billed('PO-1221', '0.5', 41, { paid: 11 }),
  billed('PO-1221', '0.5', 19),
  billed('PO-1222', '0.35', 32, { part: [8, '0.9'] }),
  billed('PO-1222', '0.35', 10),
  billed('PO-1223', '0.5', 31, { paid: 3 }),
  billed('PO-1224', '1', 29, { reference: 'BES/118842' }),
  bill('PO-1215, PO-1227', 'lonestar', 28, { paid: 5, orders: ['PO-1215', 'PO-1227'] }, [
    ...billed('PO-1215', '1', 28).lines,
    ...orderOf('PO-1227').lines,
  ]),
  billed('PO-1226', '1', 26),
  billed('PO-1228', '0.5', 21),
  billed('PO-1230', '1', 17, { status: 'SUBMITTED' }),
  billed('PO-1231', '0.4', 13),
  billed('PO-1231', '0.2', 5, { status: 'DRAFT' }),
  billed('PO-1234', '1', 8, {
    extra: [
      work('5400', 'Fuel surcharge', '62.5', { project: 'riverside', area: 'Steel', budgetCode: '01-650.M' }),
    ],
  }),
  billed('PO-1235', '1', 7, { paid: 1, reference: 'MOP-55102' }),
  billed('PO-1236', '0.3', 4, { status: 'SUBMITTED' }),
  billed('PO-1240', '1', 1, { status: 'DRAFT' }),
];
