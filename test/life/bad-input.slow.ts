import type { Invoice } from '../../lib/sandbox/xero/documents.ts';
import { bill, editBill, order, pay, spoil, together } from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');

tell('figures that cannot be', [
  story('lines that do not add up to the bill park it, and leave what stands', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [spoil('first', { SubTotal: 990 }), 'parked first totals-disagree'],
    [editBill('first', 'concrete 990'), 'billed concrete 990; parked nothing'],
  ]),
  story(
    'lines that do not add up by a cent of rounding pass',
    [
      [ORDER, 'committed concrete 1000, freight 120'],
      [
        together(bill('first', { of: 'PO-9001' }), spoil('first', { SubTotal: 1120.01, Total: 1120.01 })),
        'billed concrete 1000.01, freight 120',
      ],
    ],
    { settings: { overBillingTolerance: '0.01' } },
  ),
  story('more tax than the line is worth is no matter where tax is not carried', [
    [bill('LS-1', { lines: 'permit 10', LineAmountTypes: 'Exclusive' }), 'direct permit 10'],
    [spoilTax('LS-1', 50), ''],
  ]),
  story(
    'more tax than the line is worth parks a bill that is carried with tax',
    [
      [bill('LS-1', { lines: 'permit 10', LineAmountTypes: 'Exclusive' }), 'direct permit 10'],
      [spoilTax('LS-1', 50), 'parked LS-1 tax-above-amount'],
    ],
    { settings: { amounts: 'gross' } },
  ),
  story('a payment above the bill parks it, and nothing more is paid', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001' }), 'billed concrete 1000, freight 120'],
    [pay('first', 500), 'paid 500'],
    [overpay('first', 2000), 'parked first payments-exceed-bill'],
  ]),
  story('a bill dated before its order is the order’s all the same, if it names it', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', Date: '2026-11-02' }), 'billed concrete 1000, freight 120'],
  ]),
  story('a bill of nothing is left out', [
    [bill('LS-1', { lines: 'permit 0' }), 'left-out LS-1 nothing-to-bill'],
  ]),
  story('a bill without a number is called by its id', [
    [bill('LS-1', { lines: 'permit 10', InvoiceNumber: '' }), 'direct permit 10'],
  ]),
  story('a bill with lines that cancel each other out counts on each code', [
    [bill('LS-1', { lines: 'permit 100, freight -100' }), 'direct freight -100, permit 100'],
  ]),
]);

function spoilTax(name: string, tax: number) {
  return (life: Parameters<ReturnType<typeof spoil>>[0]) => {
    const [line] = (life.papers.get(name) as Invoice).LineItems;
    const LineItems = [{ ...line!, TaxAmount: tax }];
    return spoil(name, { LineItems, TotalTax: tax, Total: 10 + tax })(life);
  };
}

/** A payment that was made grows in Xero by some mishap. */
function overpay(name: string, amount: number) {
  return (life: Parameters<ReturnType<typeof spoil>>[0]) => {
    const books = life.scene.demo.xero.organisations.values().next().value!;
    const payment = books.payments.get(life.payments.get(`payment of ${name}`)!)!;
    payment.Amount = amount;
    return spoil(name, { AmountPaid: amount })(life);
  };
}
