import {
  bill,
  credit,
  decided,
  editBill,
  editOrder,
  hearOf,
  inProcore,
  order,
  pay,
  together,
  unpay,
} from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');
const CANADIAN = { CurrencyCode: 'CAD', CurrencyRate: 1.25 };

tell('what a connection may have otherwise', [
  story(
    'bills only once they are paid: taken back where a payment is removed',
    [
      [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
      [bill('first', { of: 'PO-9001' }), 'left-out first bill-not-paid; drafts 1120'],
      [pay('first', 500, { as: 'half' }), 'left-out first bill-not-paid'],
      [pay('first'), 'billed concrete 1000, freight 120; paid 1120; drafts nothing'],
      [unpay('first', 'half'), 'billed nothing; paid nothing; drafts 1120; left-out first bill-not-paid'],
    ],
    { settings: { paymentApplicationOn: 'paid' } },
  ),
  story(
    'credit notes count at once even where bills wait to be paid',
    [
      [ORDER, 'committed concrete 1000, freight 120'],
      [credit('back', 'concrete 100', { of: 'PO-9001' }), 'billed concrete -100'],
    ],
    { settings: { paymentApplicationOn: 'paid' } },
  ),
  story(
    'amounts with tax, payments too',
    [
      [order('PO-9001', 'concrete 1000', { tax: 'Exclusive' }), 'committed concrete 1082.50'],
      [bill('first', { of: 'PO-9001' }), 'billed concrete 1082.50'],
      [pay('first', 500), 'paid 500'],
      [pay('first'), 'paid 1082.50'],
    ],
    { settings: { amounts: 'gross' } },
  ),
  story(
    'no drafts on orders: the bill makes an application of its own',
    [
      [ORDER, 'committed concrete 1000, freight 120; drafts nothing'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400; drafts nothing'],
      [bill('second', { of: 'PO-9001', lines: 'concrete 600' }), 'billed concrete 1000'],
    ],
    { settings: { requisitionOnPurchaseOrder: 'none' } },
  ),
  story('foreign currency parks order and bill', [
    [order('PO-9001', 'concrete 1000', CANADIAN), 'parked PO-9001 foreign-currency'],
    [
      bill('LS-1', { lines: 'permit 100', from: 'acme', ...CANADIAN }),
      'parked LS-1 foreign-currency, PO-9001 foreign-currency',
    ],
    [
      together(
        editOrder('PO-9001', undefined, { CurrencyCode: 'USD', CurrencyRate: 1 }),
        editBill('LS-1', undefined, { CurrencyCode: 'USD', CurrencyRate: 1 }),
      ),
      'committed concrete 1000; direct permit 100; parked nothing',
    ],
  ]),
  story(
    'foreign currency converted by the rate of each document, payments by that of their bill',
    [
      [order('PO-9001', 'concrete 1000', CANADIAN), 'committed concrete 800'],
      [bill('first', { of: 'PO-9001', ...CANADIAN }), 'billed concrete 800'],
      [pay('first', 500), 'paid 400'],
      [pay('first'), 'paid 800'],
    ],
    { settings: { foreignCurrency: 'convert' } },
  ),
]);

tell('over-billing', [
  story('by more than one unit is held until the order is raised', [
    [ORDER, 'committed concrete 1000, freight 120; drafts 1120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 1001.01' }), 'held first over-billed; drafts 1120'],
    [
      editOrder('PO-9001', 'concrete 1100, freight 120'),
      'committed concrete 1100, freight 120; billed concrete 1001.01; held nothing',
    ],
  ]),
  story('together with earlier bills is held until the bill is corrected', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 700' }), 'billed concrete 700'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 400' }), 'held second over-billed'],
    [editBill('second', 'concrete 300'), 'billed concrete 1000; held nothing'],
  ]),
  story('by a standing bill that is raised leaves in Procore what stands', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 700' }), 'billed concrete 700'],
    [editBill('first', 'concrete 1700'), 'held first over-billed'],
    [editBill('first', 'concrete 800'), 'billed concrete 800; held nothing'],
  ]),
  story('is carried as it is once a person approves, and asks anew where it grows again', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 1700' }), 'held first over-billed'],
    [decided('first', 'approved'), 'billed concrete 1700; held nothing'],
    [editBill('first', 'concrete 1800'), 'held first over-billed'],
    [decided('first', 'approved'), 'billed concrete 1800; held nothing'],
  ]),
  story('stays out where a person rejects it, until it is corrected', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 1700' }), 'held first over-billed'],
    [decided('first', 'rejected'), 'held nothing'],
    [editBill('first', 'concrete 900'), 'billed concrete 900'],
  ]),
  story('goes on by itself when an earlier bill is corrected', [
    [ORDER, 'committed concrete 1000, freight 120'],
    [bill('first', { of: 'PO-9001', lines: 'concrete 700' }), 'billed concrete 700'],
    [bill('second', { of: 'PO-9001', lines: 'concrete 400' }), 'held second over-billed'],
    [editBill('first', 'concrete 600'), 'billed concrete 1000; held nothing'],
  ]),
  story(
    'within the tolerance passes, beyond it is held',
    [
      [ORDER, 'committed concrete 1000, freight 120'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 1025' }), 'billed concrete 1025'],
      [bill('second', { of: 'PO-9001', lines: 'freight 145.01' }), 'parked second over-billed'],
    ],
    { settings: { overBilling: 'park', overBillingTolerance: '25' } },
  ),
  story(
    'is carried as it is where the connection allows it',
    [
      [ORDER, 'committed concrete 1000, freight 120'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 1700' }), 'billed concrete 1700'],
    ],
    { settings: { overBilling: 'allow' } },
  ),
]);

tell('billing periods', [
  story('that are missing park the bill, which is taken up when one is opened', [
    [order('PO-9001', 'drywall@cedar 1000'), 'committed drywall@cedar 1000; drafts nothing'],
    [bill('first', { of: 'PO-9001' }), 'parked first billing-period-missing'],
    [
      together(
        inProcore((people, { company }) => {
          const cedar = [...company.projects.values()].find(
            ({ project_number }) => project_number === '1051',
          )!;
          people.addBillingPeriod(cedar.id, {
            start: '2026-11-01',
            end: '2026-11-30',
            due: '2026-12-05',
            status: 'open',
          });
        }),
        hearOf('first'),
      ),
      'billed drywall@cedar 1000; parked nothing',
    ],
  ]),
  story(
    'that are missing are made where the connection says so',
    [
      [order('PO-9001', 'drywall@cedar 1000'), 'committed drywall@cedar 1000'],
      [bill('first', { of: 'PO-9001' }), 'billed drywall@cedar 1000'],
    ],
    { settings: { billingPeriods: 'create' } },
  ),
  story('that are closed take the bill that is dated within where none is open', [
    [order('PO-9001', 'drywall@cedar 1000', { Date: '2026-06-01' }), 'committed drywall@cedar 1000'],
    [bill('first', { of: 'PO-9001', Date: '2026-02-10' }), 'left-out first before-start-date'],
  ]),
  story('that are long past do not keep a late bill out: it goes to the open one', [
    [order('PO-9001', 'concrete 1000', { Date: '2026-09-01' }), 'committed concrete 1000'],
    [bill('first', { of: 'PO-9001', Date: '2026-09-15' }), 'billed concrete 1000'],
  ]),
]);
