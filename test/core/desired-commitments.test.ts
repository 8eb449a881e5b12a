import { describe, expect, it } from '@jest/globals';
import type { ProjectShare } from '../../lib/core/allocate.ts';
import type { ProjectWorld } from '../../lib/core/desired-commitments.ts';
import { commitmentOriginId, desiredCommitments } from '../../lib/core/desired-commitments.ts';
import type { PurchaseOrder } from '../../lib/core/documents.ts';
import { formatMoney } from '../../lib/core/money.ts';
import type { BillingPeriod } from '../../lib/core/procore-records.ts';
import { cedar, line, oakStreet, order, riverside } from './builders.ts';

const target = { costCode: '03-300', costType: 'Materials' };
const fingerprint = (content: unknown) => JSON.stringify(content);
const november: BillingPeriod = { id: 'p11', start: '2026-11-01', end: '2026-11-30', status: 'open' };

function world(billingPeriods: BillingPeriod[] = []): ProjectWorld {
  return {
    costCodes: [{ id: '2', code: '03-300', name: 'Cast-in-place', leaf: true }],
    costTypes: [{ id: '11', code: 'M', name: 'Materials' }],
    wbsCodes: [],
    segments: [],
    billingPeriods,
  };
}

/** All lines in one share, unless told which line belongs where. */
function desire(
  fields: Partial<PurchaseOrder> = {},
  {
    periods = [] as BillingPeriod[],
    requisitionOnPurchaseOrder = 'draft' as 'draft' | 'none',
    shares = undefined as ProjectShare[] | undefined,
  } = {},
) {
  const wanted = order(fields);
  const all = [{ project: riverside, lines: wanted.lines.map((one) => ({ line: one, target })) }];
  return desiredCommitments(
    { ...wanted, contact: wanted.contact! },
    shares ?? all,
    () => world(periods),
    { requisitionOnPurchaseOrder },
    fingerprint,
  );
}

const a = line({ id: 'a' });
const b = line({ id: 'b', net: '40.00' });
const twoShares: ProjectShare[] = [
  { project: riverside, lines: [{ line: a, target }] },
  { project: cedar, lines: [{ line: b, target }] },
];

describe('the commitment of an order', () => {
  it('carries number, dates, address and lines as Xero has them', () => {
    const [only, ...others] = desire({
      reference: 'Level 2 slab',
      deliveryDate: '2026-11-09',
      deliveryAddress: '12 Quay St',
      lines: [line({ id: 'a', description: '32 MPa', net: '1980.00' })],
    });
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      project: riverside,
      contactId: '430fa14a-f945-44d3-9f97-5df5e28441b8',
      status: 'Approved',
      header: {
        originId: `xero:po:6afa2e02-c514-4964-ab89-b5c0179b8c50:${riverside.id}`,
        originCode: 'PO-0107',
        number: 'PO-0107',
        title: 'Level 2 slab',
        contractDate: '2026-11-02',
        deliveryDate: '2026-11-09',
        shipTo: '12 Quay St',
      },
      lines: [
        {
          originId: 'xero:line:a',
          description: '32 MPa',
          target: { costCodeId: '2', costTypeId: '11' },
        },
      ],
    });
    expect(formatMoney(only!.lines[0]!.amount)).toBe('1980.00');
  });

  it('leaves dates and address out where Xero has none', () => {
    const { date: _none, ...undated } = order();
    const [only] = desiredCommitments(
      { ...undated, contact: undated.contact! },
      [{ project: riverside, lines: [{ line: line(), target }] }],
      () => world(),
      { requisitionOnPurchaseOrder: 'draft' },
      fingerprint,
    );
    expect(Object.keys(only!.header).toSorted()).toEqual(['number', 'originCode', 'originId', 'title']);
  });

  it('is called after number and supplier where the order has no reference', () => {
    expect(desire()[0]!.header.title).toBe('PO-0107 Hudson Concrete');
    expect(desire({ reference: '' })[0]!.header.title).toBe('PO-0107 Hudson Concrete');
  });

  it('has its title cut at 255 characters, never through the middle of one', () => {
    expect(desire({ reference: 'x'.repeat(300) })[0]!.header.title).toBe('x'.repeat(255));
    const title = desire({ reference: '🏗'.repeat(300) })[0]!.header.title;
    expect(title).toBe('🏗'.repeat(255));
    expect(title.isWellFormed()).toBe(true);
  });

  it('is one per project, each with the number that people know and the project behind it', () => {
    const commitments = desire({ lines: [a, b] }, { shares: twoShares });
    expect(commitments.map(({ header }) => header.number)).toEqual(['PO-0107-24-101', 'PO-0107-562949955']);
    expect(commitments.map(({ header }) => header.originCode)).toEqual(['PO-0107', 'PO-0107']);
    expect(commitments.map(({ header }) => header.originId)).toEqual([
      commitmentOriginId(order().id, riverside.id),
      commitmentOriginId(order().id, cedar.id),
    ]);
    expect(commitments.map(({ lines }) => lines.map(({ originId }) => originId))).toEqual([
      ['xero:line:a'],
      ['xero:line:b'],
    ]);
  });

  it('keeps its identity when the order is renumbered', () => {
    const [before] = desire();
    const [after] = desire({ number: 'PO-0107-R1' });
    expect(after!.header.originId).toBe(before!.header.originId);
    expect(after!.lines).toEqual(before!.lines);
  });

  it('is refused whole where one code is missing in one project', () => {
    const shares: ProjectShare[] = [
      twoShares[0]!,
      { project: oakStreet, lines: [{ line: b, target: { costCode: '16-100', costType: 'M' } }] },
    ];
    expect(() => desire({ lines: [a, b] }, { shares })).toThrow(
      expect.objectContaining({ code: 'cost-code-not-in-project' }),
    );
  });
});

