import * as z from 'zod/mini';
import { allocate } from '../../lib/core/allocate.ts';
import { desiredCommitments } from '../../lib/core/desired-commitments.ts';
import { planPurchaseOrder } from '../../lib/core/plan-purchase-order.ts';
import { fingerprint } from '../../lib/flows/fingerprint.ts';
import { settingsWithDefaults } from '../../lib/store/settings-schema.ts';
import type { Bench } from './figures.ts';
import { ratio } from './figures.ts';
import { interleave } from './interleave.ts';
import { contractorTables, manyOrders, projectWorld } from './planned-orders.ts';

type Orders = ReturnType<typeof manyOrders>;

const SIZES = [100, 1000, 10_000] as const;
/** Every size is timed over as many orders, so that one clock tick weighs the same for all. */
const ORDERS_PER_RUN = 10_000;

/** The rules alone, without network or database: the time of an order must not grow with the number of orders. */
export const planner: Bench = async (say) => {
  const plan = planning();
  const run = (size: number) => {
    const orders = manyOrders(size);
    return () => millisecondsPerOrder(orders, plan);
  };
  const [few, some, many] = SIZES;
  const time = await interleave(
    { few: run(few), some: run(some), many: run(many) },
    { rounds: 5, warmUp: 1, say },
  );
  const figure = (size: number, each: number, smaller: number, than: number) => ({
    what: `planning one of ${size} orders ÷ one of ${smaller}`,
    value: ratio(each, than),
    unit: '×' as const,
    atMost: 1.5,
    madeOf: `${perSecond(each)} ÷ ${perSecond(than)} documents per second, medians of 5`,
  });
  return [figure(some, time.some, few, time.few), figure(many, time.many, some, time.some)];
};

/** The path of a new order through the rules, to the plan that writes it. */
function planning(): (order: Orders[number]) => number {
  const tables = contractorTables();
  const world = projectWorld();
  const settings = { startDate: '2026-01-01', ...z.object(settingsWithDefaults).parse({}) };
  return (order) => {
    const shares = allocate(order, tables);
    const desired = desiredCommitments(order, shares, () => world, settings, fingerprint);
    const vendor = { matched: '77', alreadyIn: new Set<string>() };
    return planPurchaseOrder(desired, { vendor, links: [], applications: [], fingerprint }).steps.length;
  };
}

function millisecondsPerOrder(orders: Orders, plan: (order: Orders[number]) => number): number {
  const passes = ORDERS_PER_RUN / orders.length;
  const started = performance.now();
  for (let pass = 0; pass < passes; pass++) {
    for (const order of orders) {
      if (plan(order) === 0) throw new Error(`${order.number} is planned to nothing`);
    }
  }
  return (performance.now() - started) / ORDERS_PER_RUN;
}

function perSecond(milliseconds: number): string {
  return Math.round(1000 / milliseconds).toLocaleString('en-US');
}
