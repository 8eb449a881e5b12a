import {
  bill,
  deleteOrder,
  editBill,
  editOrder,
  hearOf,
  order,
  pay,
  unpay,
  unseen,
  voidBill,
} from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('in whatever order things become known', [
  story('a bill that comes before its order is a cost of its own until the order comes', [
    [unseen(ORDER, bill('first', { of: 'PO-9001' }), pay('first')), ''],
    [hearOf('first'), 'direct concrete 1000, freight 120; numbers PO-9001'],
    [
      hearOf('PO-9001'),
      'committed concrete 1000, freight 120; billed concrete 1000, freight 120; direct nothing; paid 1120; drafts nothing',
    ],
  ]),
  story('bill and order come together, the bill first', [
    [unseen(ORDER, bill('first', { of: 'PO-9001' })), ''],
    [
      hearOf('first', 'PO-9001', 'first'),
      'committed concrete 1000, freight 120; billed concrete 1000, freight 120; drafts nothing',
    ],
  ]),
  story('a bill waits for an order that is parked, and both go on once that is mended', [
    [order('PO-9001', 'concrete 1000', { from: 'brazos' }), 'parked PO-9001 vendor-ambiguous'],
    [bill('first', { of: 'PO-9001' }), 'parked PO-9001 vendor-ambiguous, first order-not-posted'],
    [
      editOrder('PO-9001', undefined, { from: 'lonestar' }),
      'committed concrete 1000; parked first bill-match-uncertain; drafts 1000',
    ],
    [editBill('first', undefined, { from: 'lonestar' }), 'billed concrete 1000; parked nothing'],
  ]),
  story('a bill of an order that nobody has heard of goes from the one that is a slip away to its own', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000; drafts 1000'],
    [unseen(order('PO-9006', 'concrete 900'), bill('first', { of: 'PO-9006' })), ''],
    [hearOf('first'), 'billed concrete 900; drafts nothing'],
    [hearOf('PO-9006'), 'committed concrete 1900; billed concrete 900; drafts 1000'],
  ]),
  story('a bill that was held as taking more than that order is not held once its own comes', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000; drafts 1000'],
    [unseen(order('PO-9006', 'concrete 1042'), bill('first', { of: 'PO-9006' })), ''],
    [hearOf('first'), 'held first over-billed'],
    [hearOf('PO-9006'), 'committed concrete 2042; billed concrete 1042; held nothing; drafts 1000'],
  ]),
  story('a bill that stands is paid, and the payment taken back, while its order waits for somebody', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [
      editOrder('PO-9001', 'concrete 1200', { from: 'brazos' }),
      'parked PO-9001 vendor-ambiguous, first bill-match-uncertain',
    ],
    [editOrder('PO-9001', 'concrete 300', { from: 'lonestar' }), 'parked PO-9001 line-billed-already'],
    [pay('first', 150), 'paid 150; parked PO-9001 line-billed-already'],
    [unpay('first'), 'paid nothing'],
    [editBill('first', 'concrete 450'), 'parked PO-9001 line-billed-already, first order-not-posted'],
    [pay('first', 50), ''],
    [editOrder('PO-9001', 'concrete 1000'), 'billed concrete 450; paid 50; parked nothing'],
  ]),
  story('an order is lowered below what is billed, and goes on once the bill is lowered as well', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [editOrder('PO-9001', 'concrete 300'), 'parked PO-9001 line-billed-already'],
    [editBill('first', 'concrete 250'), 'committed concrete 300; billed concrete 250; parked nothing'],
  ]),
  story('bill and order are lowered before either is heard of, whichever is first', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [unseen(editBill('first', 'concrete 250'), editOrder('PO-9001', 'concrete 300', { anew: true })), ''],
    [hearOf('PO-9001', 'first'), 'committed concrete 300; billed concrete 250'],
  ]),
  story('a bill waits until its order is approved', [
    [order('PO-9001', 'concrete 1000', { Status: 'SUBMITTED' }), 'statuses PO-9001 Submitted'],
    [bill('first', { of: 'PO-9001' }), 'parked first order-not-posted'],
    [
      editOrder('PO-9001', undefined, { Status: 'AUTHORISED' }),
      'committed concrete 1000; billed concrete 1000; parked nothing',
    ],
  ]),
  story('a bill of an order that is too old to be carried is a cost of its own', [
    [order('PO-9001', 'concrete 1000', { Date: '2026-01-10' }), 'left-out PO-9001 before-start-date'],
    [bill('first', { of: 'PO-9001' }), 'direct concrete 1000'],
  ]),
  story('order, bill, payment, removal and void all become known at the end', [
    [unseen(ORDER, bill('first', { of: 'PO-9001' }), pay('first'), unpay('first'), voidBill('first')), ''],
    [
      hearOf('first', 'PO-9001', 'first'),
      'committed concrete 1000, freight 120; drafts 1120; left-out first deleted-in-xero',
    ],
  ]),
  story('an order is deleted and entered anew under its number: its bill goes to the new one', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [
      unseen(
        editOrder('PO-9001', undefined, { PurchaseOrderNumber: 'PO-9001-old' }),
        deleteOrder('PO-9001'),
        rename('PO-9001', 'the old one'),
        ORDER,
      ),
      '',
    ],
    [
      hearOf('PO-9001', 'the old one'),
      'committed concrete 1000, freight 120; billed concrete 1000, freight 120',
    ],
  ]),
  story('everything is told ten times over', [
    [unseen(ORDER, bill('first', { of: 'PO-9001' }), pay('first', 300), pay('first', 200)), ''],
    [
      hearOf(...Array.from({ length: 5 }, () => ['first', 'PO-9001']).flat()),
      'committed concrete 1000, freight 120; billed concrete 1000, freight 120; paid 500; payments 200 on 2026-11-25, 300 on 2026-11-25; numbers PO-9001',
    ],
  ]),
]);

/** From here on the story calls it otherwise. */
function rename(name: string, other: string) {
  return ({ papers }: Parameters<ReturnType<typeof hearOf>>[0]) => {
    papers.set(other, papers.get(name)!);
    papers.delete(name);
    return [];
  };
}