describe('the draft requisition of an order', () => {
  const drafted = (fields: Partial<PurchaseOrder> = {}, periods = [november]) =>
    desire(fields, { periods })[0]!.requisition;

  it('bills every line in full in the open period, under the order’s number', () => {
    const requisition = drafted({ lines: [a, b] })!;
    expect(requisition).toMatchObject({
      periodId: 'p11',
      start: '2026-11-01',
      end: '2026-11-30',
      billingDate: '2026-11-02',
      invoiceNumber: 'PO-0107',
    });
    expect(requisition.items.map(({ originId, amount }) => [originId, formatMoney(amount)])).toEqual([
      ['xero:line:a', '100.00'],
      ['xero:line:b', '40.00'],
    ]);
    expect(JSON.parse(requisition.originData)).toEqual({ connector: 'ml-connector', order: order().id });
  });

  it.each([
    ['DRAFT', false],
    ['SUBMITTED', false],
    ['AUTHORISED', true],
    ['BILLED', true],
  ])('of an order that is %s exists: %s', (status, exists) => {
    expect(drafted({ status }) !== undefined).toBe(exists);
  });

  it('is not made where the connection wants none, or no period fits, or nothing is worth billing', () => {
    const none = desire({}, { periods: [november], requisitionOnPurchaseOrder: 'none' });
    expect(none[0]).not.toHaveProperty('requisition');
    expect(drafted({}, [])).toBeUndefined();
    expect(drafted({ lines: [line({ net: '50' }), line({ id: 'b', net: '-50' })] })).toBeUndefined();
  });

  const october: BillingPeriod = { id: 'p10', start: '2026-10-01', end: '2026-10-31', status: 'closed' };
  const closedNovember: BillingPeriod = { ...november, status: 'closed' };
  it.each<[string, BillingPeriod[], string | undefined, string | undefined, string | undefined]>([
    [
      'the open period before the one that covers the date',
      [october, november],
      '2026-10-15',
      'p11',
      '2026-11-01',
    ],
    ['the covering period where none is open', [october, closedNovember], '2026-11-30', 'p11', '2026-11-30'],
    ['none where no period covers the date', [october, closedNovember], '2026-12-01', undefined, undefined],
    [
      'the open period for an order of next month, billed on its last day',
      [november],
      '2026-12-24',
      'p11',
      '2026-11-30',
    ],
  ])('takes %s', (_case, periods, date, periodId, billingDate) => {
    const requisition = drafted(date === undefined ? {} : { date }, periods);
    expect(requisition?.periodId).toBe(periodId);
    expect(requisition?.billingDate).toBe(billingDate);
  });

  it('is the same draft while only its period changes, and another once number or amount does', () => {
    const december: BillingPeriod = { id: 'p12', start: '2026-12-01', end: '2026-12-31', status: 'open' };
    const print = drafted()!.fingerprint;
    expect(drafted({}, [closedNovember, december])!.fingerprint).toBe(print);
    expect(drafted({ number: 'PO-0108' })!.fingerprint).not.toBe(print);
    expect(drafted({ lines: [line({ net: '100.01' })] })!.fingerprint).not.toBe(print);
    expect(drafted({ lines: [line({ net: '100.0000' })] })!.fingerprint).toBe(print);
  });
});
