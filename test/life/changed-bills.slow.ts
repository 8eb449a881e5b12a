import { bill, editBill, hearOf, order, pay, together, unpay, unseen, voidBill } from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('a bill that is changed after it was posted', [
  story('in its amount bills the new one, and back again', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [editBill('first', 'concrete 450'), 'billed concrete 450'],
    [editBill('first', 'concrete 400'), 'billed concrete 400'],
  ]),
  story('gains a line and loses another', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [editBill('first', 'concrete 400, freight 120'), 'billed concrete 400, freight 120'],
    [editBill('first', 'freight 120'), 'billed freight 120'],
  ]),
  story('has its lines sorted otherwise: nothing changes', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [editBill('first', 'freight 120, concrete 1000'), ''],
  ]),
  story('is written anew with new ids of all lines: nothing changes', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [editBill('first', 'concrete 1000, freight 120', { anew: true }), ''],
    [editBill('first', 'concrete 900, freight 120', { anew: true }), 'billed concrete 900, freight 120'],
  ]),
  story('while others follow it in the chain, bills the new amount in its place', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 300' }), 'billed concrete 700'],
    [editBill('first', 'concrete 500'), 'billed concrete 800'],
  ]),
  story('in its amount while it is part paid keeps its payments, rightly shared', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [pay('first', 500), 'paid 500'],
    [editBill('first', 'concrete 1000, freight 100'), 'billed concrete 1000, freight 100; paid 500'],
    [pay('first'), 'paid 1100'],
  ]),
  story('is renumbered: the application is renamed and stays with its order', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120; numbers PO-9001'],
    [editBill('first', undefined, { InvoiceNumber: 'LS-77' }), 'numbers LS-77'],
  ]),
  story('is dated and due otherwise', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      bill('first', { of: 'PO-9001', DueDate: '2026-12-22' }),
      'billed concrete 1000, freight 120; due 2026-12-22',
    ],
    [editBill('first', undefined, { Date: '2026-11-28', DueDate: '2026-12-28' }), 'due 2026-12-28'],
  ]),
  story('is given to another supplier while it names the order: that is asked, and what stands stays', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400; drafts nothing'],
    [editBill('first', undefined, { from: 'acme' }), 'parked first bill-match-uncertain'],
    [editBill('first', undefined, { from: 'lonestar' }), 'parked nothing'],
  ]),
  story(
    'is given to another supplier, with that one’s number: it is a cost of its own, and the order’s again',
    [
      [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400; drafts nothing'],
      [
        editBill('first', undefined, { from: 'acme', InvoiceNumber: 'AC-88' }),
        'billed nothing; direct concrete 400; drafts 1120',
      ],
      [
        editBill('first', undefined, { from: 'lonestar', InvoiceNumber: 'PO-9001' }),
        'billed concrete 400; direct nothing; drafts nothing',
      ],
    ],
  ),
  story('gets supplier and number of an order only later: it moves from direct cost to the order', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [
      bill('AC-5', { lines: 'concrete 900, freight 120', from: 'acme' }),
      'direct concrete 900, freight 120; drafts 1120',
    ],
    [
      editBill('AC-5', undefined, { InvoiceNumber: 'PO-9001', from: 'lonestar' }),
      'billed concrete 900, freight 120; direct nothing; drafts nothing',
    ],
  ]),
  story('is voided: nothing of it stays, and the order has its draft again', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120; drafts nothing'],
    [voidBill('first'), 'billed nothing; drafts 1120; left-out first deleted-in-xero'],
  ]),
  story('is voided in the middle of the chain: it bills nothing, and the others stay', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 300' }), 'billed concrete 700'],
    [bill('third', { of: 'PO-9001', lines: 'concrete 200' }), 'billed concrete 900'],
    [voidBill('second'), 'billed concrete 600'],
    [voidBill('first'), 'billed concrete 200'],
    [voidBill('third'), 'billed nothing'],
  ]),
  story('is voided once its payment is removed', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      together(bill('first', { of: 'PO-9001' }), pay('first')),
      'billed concrete 1000, freight 120; paid 1120',
    ],
    [unpay('first'), 'paid nothing'],
    [voidBill('first'), 'billed nothing'],
  ]),
  story('is paid, unpaid and voided while nobody looks', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      together(bill('first', { of: 'PO-9001' }), pay('first')),
      'billed concrete 1000, freight 120; paid 1120',
    ],
    [unseen(unpay('first'), voidBill('first')), ''],
    [hearOf('first'), 'billed nothing; paid nothing'],
  ]),
  story('is approved, edited, voided and entered anew: it ends as if it had been right from the start', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [bill('wrong', { of: 'PO-9001' }), 'billed concrete 1000, freight 120; drafts nothing'],
    [editBill('wrong', 'concrete 800'), 'billed concrete 800'],
    [voidBill('wrong'), 'billed nothing; drafts 1120'],
    [bill('right', { of: 'PO-9001', lines: 'concrete 900' }), 'billed concrete 900; drafts nothing'],
    [pay('right'), 'paid 900'],
  ]),
  story('is voided and entered anew behind others', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 300' }), 'billed concrete 700'],
    [voidBill('first'), 'billed concrete 300'],
    [bill('anew', { of: 'PO-9001', lines: 'concrete 450' }), 'billed concrete 750'],
  ]),
]);
