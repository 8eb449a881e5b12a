import { bill, credit, editBill, hearOf, match, order, pay, together, voidBill } from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('what a person says of a bill', [
  story('moves it from a direct cost to the order, with what was paid, so that it counts once', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [
      together(bill('AC-7', { lines: 'concrete 400', from: 'acme' }), pay('AC-7', 150)),
      'direct concrete 400',
    ],
    [match('AC-7', 'PO-9001'), 'billed concrete 400; direct nothing; paid 150; drafts nothing'],
  ]),
  story('moves it from the order to a direct cost, and back', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [match('first'), 'billed nothing; direct concrete 1000, freight 120; drafts 1120'],
    [match('first', 'PO-9001'), 'billed concrete 1000, freight 120; direct nothing; drafts nothing'],
  ]),
  story('settles what the rules cannot: two orders are alike', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [order('PO-9002', 'concrete 1000'), 'committed concrete 2000; drafts 1000, 1000'],
    [bill('LS-1', { lines: 'concrete 1000' }), 'parked LS-1 bill-match-uncertain'],
    [match('LS-1', 'PO-9002'), 'billed concrete 1000; parked nothing; drafts 1000'],
  ]),
  story('may name several orders: each bears what it has left', [
    [order('PO-9001', 'concrete 300'), 'committed concrete 300'],
    [order('PO-9002', 'concrete 500'), 'committed concrete 800'],
    [bill('LS-1', { lines: 'concrete 700' }), 'parked LS-1 bill-match-uncertain'],
    [
      match('LS-1', 'PO-9001', 'PO-9002'),
      'billed concrete 700; parked nothing; drafts nothing; numbers LS-1, LS-1',
    ],
  ]),
  story('moves it from one order to another', [
    [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
    [order('PO-9002', 'concrete 450'), 'committed concrete 1450; drafts 1000, 450'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400; drafts 450'],
    [match('first', 'PO-9002'), 'drafts 1000'],
  ]),
  story('stands whatever is edited in Xero later, and whatever orders come', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
    [match('first'), 'billed nothing; direct concrete 400'],
    [editBill('first', 'concrete 500', { InvoiceNumber: 'PO-9001 concrete' }), 'direct concrete 500'],
    [order('PO-9002', 'concrete 500'), 'committed concrete 1500, freight 120'],
    [hearOf('first'), ''],
    [voidBill('first'), 'direct nothing'],
  ]),
  story('holds for credit notes as well', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [credit('CN-1', 'concrete 100', { from: 'acme' }), 'direct concrete -100'],
    [match('CN-1', 'PO-9001'), 'billed concrete 900, freight 120; direct nothing'],
  ]),
]);
