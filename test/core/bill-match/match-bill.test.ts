import { describe, expect, it } from '@jest/globals';
import { shareBill } from '../../../lib/core/bill-lines/share-bill.ts';
import { matchBill } from '../../../lib/core/bill-match/match-bill.ts';
import type { BillToMatch, LineToMatch, OrderToMatch } from '../../../lib/core/bill-match/matchable.ts';
import { indexOrders } from '../../../lib/core/bill-match/order-book.ts';
import type { Bill } from '../../../lib/core/documents.ts';
import { formatMoney, money } from '../../../lib/core/money.ts';
import { order as xeroOrder } from '../builders.ts';
import { bill, line, order } from './builders.ts';

const slab = [line('Slab concrete 25MPa', '18250.40'), line('Concrete pump', '650.75')];
const kerbs = [line('Kerb and channel', '7320.60')];
const rebar = [line('Rebar N16 cut and bent', '14222.80', { account: '312' })];
const slabOrder = order('PO-0107', slab);
const kerbOrder = order('PO-0108', kerbs, { date: '2026-11-05' });
const rebarOrder = order('PO-0110', rebar, { contact: { id: 'bayside' } });
const all = [slabOrder, kerbOrder, rebarOrder];

/** `PO-0107`, `PO-0107 + PO-0108`, `NONE`, or `ASK: PO-0107, PO-0108`. */
function answer(one: BillToMatch, orders: OrderToMatch[] = all, billed: Record<string, string> = {}): string {
  const before = new Map(Object.entries(billed).map(([id, amount]) => [id, money(amount)]));
  const match = matchBill(one, indexOrders(orders), before);
  if ('none' in match) return 'NONE';
  if ('orders' in match) return match.orders.toSorted().join(' + ');
  return `ASK: ${match.ask.map((candidate) => candidate.orders.join(' + ')).join(', ')}`;
}

const part = (lines: LineToMatch[], share: string) =>
  lines.map((it) => ({ ...it, net: it.net.times(share).round(2) }));
const asks = expect.stringMatching(/^ASK/);

