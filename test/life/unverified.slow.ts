import type { Unverified } from '../../lib/sandbox/procore/unverified.ts';
import { bill, credit, editBill, editOrder, order, pay, together, unpay, voidBill } from './deeds.ts';
import { story, tell } from './story.ts';

/** A life with everything in it; where Procore behaves otherwise than expected it comes to the same, or is held. */
const LIFE: Parameters<typeof story>[1] = [
  [order('PO-9001', 'concrete 1000, freight 120'), 'committed concrete 1000, freight 120'],
  [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
  [
    bill('second', { of: 'PO-9001', lines: 'concrete 300, freight 120, permit 50' }),
    'billed concrete 700, freight 120; direct permit 50',
  ],
  [together(pay('first', 150), pay('second')), 'paid 570'],
  [editBill('first', 'concrete 450'), 'billed concrete 750, freight 120'],
  [
    editOrder('PO-9001', 'concrete 1200, freight 120, pump 80'),
    'committed concrete 1200, freight 120, pump 80',
  ],
  [bill('third', { of: 'PO-9001', lines: 'pump 80' }), 'billed concrete 750, freight 120, pump 80'],
  [unpay('first'), 'paid 420'],
  [voidBill('first'), 'billed concrete 300, freight 120, pump 80'],
  [bill('anew', { of: 'PO-9001', lines: 'concrete 500' }), 'billed concrete 800, freight 120, pump 80'],
];

const SAME: { says: string; unverified: Partial<Unverified> }[] = [
  { says: 'knows each originId once per kind of record', unverified: { originIdScope: 'type' } },
  { says: 'wants a new requisition to name every line', unverified: { partialItems: false } },
  { says: 'lets later lines join drafts', unverified: { newLinesJoinDrafts: true } },
  { says: 'counts drafts as billed', unverified: { draftsHoldLines: true } },
  { says: 'makes no requisition after a draft', unverified: { requisitionAfterDraft: false } },
  { says: 'takes no change with the release of an origin', unverified: { unlocksTakeChanges: false } },
  {
    says: 'locks by the origin before it takes the rest',
    unverified: { requisitionStamp: 'origin-first-locks' },
  },
  { says: 'takes no due date once locked', unverified: { lockedTakeDueDate: false } },
  {
    says: 'locks all but drafts',
    unverified: { lockedStatuses: ['Approved', 'Closed', 'Submitted', 'Processing'] },
  },
  { says: 'bills commitments of any status', unverified: { billingNeedsApprovedContract: false } },
  { says: 'refuses a vendor twice', unverified: { vendorAlreadyInProject: 'refused' } },
];

tell(
  'a life comes to the same where Procore',
  SAME.map(({ says, unverified }) => story(says, LIFE, { procore: { unverified } })),
);

tell('where Procore does not allow what is needed, a document is held and no total is wrong', [
  story(
    'one requisition per commitment and period',
    [
      [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
      [bill('second', { of: 'PO-9001', lines: 'concrete 300' }), 'parked second procore-refused'],
      [editBill('first', 'concrete 450'), 'billed concrete 450'],
    ],
    { procore: { unverified: { severalRequisitionsPerPeriod: false } } },
  ),
  story(
    'stamped requisitions never unlock',
    [
      [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
      [bill('first', { of: 'PO-9001', lines: 'concrete 400' }), 'billed concrete 400'],
      [pay('first', 100), 'paid 100'],
      [editBill('first', 'concrete 450'), 'parked first application-locked'],
      [editBill('first', 'concrete 400'), 'parked nothing'],
    ],
    { procore: { unverified: { requisitionsUnlock: false } } },
  ),
  story(
    'payments never unlock',
    [
      [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
      [together(bill('first', { of: 'PO-9001' }), pay('first', 100)), 'billed concrete 1000; paid 100'],
      [unpay('first'), 'parked first procore-refused'],
      [pay('first', 100), 'parked first procore-refused'],
    ],
    { procore: { unverified: { paymentsUnlock: false } } },
  ),
  story(
    'direct costs never unlock',
    [
      [bill('LS-1', { lines: 'permit 300' }), 'direct permit 300'],
      [editBill('LS-1', 'permit 310'), 'parked LS-1 procore-refused'],
      [editBill('LS-1', 'permit 300'), 'parked nothing'],
    ],
    { procore: { unverified: { directCostsUnlock: false } } },
  ),
  story(
    'nothing negative',
    [
      [order('PO-9001', 'concrete 1000'), 'committed concrete 1000'],
      [bill('first', { of: 'PO-9001' }), 'billed concrete 1000'],
      [credit('back', 'concrete 100', { of: 'PO-9001' }), 'parked back procore-refused'],
      [credit('CN-1', 'permit 80', { from: 'acme' }), 'parked CN-1 procore-refused, back procore-refused'],
    ],
    { procore: { unverified: { negativeAmounts: false } } },
  ),
  story(
    'closed periods take no invoices',
    [
      [order('PO-9001', 'drywall@cedar 1000', { Date: '2026-06-01' }), 'committed drywall@cedar 1000'],
      [bill('first', { of: 'PO-9001' }), 'parked first billing-period-missing'],
    ],
    { procore: { unverified: { closedPeriodsTakeInvoices: false } } },
  ),
]);
