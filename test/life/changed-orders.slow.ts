import { bill, deleteOrder, editBill, editOrder, match, order, pay, together, voidBill } from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('an order that is changed', [
  story('before it is billed takes its draft along', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [editOrder('PO-9001', 'concrete 1500'), 'committed concrete 1500; drafts 1500'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1500; drafts nothing'],
  ]),
  story('upwards after it was billed leaves the bill alone', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [
      editOrder('PO-9001', 'concrete 1500, freight 120'),
      'committed concrete 1500, freight 120; drafts nothing',
    ],
    [bill('second', { of: 'PO-9001', lines: 'concrete 500' }), 'billed concrete 1500, freight 120'],
  ]),
  story('downwards, but not below what is billed', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [editOrder('PO-9001', 'concrete 400, freight 120'), 'committed concrete 400, freight 120'],
  ]),
  story('below what is billed is parked; put back it goes on', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [editOrder('PO-9001', 'concrete 300, freight 120'), 'parked PO-9001 line-billed-already'],
    [
      editOrder('PO-9001', 'concrete 400, freight 100'),
      'committed concrete 400, freight 100; parked nothing',
    ],
  ]),
  story('loses a line that is billed: parked, and healed by voiding the bill', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'freight 120' }), 'billed freight 120'],
    [editOrder('PO-9001', 'concrete 1000'), 'parked PO-9001 line-billed-already'],
    [voidBill('first'), 'committed concrete 1000; billed nothing; parked nothing; drafts 1000'],
  ]),
  story('is parked for a billed line while another bill comes: that waits with it, and both go on', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'freight 120' }), 'billed freight 120'],
    [editOrder('PO-9001', 'concrete 900', { anew: true }), 'parked PO-9001 line-billed-already'],
    [
      bill('second', { of: 'PO-9001', lines: 'concrete 300' }),
      'parked PO-9001 line-billed-already, second order-not-posted',
    ],
    [
      editOrder('PO-9001', 'concrete 900, freight 120', { anew: true }),
      'committed concrete 900, freight 120; billed concrete 300, freight 120; parked nothing',
    ],
  ]),
  story('gains a line after it was billed', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [
      editOrder('PO-9001', 'concrete 1000, freight 120, pump 200'),
      'committed concrete 1000, freight 120, pump 200',
    ],
    [bill('second', { of: 'PO-9001', lines: 'pump 200' }), 'billed concrete 1000, freight 120, pump 200'],
  ]),
  story('loses a line that nobody billed', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [editOrder('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 600' }), 'billed concrete 1000'],
  ]),
  story('is written anew with new ids before it is billed', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [editOrder('PO-9001', 'concrete 1000, freight 120', { anew: true }), 'drafts 1120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120; drafts nothing'],
  ]),
  story('is written anew with new ids between two bills', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [
      editOrder('PO-9001', 'concrete 1200, freight 120', { anew: true }),
      'committed concrete 1200, freight 120',
    ],
    [
      bill('second', { of: 'PO-9001', lines: 'concrete 800, freight 120' }),
      'billed concrete 1200, freight 120',
    ],
    [editBill('first', 'concrete 300'), 'billed concrete 1100, freight 120'],
  ]),
  story('moves a line to another project before it is billed', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      editOrder('PO-9001', 'concrete 1000, freight@oak 120'),
      'committed concrete 1000, freight@oak 120; drafts 1000, 120',
    ],
  ]),
  story('moves a line that is billed to another project: what is billed on it moves along', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      together(bill('first', { of: 'PO-9001' }), pay('first')),
      'billed concrete 1000, freight 120; paid 1120',
    ],
    [
      editOrder('PO-9001', 'concrete 1000, freight@oak 120'),
      'committed concrete 1000, freight@oak 120; billed concrete 1000, freight@oak 120',
    ],
  ]),
  story('moves wholly to another project after it was billed', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 100' }), 'billed concrete 500'],
    [editOrder('PO-9001', 'concrete@oak 1000'), 'committed concrete@oak 1000; billed concrete@oak 500'],
  ]),
  story('goes to another supplier before it is billed', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [editOrder('PO-9001', undefined, { from: 'acme' }), 'drafts 1120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120; drafts nothing'],
  ]),
  story(
    'goes to another supplier after it was billed: its bill stays on it until somebody says whose it is',
    [
      [ORDER, 'committed concrete 1000, freight 120'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
      [editOrder('PO-9001', undefined, { from: 'acme' }), 'parked first bill-match-uncertain'],
      [match('first'), 'billed nothing; direct concrete 400; parked nothing; drafts 1120'],
    ],
  ),
  story('is renumbered after it was billed: the commitment is renamed', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120; statuses PO-9001 Approved'],
    [editOrder('PO-9001', undefined, { PurchaseOrderNumber: 'PO-9009' }), 'statuses PO-9009 Approved'],
  ]),
  story('is deleted before it is billed', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [deleteOrder('PO-9001'), 'committed nothing; drafts nothing; statuses nothing'],
  ]),
  story('is deleted after it was billed: the bill stays a cost, without an order', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [pay('first'), 'paid 400'],
    [
      deleteOrder('PO-9001'),
      'committed nothing; billed nothing; direct concrete 400; paid nothing; costs PO-9001 paid 2026-11-25',
    ],
  ]),
  story('is marked as billed, and back: nothing changes', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [editOrder('PO-9001', undefined, { Status: 'BILLED' }), 'statuses PO-9001 Approved; drafts 1120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120; drafts nothing'],
    [editOrder('PO-9001', undefined, { Status: 'AUTHORISED' }), 'statuses PO-9001 Approved'],
  ]),
  story('goes back to draft after it was billed: committed no longer, its bill stands, and waits', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [
      editOrder('PO-9001', undefined, { Status: 'DRAFT' }),
      'committed nothing; parked first order-not-posted; statuses PO-9001 Draft',
    ],
    [
      editOrder('PO-9001', undefined, { Status: 'AUTHORISED' }),
      'committed concrete 1000, freight 120; parked nothing; statuses PO-9001 Approved',
    ],
  ]),
]);
