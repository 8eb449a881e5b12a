import { attach, bill, credit, editBill, editOrder, journal, order, pay, together } from './deeds.ts';
import { story, tell } from './story.ts';

const ORDER = order('PO-9001', 'concrete 1000, freight 120');
const JOURNALS = { settings: { manualJournals: 'on' } };
const FILES = { settings: { attachments: 'on' } };

tell('manual journals, where the connection carries them', [
  story(
    'become direct costs of their jobs; lines of no job stay out',
    [
      [
        journal('accrual', 'permit 300, permit@oak 200'),
        'direct permit 300, permit@oak 200; costs Costs between jobs paid not yet, Costs between jobs paid not yet',
      ],
    ],
    JOURNALS,
  ),
  story(
    'are changed, taken back and posted again',
    [
      [journal('accrual', 'permit 300'), 'direct permit 300'],
      [journal('accrual', 'permit 250, permit@oak 50'), 'direct permit 250, permit@oak 50'],
      [
        journal('accrual', 'permit 250', { Status: 'VOIDED' }),
        'direct nothing; left-out accrual deleted-in-xero',
      ],
    ],
    JOURNALS,
  ),
  story(
    'move costs from one job to another',
    [
      [bill('AC-1', { lines: 'permit 300', from: 'acme' }), 'direct permit 300'],
      [journal('transfer', 'permit -100, permit@oak 100'), 'direct permit 200, permit@oak 100'],
    ],
    JOURNALS,
  ),
  story(
    'wait until they are posted',
    [
      [journal('accrual', 'permit 300', { Status: 'DRAFT' }), 'left-out accrual bill-not-approved'],
      [journal('accrual', 'permit 300'), 'direct permit 300'],
    ],
    JOURNALS,
  ),
  story('stay out where the connection does not carry them', [
    [journal('accrual', 'permit 300'), 'left-out accrual manual-journals-off'],
  ]),
]);

tell('files, where the connection carries them', [
  story(
    'come with orders and bills, and later ones after them',
    [
      [
        together(ORDER, attach('PO-9001', 'drawing.pdf')),
        'committed concrete 1000, freight 120; files drawing.pdf',
      ],
      [
        together(bill('first', { of: 'PO-9001' }), attach('first', 'ticket 1.pdf')),
        'billed concrete 1000, freight 120; files drawing.pdf, ticket 1.pdf',
      ],
      [attach('first', 'ticket 2.pdf'), 'files drawing.pdf, ticket 1.pdf, ticket 2.pdf'],
      [pay('first'), 'paid 1120; files drawing.pdf, ticket 1.pdf, ticket 2.pdf'],
      [attach('PO-9001', 'revision.pdf'), 'files drawing.pdf, revision.pdf, ticket 1.pdf, ticket 2.pdf'],
    ],
    FILES,
  ),
  story(
    'are carried once, whatever is edited',
    [
      [
        together(ORDER, attach('PO-9001', 'drawing.pdf')),
        'committed concrete 1000, freight 120; files drawing.pdf',
      ],
      [
        editOrder('PO-9001', 'concrete 1100, freight 120'),
        'committed concrete 1100, freight 120; files drawing.pdf',
      ],
      [
        together(bill('first', { of: 'PO-9001', lines: 'concrete 400' }), attach('first', 'ticket.pdf')),
        'billed concrete 400; files drawing.pdf, ticket.pdf',
      ],
      [editBill('first', 'concrete 450'), 'billed concrete 450; files drawing.pdf, ticket.pdf'],
    ],
    FILES,
  ),
  story('stay in Xero where the connection does not carry them', [
    [
      together(ORDER, attach('PO-9001', 'drawing.pdf')),
      'committed concrete 1000, freight 120; files nothing',
    ],
    [
      together(credit('CN-1', 'permit 10', { from: 'acme' }), attach('CN-1', 'note.pdf')),
      'direct permit -10; files nothing',
    ],
  ]),
]);