describe('a bill is for the order', () => {
  it.each([
    ['that "Copy to bill" made it from', bill('PO-0107', slab)],
    ['whose number was overtyped, for it has the same lines', bill('INV-8831', slab)],
    ['that it names beside the own number of the supplier', bill('INV-8831 / PO 107', part(slab, '0.4'))],
    ['whose bare number it has, and plausible lines', bill('107', [line('Tickets 551 to 558', 9450)])],
    ['whose number it has with a slip, for it has the same lines', bill('PO-0170', slab)],
    ['whose lines it has, under the number of the order of somebody else', bill('PO-0110', slab)],
    ['whose lines it has, though its own number is that of another order', bill('INV-0108', slab)],
    ['that it bills a part of, under a number beyond those of the book', bill('PO-4411', part(slab, '0.4'))],
    ['that is named in a line', bill('8831', [line('Your order PO-0107', 0), line('Concrete', 4000)])],
    ['of which it bills a part, in like words', bill('8831', [line('25 MPa concrete slab, pour 1', 6100)])],
    ['that it bills in one sum', bill('8831', [line('As quoted', '18901.15')])],
    [
      'that it bills with freight on top',
      bill('8831', [...slab, line('Fuel surcharge', 96, { account: '425' })]),
    ],
    ['that it bills with a discount', bill('8831', [...slab, line('Less 5 % discount', '-945.06')])],
    ['that it bills less retention', bill('8831', [...slab, line('Retention 10 %', '-1890.12')])],
    ['whose lines it splits', bill('8831', [...part(slab, '0.25'), ...part(slab, '0.75')])],
    ['of which it bills a percentage that it states', bill('8831', [line('Deposit 30 %', '5670.35')])],
    ['at other prices', bill('8831', part(slab, '1.04'))],
    ['that it takes something back of', bill('CN 12 / PO-0107', part(slab, '-0.1'))],
    [
      'that it bills with tax keyed as a line',
      bill('8831', [...slab, line('VAT 20%', '3780.23', { account: '820' })]),
    ],
    ['that is dated some days after it', bill('8831', slab, { date: '2026-10-29' })],
    ['that it names, with nothing to pay', bill('PO-0107', [line('Replacement, free of charge', 0)])],
  ])('%s', (_case, one) => {
    expect(answer(one)).toBe('PO-0107');
  });

  it('that it names, though another is the same and lines and account are others', () => {
    const again = order('PO-0109', slab);
    expect(answer(bill('8831 PO-0109', slab), [slabOrder, again])).toBe('PO-0109');
    const other = [line('Agitator hours', 1210, { account: '340' })];
    expect(answer(bill('8831 PO-0109', other), [slabOrder, again])).toBe('PO-0109');
  });

  it('that is raised again within days of the deleted one that it names', () => {
    const again = order('PO-0119', [...slab, ...kerbs], { date: '2026-11-05' });
    expect(answer(bill('PO-0107', slab), [{ ...slabOrder, status: 'DELETED' }, again])).toBe('PO-0119');
  });

  it('by item where the words are those of the supplier', () => {
    const items = [line('Framing timber', 3480, { item: 'T9045' }), line('Hangers', 212, { item: 'JH47' })];
    const orders = [order('1', items), order('2', [line('Building paper', 388, { item: 'BPAP' })])];
    expect(answer(bill('8831', [line('SG8 90x45 4.8', 1160, { item: 'T9045' })]), orders)).toBe('1');
  });

  it('of its project, where two are the same but for that', () => {
    const oak = order(
      'PO-0109',
      slab.map((it) => ({ ...it, tracking: [{ category: 'Project', option: 'Oak Street' }] })),
    );
    expect(answer(bill('8831', slab), [slabOrder, oak])).toBe('PO-0107');
  });

  it('that alone is of its project and account, and has a word in common', () => {
    const oak = order('PO-0109', [line('Footings', 9400, { project: 'Oak Street' })]);
    const docket = line('Conc GR25 150+-25', 4110);
    expect(answer(bill('8831', [line('GR25 150+-25', 4110)]), [slabOrder, oak])).toEqual(asks);
    expect(answer(bill('8831', [docket]), [slabOrder, oak])).toBe('PO-0107');
    expect(answer(bill('8831', [docket]), [slabOrder, order('PO-0109', [line('Footings', 9400)])])).toEqual(
      asks,
    );
    expect(answer(bill('8831', [{ ...docket, account: '340' }]), [slabOrder, oak])).not.toBe('PO-0107');
    expect(answer(bill('8831', [{ ...docket, tracking: [] }]), [slabOrder, oak])).toEqual(asks);
  });

  it('of the project that its words name, where nobody has coded it yet', () => {
    const hire = (project: string) => [line('Site toilet, per month', 110, { project })];
    const orders = [order('PO-0107', hire('2401 Mill Lane')), order('PO-0108', hire('Orchard Rise Ph2'))];
    const uncoded = (says: string) => [line(says, 110, { project: '' })];
    expect(answer(bill('SL-7892', uncoded('Toilet hire June, Mill Lane')), orders)).toBe('PO-0107');
    expect(answer(bill('SL-7893', uncoded('Toilet hire June, Orchard Rise')), orders)).toBe('PO-0108');
    expect(answer(bill('SL-7894', uncoded('Toilet hire June')), orders)).toEqual(asks);
    expect(answer(bill('SL-7895', uncoded('Toilet hire June, Mill Lane and Orchard Rise')), orders)).toEqual(
      asks,
    );
    const coded = [line('Toilet hire June, Mill Lane', 110, { project: 'Orchard Rise Ph2' })];
    expect(answer(bill('SL-7896', coded), orders)).toEqual(asks);
  });

  it('that it names, where it bills nothing but the freight to it', () => {
    const freight = [line('Delivery charge, two drops', 70, { project: '', account: '415' })];
    expect(answer(bill('95560 / PO-0107 + PO-0108', freight), [slabOrder, kerbOrder])).toBe(
      'PO-0107 + PO-0108',
    );
  });

  it('of those of its project and account that one which is by far the likest', () => {
    const heaters = order('PO-0109', [
      line('Ground heater, weekly', 1150),
      line('Propane heater, weekly', 560),
    ]);
    const lift = order('PO-0110', [line('60 ft boom lift, monthly', 6800)]);
    expect(answer(bill('8831', [line('BOOM LIFT 60FT 28D', 6800)]), [heaters, lift])).toBe('PO-0110');
  });

  it('whose words it has, where two are much alike', () => {
    const level = (number: number) => [line(`Framing package level ${number}`, 21_000 + number)];
    const orders = [order('1', level(1)), order('2', level(2))];
    expect(answer(bill('8831', [line('Framing pkg level 2, delivery 1 of 2', 11_200)]), orders)).toBe('2');
  });

  it('that is not billed yet, where what was billed before is known', () => {
    const again = order('PO-0109', slab);
    expect(answer(bill('8831', slab), [slabOrder, again], { 'PO-0107': '18901.15' })).toBe('PO-0109');
    expect(
      answer(bill('8831', [line('Balance', '8901.15')]), [slabOrder, kerbOrder], { 'PO-0107': '10000' }),
    ).toBe('PO-0107');
  });

  it('of its project, where it releases what was retained, on an account of that', () => {
    const oak = order('PO-0109', [line('Paving', 64_000, { project: 'Oak Street' })]);
    const release = (net: string) => line('Retention release', net, { account: '2260' });
    expect(answer(bill('Ret 4', [release('945.06')]), [slabOrder, oak])).toBe('PO-0107');
    expect(answer(bill('Ret 4', [release('945.06')]), [slabOrder, kerbOrder, oak])).toBe('PO-0107');
    expect(answer(bill('Ret 4', [release('1311.09')]), [slabOrder, kerbOrder, oak])).toEqual(asks);
  });

  it('that is its only one, where it claims a part of an order', () => {
    expect(answer(bill('Claim 3', [line('Progress claim 3', 5210)]), [slabOrder])).toBe('PO-0107');
  });
});

