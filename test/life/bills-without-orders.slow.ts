import { bill, editBill, order, pay, unpay, voidBill } from './deeds.ts';
import { story, tell } from './story.ts';

const HUNDRED_AND_TWENTY = Array.from({ length: 120 }, () => 'permit 1').join(', ');

tell('a bill without an order', [
  story('is a direct cost, with the day on which nothing was due any more', [
    [
      bill('LS-1', { lines: 'concrete 300, freight 20' }),
      'direct concrete 300, freight 20; costs LS-1 paid not yet',
    ],
    [pay('LS-1', 100), 'costs LS-1 paid not yet'],
    [pay('LS-1', undefined, { on: '2026-12-02' }), 'costs LS-1 paid 2026-12-02'],
    [unpay('LS-1'), 'costs LS-1 paid not yet'],
  ]),
  story('is edited: amount, lines and number follow', [
    [bill('LS-1', { lines: 'concrete 300, freight 20' }), 'direct concrete 300, freight 20'],
    [editBill('LS-1', 'concrete 250, permit 40'), 'direct concrete 250, permit 40'],
    [
      editBill('LS-1', 'permit 40', { anew: true, InvoiceNumber: 'LS-1a' }),
      'direct permit 40; numbers LS-1a',
    ],
  ]),
  story('is voided', [
    [bill('LS-1', { lines: 'concrete 300' }), 'direct concrete 300'],
    [voidBill('LS-1'), 'direct nothing; costs nothing; left-out LS-1 deleted-in-xero'],
  ]),
  story('is for several projects: a direct cost in each', [
    [
      bill('LS-1', { lines: 'concrete 300, concrete@oak 200' }),
      'direct concrete 300, concrete@oak 200; numbers LS-1, LS-1',
    ],
    [editBill('LS-1', 'concrete@oak 500'), 'direct concrete@oak 500; numbers LS-1'],
  ]),
  story('moves to another project', [
    [bill('LS-1', { lines: 'concrete 300' }), 'direct concrete 300'],
    [editBill('LS-1', 'concrete@oak 300'), 'direct concrete@oak 300'],
    [editBill('LS-1', 'concrete 300'), 'direct concrete 300'],
  ]),
  story('has more lines than a direct cost takes, and then fewer', [
    [bill('LS-1', { lines: HUNDRED_AND_TWENTY }), 'direct permit 120; numbers LS-1, LS-1'],
    [editBill('LS-1', 'permit 30'), 'direct permit 30; numbers LS-1'],
  ]),
  story('is given to another supplier', [
    [bill('LS-1', { lines: 'concrete 300' }), 'direct concrete 300'],
    [editBill('LS-1', undefined, { from: 'acme' }), 'direct concrete 300'],
  ]),
  story('brings freight beside what its order has: the order’s part is billed, the freight a direct cost', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [
      bill('first', { of: 'PO-9001', lines: 'concrete 1000, freight 80' }),
      'billed concrete 1000; direct freight 80; numbers PO-9001, PO-9001',
    ],
    [pay('first', 540), 'paid 500; costs PO-9001 paid not yet'],
    [pay('first'), 'paid 1000; costs PO-9001 paid 2026-11-25'],
    [unpay('first'), 'paid 500; costs PO-9001 paid not yet'],
    [editBill('first', 'concrete 1000'), 'direct nothing; paid 540'],
  ]),
  story(
    'is left out where the connection makes no direct costs',
    [[bill('LS-1', { lines: 'concrete 300' }), 'left-out LS-1 direct-costs-off']],
    { settings: { directCosts: 'off' } },
  ),
  story(
    'of freight beside an order is parked where the connection makes no direct costs',
    [
      [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 1000, freight 80' }), 'parked first bill-has-extras'],
      [editBill('first', 'concrete 1000'), 'billed concrete 1000; parked nothing'],
    ],
    { settings: { directCosts: 'off' } },
  ),
]);
