import { bill, editBill, order, pay, setOffPrepayment, together, unpay, voidBill } from './deeds.ts';
import { story, tell } from './story.ts';

const WHOLE = order('PO-9001', 'concrete 1000, freight 120');

tell('a bill of an order', [
  story('is paid in two parts', [
    [WHOLE, 'committed concrete 1000, freight 120; drafts 1120'],
    [
      bill('first', { of: 'PO-9001', DueDate: '2026-12-22' }),
      'billed concrete 1000, freight 120; drafts nothing; numbers PO-9001; due 2026-12-22',
    ],
    [pay('first', 400, { on: '2026-11-25' }), 'paid 400; payments 400 on 2026-11-25'],
    [pay('first', undefined, { on: '2026-12-01' }), 'paid 1120; payments 400 on 2026-11-25, 720 on 2026-12-01'],
  ]),
  story('has a payment removed, and entered again', [
    [WHOLE, 'committed concrete 1000, freight 120'],
    [together(bill('first', { of: 'PO-9001' }), pay('first', 1120)), 'billed concrete 1000, freight 120; paid 1120'],
    [unpay('first'), 'paid nothing'],
    [pay('first', 1120, { on: '2026-11-30' }), 'paid 1120; payments 1120 on 2026-11-30'],
  ]),
]);