describe('a bill is for several orders', () => {
  it.each([
    ['that it names', 'PO-0107, PO-0108'],
    ['of which it names the first alone', 'PO-0107'],
    ['of which it names none, for it has all their lines', 'INV-8831'],
  ])('%s', (_case, reference) => {
    expect(answer(bill(reference, [...slab, ...kerbs]))).toBe('PO-0107 + PO-0108');
  });

  it('that are all there are, in one sum', () => {
    expect(
      answer(bill('8831', [line('Concrete works, both slabs and kerbs', '26221.75')]), [
        slabOrder,
        kerbOrder,
      ]),
    ).toBe('PO-0107 + PO-0108');
  });

  it('that it names, in one sum or in part', () => {
    expect(answer(bill('PO 107 & 108', [line('Concrete works', '26221.75')]))).toBe('PO-0107 + PO-0108');
    expect(answer(bill('107/108', part([...slab, ...kerbs], '0.3')))).toBe('PO-0107 + PO-0108');
  });
});

describe('a bill is for none', () => {
  it.each([
    [
      'of a supplier without orders',
      bill('77', [line('Water', 98, { account: '445', project: '' })], { contact: { id: 'city' } }),
    ],
    ['for something quite unlike', bill('77', [line('Statement fee', 35, { account: '404', project: '' })])],
    [
      'for what keeps the business running',
      bill('77', [line('Yard rent October', 2200, { account: '469', project: '' })]),
    ],
    [
      'of a number far beyond those of the book',
      bill('PO-9120', [line('Statement fee', 35, { account: '404', project: '' })]),
    ],
    [
      'of another account and no job',
      bill('77', [line('Concrete for our own yard', 640, { account: '469', project: '' })]),
    ],
    ...[
      'Rebar ties, no PO',
      'Saw blade, PO: none per Dan',
      'Postmix x10, counter collection, order no: n/a',
      'Drop-in anchors, counter sale',
      'Tie wire, collected without order',
      'Daywork sheet 07: stored pallets moved, not part of order',
    ].map((says): [string, BillToMatch] => [`as it says itself: ${says}`, bill('77', [line(says, 58)])]),
    ['from weeks before the first order', bill('77', part(slab, '0.4'), { date: '2026-08-14' })],
  ])('%s', (_case, one) => {
    expect(answer(one)).toBe('NONE');
  });
});

describe('a bill that speaks of no order', () => {
  it('is for none only where it names none, and is not to the cent what is ordered', () => {
    expect(answer(bill('PO-0107', [line('Slab concrete, no order no. on docket', 9450)]))).toBe('PO-0107');
    expect(answer(bill('8831', [line('Slab concrete and pump, no PO quoted', '18901.15')]))).not.toBe('NONE');
    expect(answer(bill('8831', [line('As per your order no. 107', 9450)]))).toBe('PO-0107');
  });
});

