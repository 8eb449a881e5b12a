import { systemClock } from '../../lib/core/ports.ts';
import { enterBills, enterOrders, poll, tellOf } from './carrying/office.ts';
import { openRig } from './carrying/rig.ts';
import { countCalls, total } from './carrying/vendor-calls.ts';
import { workOff } from './carrying/worker.ts';
import { workload } from './carrying/workload.ts';
import type { Bench, Figure } from './figures.ts';
import { percentile } from './figures.ts';

const BILLS = 30;
/** Milliseconds of each call to a vendor: enough that what is under way at the same time can be told from what is not. */
const LATENCY = 50;

/**
 * A lone bill in a quiet hour: from Xero's webhook at the door to the last write in Procore, in calls one after the other
 * and in milliseconds of our own beyond them. DynamoDB, KMS and EventBridge over the wire, the real clock. The way
 * through SQS and the start of a function are AWS's and not in it.
 */
export const idleLatency: Bench = async (say) => {
  const work = workload(BILLS, new Date().toISOString().slice(0, 10));
  const rig = await openRig({ suppliers: work.suppliers, clock: systemClock, wire: { latency: LATENCY } });
  try {
    enterOrders(rig, work.orders);
    await poll(rig);
    await workOff(rig, undefined, (left) => say(`getting ready, ${left} orders left`));
    const [inTurn, calls, own]: number[][] = [[], [], []];
    for (const [at, bill] of work.bills.entries()) {
      enterBills(rig, [bill]);
      const counted = countCalls(rig.vendors);
      rig.wire.reset();
      const began = performance.now();
      await tellOf(rig, [bill]);
      await workOff(rig, 1);
      const spent = performance.now() - began;
      const made = counted();
      inTurn!.push(rig.wire.inTurn());
      calls!.push(total(made.procore) + total(made.xero));
      own!.push(spent - rig.wire.busy());
      say(`bill ${at + 1} of ${BILLS}`);
    }
    const figure = (what: string, values: number[], percent: number, unit: Figure['unit']): Figure => ({
      what: `webhook to Procore, idle: ${what}, p${percent}`,
      value: percentile(values, percent),
      unit,
      madeOf: `${BILLS} bills one after the other, ${LATENCY} ms to each call`,
    });
    return [50, 99].flatMap((percent) => [
      figure('vendor calls one after the other', inTurn!, percent, 'calls'),
      figure('vendor calls in all', calls!, percent, 'calls'),
      figure('milliseconds beyond the vendors', own!, percent, 'ms'),
    ]);
  } finally {
    await rig.close();
  }
};
