import {
  bill,
  hearOf,
  order,
  pay,
  payTogether,
  setOffPrepayment,
  together,
  unpay,
  unpayTogether,
  unseen,
} from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('a bill of an order', [
  story('is paid in two parts', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [
      bill('first', { of: 'PO-9001', DueDate: '2026-12-22' }),
      'billed concrete 1000, freight 120; drafts nothing; numbers PO-9001; due 2026-12-22',
    ],
    [pay('first', 400, { on: '2026-11-25' }), 'paid 400; payments 400 on 2026-11-25'],
    [
      pay('first', undefined, { on: '2026-12-01' }),
      'paid 1120; payments 400 on 2026-11-25, 720 on 2026-12-01',
    ],
  ]),
  story('has a payment removed, and entered again on another day', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      together(bill('first', { of: 'PO-9001' }), pay('first')),
      'billed concrete 1000, freight 120; paid 1120; payments 1120 on 2026-11-25',
    ],
    [unpay('first'), 'paid nothing'],
    [pay('first', 1120, { on: '2026-11-30' }), 'paid 1120; payments 1120 on 2026-11-30'],
  ]),
  story('is paid in three goes that become known at once, one of them removed before', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      together(
        bill('first', { of: 'PO-9001' }),
        pay('first', 100, { as: 'slip' }),
        pay('first', 200),
        pay('first', 300),
        pay('first', 400),
        unpay('first', 'slip'),
      ),
      'billed concrete 1000, freight 120; paid 900',
    ],
  ]),
  story('is paid in one batch with others, and the batch is removed', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [order('PO-9002', 'pump 500'), 'committed concrete 1000, freight 120, pump 500'],
    [
      together(
        bill('first', { of: 'PO-9001' }),
        bill('second', { of: 'PO-9002' }),
        bill('LS-1', { lines: 'permit 300', from: 'acme' }),
      ),
      'billed concrete 1000, freight 120, pump 500; direct permit 300',
    ],
    [
      payTogether('batch', 'first', 'second', 'LS-1'),
      'paid 1620; payments 1120 on 2026-11-25, 500 on 2026-11-25; costs LS-1 paid 2026-11-25',
    ],
    [unpayTogether('batch', 'first', 'second', 'LS-1'), 'paid nothing; costs LS-1 paid not yet'],
  ]),
  story('is settled by a prepayment, and the rest by the bank', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [setOffPrepayment({ first: 300 }), 'paid 300; payments 300 on 2026-11-22'],
    [pay('first'), 'paid 1120'],
  ]),
  story('pays, with tax, no more than the job: tax is taken off every payment', [
    [order('PO-9001', 'concrete 1000', { tax: 'Exclusive' }), 'committed concrete 1000'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000'],
    [pay('first', 541.25), 'paid 500'],
    [pay('first'), 'paid 1000'],
  ]),
  story('loses no cent where payments do not divide', [
    [order('PO-9001', 'concrete 1000', { tax: 'Inclusive' }), 'committed concrete 923.79'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 923.79'],
    [pay('first', 333.33), 'paid 307.93'],
    [pay('first', 333.33), 'paid 615.85'],
    [pay('first'), 'paid 923.79'],
  ]),
  story('covers one of several deliveries, each billed when it comes', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400; drafts nothing'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 350, freight 60' }), 'billed concrete 750, freight 60'],
    [bill('third', { of: 'PO-9001', lines: 'concrete 200' }), 'billed concrete 950, freight 60'],
    [
      bill('fourth', { of: 'PO-9001', lines: 'concrete 50, freight 60' }),
      'billed concrete 1000, freight 120',
    ],
    [together(pay('second'), pay('fourth')), 'paid 520; payments 110 on 2026-11-25, 410 on 2026-11-25'],
  ]),
  story('comes late: the later delivery was billed before it', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('later', { of: 'PO-9001', lines: 'concrete 600', Date: '2026-11-29' }), 'billed concrete 600'],
    [
      bill('earlier', { of: 'PO-9001', lines: 'concrete 400', Date: '2026-11-23' }),
      'billed concrete 1000; numbers PO-9001, PO-9001',
    ],
  ]),
  story('becomes known together with two others, in no order', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [
      unseen(
        bill('first', { of: 'PO-9001', lines: 'concrete 400' }),
        bill('second', { of: 'PO-9001', lines: 'concrete 350' }),
        bill('third', { of: 'PO-9001', lines: 'freight 120' }),
      ),
      '',
    ],
    [hearOf('third', 'first', 'second', 'first', 'third'), 'billed concrete 750, freight 120'],
  ]),
  story('is for two orders at once', [
    [
      together(order('PO-9001', 'concrete 1000'), order('PO-9002', 'fence 300, freight 50')),
      'committed concrete 1000, fence 300, freight 50; drafts 1000, 350',
    ],
    [
      bill('first', { of: ['PO-9001', 'PO-9002'] }),
      'billed concrete 1000, fence 300, freight 50; drafts nothing; numbers PO-9001, PO-9002, PO-9001, PO-9002',
    ],
    [pay('first', 675), 'paid 675; payments 175 on 2026-11-25, 500 on 2026-11-25'],
    [pay('first'), 'paid 1350'],
  ]),
  story('is for an order over two projects, and bills both commitments', [
    [
      order('PO-9001', 'concrete 1000, fence@oak 300'),
      'committed concrete 1000, fence@oak 300; statuses PO-9001-1042 Approved, PO-9001-1047 Approved',
    ],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, fence@oak 300; numbers PO-9001, PO-9001'],
    [pay('first', 650), 'paid 650; payments 150 on 2026-11-25, 500 on 2026-11-25'],
  ]),
  story('for nothing but a line that rules leave out is left out itself', [
    [order('PO-9001', 'concrete 1000, fuel 80'), 'committed concrete 1000'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 1000, fuel 80' }), 'billed concrete 1000'],
    [bill('fuel', { lines: 'fuel 90' }), 'left-out fuel left-out-by-rule'],
  ]),
  story('still in draft, or waiting for approval, stays out', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [
      together(
        bill('draft', { of: 'PO-9001', Status: 'DRAFT' }),
        bill('waiting', { of: 'PO-9001', Status: 'SUBMITTED' }),
      ),
      'drafts 1120; left-out draft bill-not-approved, waiting bill-not-approved',
    ],
  ]),
]);