describe('a person is asked', () => {
  it('where two orders are equally likely', () => {
    expect(answer(bill('8831', slab), [slabOrder, order('PO-0109', slab)])).toBe('ASK: PO-0107, PO-0109');
    expect(answer(bill('8831', [line('Concrete', 3000)]), [slabOrder, order('PO-0109', slab)])).toEqual(asks);
  });

  it.each([
    ['the number says one order, the lines another', bill('PO-0108', slab)],
    [
      "its number is another supplier's by digits alone, and so is what it bills",
      bill('0110', [line('Rebar N16 bent', 900, { account: '312', project: 'Riverside' })], {
        contact: { id: 'avon' },
      }),
    ],
    [
      'a line is to the cent one of an order of its project that it does not name',
      bill('PO-0107', [...part(slab, '0.4'), line('Kerb', '7320.60')]),
    ],
    [
      'the number is of no order, and the lines are not quite those of one',
      bill('PO-0149', part(slab, '0.4')),
    ],
    [
      "the number is another supplier's, and the lines are not quite its own",
      bill('PO-0110', part(slab, '0.4')),
    ],
    [
      'a line is rather for an order that it does not name',
      bill('PO-0107', [...part(slab, '0.4'), ...part(kerbs, '0.4')]),
    ],
    ['it bills far more than the order that it names', bill('PO-0108', [line('Kerbs and paving', 15_000)])],
    ['it is only something like an order', bill('8831', [line('Saw cutting', 900)])],
    ['it is in another currency', bill('PO-0107', slab, { currency: 'CAD' })],
    [
      'it is coded to another project',
      bill(
        '8831',
        kerbs.map((it) => ({ ...it, tracking: [{ category: 'Project', option: 'Oak Street' }] })),
      ),
    ],
    ['its order is dated long after it', bill('8831', slab, { date: '2026-09-01' })],
  ])('where %s', (_case, one) => {
    expect(answer(one)).toEqual(asks);
  });

  it("unless the number of another supplier's order is a slip from its own, which it is like", () => {
    const others = order('PO-0117', rebar, { contact: { id: 'bayside' } });
    expect(answer(bill('PO-0117', part(slab, '0.4')), [slabOrder, others])).toBe('PO-0107');
    for (const some of [
      line('Training', 900, { account: '404' }),
      line('Slab concrete, 34 m3', 7310, { price: '215' }),
    ]) {
      expect(answer(bill('PO-0117', [some]), [slabOrder, others])).toEqual(asks);
    }
  });

  it('where number and coding say one order, and words and goods another', () => {
    const tiles = [line('Ridge tiles, 64 m', 512, { project: 'Otley Road' })];
    const orders = [slabOrder, order('PO-0433', tiles)];
    expect(answer(bill('49311 PO-0107', [line('Ridge tiles 64 m', 512)]), orders)).toEqual(asks);
    const lots = ['Lot 14 Kauri Rise', 'Lot 15 Kauri Rise'].map((project, at) =>
      order(`PF-20${at}`, [line('Roof trusses, plan K3', 14_275 + at, { project })]),
    );
    const trusses = line('Roof trusses, Lot 14', 9000, { project: 'Lot 15 Kauri Rise' });
    expect(answer(bill('44895 PF-201', [trusses]), lots)).toEqual(asks);
    expect(answer(bill('44895 PF-200', [{ ...trusses, tracking: [] }]), lots)).toBe('PF-200');
  });

  it('where number and amount say one order, the coding another of the same goods', () => {
    const kits = (project: string, net: number) => [line('Timber frame kit type A', net, { project })];
    const orders = [order('PO-0218', kits('Ph1', 118_000)), order('PO-0240', kits('Ph2', 177_000))];
    expect(answer(bill('2540 PO-0218', kits('Ph2', 118_000)), orders)).toEqual(asks);
    expect(answer(bill('2540 PO-0218', kits('Ph3', 118_000)), orders)).toBe('PO-0218');
  });

  it('where a word is only like that of a job', () => {
    const paving = (project: string) => [line('Base course asphalt', 92_740, { project })];
    const orders = [order('PO-0107', paving('Depot Parking')), order('PO-0108', paving('Harlan Road'))];
    const claim = [line('Paving work to date, as discussed', 30_000, { project: '' })];
    expect(answer(bill('DP-1302', claim), orders)).toEqual(asks);
  });

  it('where what comes besides is to the cent a line of another order', () => {
    const trusses = order('PO-0109', [
      line('Wood trusses', 21_480, { project: 'Taylor' }),
      line('Truss delivery and crane set', 1650, { project: 'Taylor' }),
    ]);
    const delivery = line('Truss delivery and crane set', 1650, { project: 'Taylor' });
    expect(answer(bill('62415', [...slab, delivery]), [slabOrder, trusses])).toEqual(asks);
  });

  it('where its long number is that of one of its orders, and the rest is of another', () => {
    const pipes = (size: string, net: number) => [line(`${size} PVC-O pipe`, net)];
    const orders = [order('20418', pipes('DN150', 57_270)), order('20447', pipes('DN300', 98_496))];
    expect(answer(bill('20418 PPS-71260', pipes('DN300', 98_496)), orders)).toEqual(asks);
    expect(answer(bill('PPS-71260', pipes('DN300', 98_496)), orders)).toBe('20447');
  });

  it('where it names several orders, and nothing says what each is to bear', () => {
    const heads = (count: number, project: string) => [
      line(`Relocate and add heads, ${count} total`, count * 180, { project }),
    ];
    const orders = [order('PO-0240', heads(64, 'Oyster Bar')), order('PO-0241', heads(41, 'Taqueria'))];
    const both = [line('Additional work and fire watch', 4200, { project: '' })];
    expect(answer(bill('7750 PO-0240 / PO-0241', both), orders)).toEqual(asks);
    expect(
      answer(bill('7750 PO-0240 / PO-0241', [...heads(64, 'Oyster Bar'), ...heads(41, 'Taqueria')]), orders),
    ).toBe('PO-0240 + PO-0241');
  });

  it('where each month has its order, and it names no month', () => {
    const hire = (month: string) => [line(`Scissor lift 8 m electric, ${month}`, 640)];
    const orders = [
      order('PO-0421', hire('October'), { date: '2026-10-01' }),
      order('PO-0426', hire('November'), { date: '2026-11-02' }),
    ];
    const lift = (says: string) => bill('60870', [line(says, 640)]);
    expect(answer(lift('Scissor lift 8 m electric, one month hire'), orders)).toEqual(asks);
    expect(answer(lift('Scissor lift 8 m electric, October'), orders)).toBe('PO-0421');
  });

  it('about a retention, which is of some order', () => {
    const retention = line('Retainage adjustment per phone call', -1250, { account: '2110', project: '' });
    expect(answer(bill('26-040', [retention]), [slabOrder, kerbOrder])).toEqual(asks);
  });

  it('where it names the number of a job that has no such order', () => {
    const orders = [order('2503-PO-08', slab), order('2507-PO-06', kerbs)];
    expect(answer(bill('11002 / 2530-PO-06', [line('Float hire', 2500)]), orders)).toEqual(asks);
    expect(answer(bill('11002 / PO-06', [line('Kerb, part', 2500)]), orders)).toBe('2507-PO-06');
  });

  it('where its number has the parts of those of the book, and is none of its supplier', () => {
    const own = order('24-101-006', slab);
    const others = order('24-101-011', rebar, { contact: { id: 'bayside' } });
    const leads = [line('Leadwork to bays', 2380)];
    expect(answer(bill('24-101-021', leads), [own, others])).toEqual(asks);
    expect(answer(bill('HC-24-101-011', leads), [own, others])).toEqual(asks);
    expect(answer(bill('8831 24-101-006', leads), [own, others])).toBe('24-101-006');
  });

  it('where lines and amount to the cent are those of another order than the one that it names', () => {
    const plain = { project: '' };
    const [weak, strong] = [
      line('Concrete 20MPa', '5000.10', plain),
      line('Concrete 25MPa', '3200.40', plain),
    ];
    const orders = [order('PO-0107', [weak]), order('PO-0108', [strong])];
    expect(answer(bill('PO-0107', [line('Concrete 25MPa', '3100.45', plain)]), orders)).toBe('PO-0107');
    expect(answer(bill('PO-0107', [strong]), orders)).toBe('ASK: PO-0107, PO-0108');
  });

  it.each(['DRAFT', 'DELETED', 'SOMETHING NEW'])('where the order that it names is %s', (status) => {
    expect(answer(bill('PO-0107', slab), [{ ...slabOrder, status }, kerbOrder])).toEqual(asks);
  });

  it.each([
    [
      'the same again is ordered long after',
      order('PO-0109', slab, { date: '2026-12-10' }),
      bill('PO-0107', slab, { date: '2026-12-14' }),
    ],
    [
      'it bills but a part of what is ordered again',
      order('PO-0109', slab),
      bill('PO-0107', part(slab, '0.4')),
    ],
  ])('where the order that it names was deleted, and %s', (_case, again, one) => {
    expect(answer(one, [{ ...slabOrder, status: 'DELETED' }, again])).toEqual(asks);
  });

  it("where its lines and amount to the cent are those of another supplier's order, or of a deleted one", () => {
    const bayside = { contact: { id: 'bayside' } };
    expect(answer(bill('8831', slab, bayside))).toEqual(asks);
    const nothing = bill(
      '8831',
      [line('Statement fee', '18901.15', { account: '404', project: '' })],
      bayside,
    );
    expect(answer(nothing)).toBe('NONE');
    expect(answer(bill('8831', slab), [{ ...slabOrder, status: 'DELETED' }, kerbOrder])).toEqual(asks);
  });

  it('where its supplier is unknown, and of the order that it names', () => {
    const { contact: _none, ...nobody } = bill('PO-0107', slab);
    expect(answer(nobody)).toBe('ASK: PO-0107');
    expect(answer(bill('PO-0110', rebar), [rebarOrder])).toBe('ASK: PO-0110');
  });
});

