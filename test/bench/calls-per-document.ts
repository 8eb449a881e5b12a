import { systemClock } from '../../lib/core/ports.ts';
import type { Carried } from './carrying/carry.ts';
import { carryBills, carryBillsOneByOne, carryOrders, carryOrdersOneByOne } from './carrying/carry.ts';
import { openRig } from './carrying/rig.ts';
import { total } from './carrying/vendor-calls.ts';
import { startBenchVendors } from './carrying/vendors.ts';
import { virtualClock } from './carrying/virtual-clock.ts';
import type { BillKind, Workload } from './carrying/workload.ts';
import { mixOf, workload } from './carrying/workload.ts';
import type { Bench, Figure } from './figures.ts';
import { procoreFloorOfBills, procoreFloorOfDrafts, procoreFloorOfOrders, xeroFloor } from './floors.ts';
import { startStraightforward } from './straightforward.ts';

/** From a lone document to a backlog. */
const BACKLOGS = [1, 10, 100, 1000];
/** Twenty minutes more. */
const WHOLE = [10_000];

/** The backlog at which the targets are set, and at which each kind of bill is measured by itself. */
const JUDGED = 100;

const today = () => new Date().toISOString().slice(0, 10);

/**
 * Vendor calls per document at growing backlogs, beside the floor and beside the straightforward connector: so many
 * orders of one project that a poll finds, then as many bills that webhooks tell of.
 */
export function callsPerDocument({ full }: { full: boolean }): Bench {
  return async (say) => {
    const figures: Figure[] = [];
    let breaches = 0;
    for (const backlog of full ? [...BACKLOGS, ...WHOLE] : BACKLOGS) {
      const work = workload(backlog, today());
      const ours = await carryWithOurs(work, (progress) => say(`backlog ${backlog}, ${progress}`));
      const theirs = await carryWithStraightforward(work);
      breaches += ours.breaches;
      figures.push(...figuresOf(backlog, work, ours, theirs));
    }
    for (const kind of ['in-full', 'in-part', 'without-order'] as const)
      figures.push(await figureOfKind(kind, say));
    figures.push({
      what: 'calls that a limit turned away',
      value: breaches,
      unit: 'calls',
      atMost: 0,
      madeOf: 'all backlogs; five calls to Xero at a time, the windows of time being without end here',
    });
    return figures;
  };
}

interface Both {
  orders: Carried;
  bills: Carried;
}

async function carryWithOurs(work: Workload, say: (progress: string) => void) {
  const rig = await openRig({
    suppliers: work.suppliers,
    quick: true,
    clock: virtualClock(new Date().toISOString()),
  });
  try {
    const orders = await carryOrders(rig, work, say);
    const bills = await carryBills(rig, work.bills, say);
    await mustBeDone(rig, work);
    return { orders, bills, breaches: rig.wire.breaches() };
  } finally {
    await rig.close();
  }
}

/** Fewer calls for less work would be no feat. */
async function mustBeDone(
  rig: Awaited<ReturnType<typeof openRig>>,
  { orders, bills }: Workload,
): Promise<void> {
  const posted = await rig.deployment.documents.list(rig.connectionId, { state: 'posted' });
  const carried = posted.filter(({ kind }) => kind === 'purchase-order' || kind === 'bill').length;
  const wanted = orders.length + bills.length;
  if (carried !== wanted) throw new Error(`${carried} of ${wanted} documents were carried`);
}

async function carryWithStraightforward(work: Workload): Promise<Both> {
  const vendors = await startBenchVendors(work.suppliers, systemClock);
  try {
    const connector = await startStraightforward(vendors);
    return {
      orders: await carryOrdersOneByOne(vendors, connector, work),
      bills: await carryBillsOneByOne(vendors, connector, work.bills),
    };
  } finally {
    await vendors.close();
  }
}

function figuresOf(backlog: number, { orders, bills }: Workload, ours: Both, theirs: Both): Figure[] {
  const each = (count: number) => count / backlog;
  const procore = ({ calls }: Carried) => each(total(calls.procore));
  const xero = (both: Both) => each(total(both.orders.calls.xero) + total(both.bills.calls.xero)) / 2;
  const unit = 'calls' as const;
  const target = (atBacklog: number) =>
    backlog === 1 ? { atMost: 8 } : backlog === JUDGED ? { atMost: atBacklog } : {};
  const at = `, backlog ${backlog}`;
  return [
    {
      what: `Procore calls per order and its draft${at}`,
      value: procore(ours.orders),
      unit,
      // 2.1 for the order and one for its draft.
      ...target(3.1),
      beside: {
        floor: each(procoreFloorOfOrders(orders) + procoreFloorOfDrafts(orders)),
        straightforward: procore(theirs.orders),
      },
      madeOf: endpoints(ours.orders),
    },
    {
      what: `Procore calls per bill${at}`,
      value: procore(ours.bills),
      unit,
      ...target(2.5),
      beside: { floor: each(procoreFloorOfBills(bills)), straightforward: procore(theirs.bills) },
      madeOf: `${mixOf(bills)}: ${endpoints(ours.bills)}`,
    },
    {
      what: `Xero calls per document${at}`,
      value: xero(ours),
      unit,
      ...(backlog >= JUDGED && { atMost: 0.03 }),
      beside: { floor: each(xeroFloor(backlog)), straightforward: xero(theirs) },
      madeOf: `orders ${total(ours.orders.calls.xero)}, bills ${total(ours.bills.calls.xero)} calls`,
    },
  ];
}

async function figureOfKind(kind: BillKind, say: (progress: string) => void): Promise<Figure> {
  const work = workload(JUDGED, today(), { only: kind });
  const ours = await carryWithOurs(work, (progress) => say(`${kind}, ${progress}`));
  return {
    what: `Procore calls per bill ${kind}, backlog ${JUDGED}`,
    value: total(ours.bills.calls.procore) / JUDGED,
    unit: 'calls',
    madeOf: endpoints(ours.bills),
  };
}

/** Endpoints that a figure is broken down into. */
const NAMED = 4;

/** What the calls were, the most frequent first: `100 PATCH line_items/sync`. */
function endpoints({ calls }: Carried): string {
  const sorted = [...calls.procore].toSorted(([, a], [, b]) => b - a);
  const named = sorted.slice(0, NAMED).map(([endpoint, count]) => {
    const [method, path] = endpoint.split(' ') as [string, string];
    const words = path.split('/').filter((part) => part !== '' && !/^(rest|v\d.*|\{.*\})$/.test(part));
    return `${count} ${method} ${words.at(-1) === 'sync' ? words.slice(-2).join('/') : words.at(-1)}`;
  });
  const others = sorted.slice(NAMED).reduce((sum, [, count]) => sum + count, 0);
  return [...named, ...(others > 0 ? [`${others} other`] : [])].join(', ');
}