it("Xero's documents are taken as they are", () => {
  const purchaseOrder = xeroOrder({ number: 'PO-0107' });
  const { id, contact, currency, lines, subTotal, totalTax, total, version } = purchaseOrder;
  const xeroBill: Bill = {
    ...{ kind: 'bill', id: 'bill', number: 'INV-8831 / PO-0107', status: 'AUTHORISED', date: '2026-11-20' },
    ...{ contact: contact!, currency, lines, subTotal, totalTax, total, version },
    ...{ settlements: [], credits: [], hasAttachments: false },
  };
  expect(matchBill(xeroBill, indexOrders([purchaseOrder]))).toMatchObject({ orders: [id] });
  const { shares, extras } = shareBill(xeroBill, [purchaseOrder]);
  expect([shares.map(({ line: of, amount }) => [of, formatMoney(amount)]), extras]).toEqual([
    [['line-1', '100.00']],
    [],
  ]);
});

describe('the explanation', () => {
  it('says what an answer goes by', () => {
    expect(matchBill(bill('INV-8831 / PO 107', slab), indexOrders(all))).toEqual({
      orders: ['PO-0107'],
      why: [
        'the reference says PO 107',
        'the lines are alike',
        'the amount is what is ordered to the cent, 18901.15, line by line',
        'none that is coded so is as much like it',
      ],
      named: true,
    });
  });

  it('says whether the bill names its orders, or another that comes up may yet be meant', () => {
    expect(matchBill(bill('INV-8831', slab), indexOrders(all))).toMatchObject({
      orders: ['PO-0107'],
      named: false,
    });
  });

  it('says why a person has to look, and what speaks for each candidate, the likeliest first', () => {
    expect(matchBill(bill('PO-0108', slab), indexOrders(all))).toMatchObject({
      why: expect.arrayContaining([expect.stringMatching(/PO-0108|clearly/)]),
      ask: [
        { reasons: expect.arrayContaining(['the lines are alike']) },
        { reasons: expect.arrayContaining(['the reference says PO-0108']) },
      ],
    });
  });

  it('says why a bill is for none', () => {
    const rent = bill('77', [line('Yard rent', 2200, { account: '469', project: '' })]);
    expect(matchBill(rent, indexOrders(all))).toEqual({
      none: ['it is unlike every order that its supplier had by then, and no number says otherwise'],
    });
  });
});
