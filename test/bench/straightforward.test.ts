import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProcoreContent } from '../../bin/local/procore-content.ts';
import { procoreContent } from '../../bin/local/procore-content.ts';
import { systemClock } from '../../lib/core/ports.ts';
import { carryBills, carryBillsOneByOne, carryOrders, carryOrdersOneByOne } from './carrying/carry.ts';
import type { Rig } from './carrying/rig.ts';
import { openRig } from './carrying/rig.ts';
import { total } from './carrying/vendor-calls.ts';
import type { BenchVendors } from './carrying/vendors.ts';
import { COMPANY_ID, startBenchVendors } from './carrying/vendors.ts';
import { workload } from './carrying/workload.ts';
import { startStraightforward } from './straightforward.ts';

const work = workload(25, new Date().toISOString().slice(0, 10));

describe('the straightforward connector', () => {
  let rig: Rig;
  let vendors: BenchVendors;
  const theirCalls: number[] = [];
  const content = ({ procore }: BenchVendors) => procoreContent(procore.companies.get(COMPANY_ID)!);

  beforeAll(async () => {
    rig = await openRig({ suppliers: work.suppliers, quick: true });
    vendors = await startBenchVendors(work.suppliers, systemClock);
    const connector = await startStraightforward(vendors);
    await carryOrders(rig, work);
    await carryBills(rig, work.bills);
    for (const { calls } of [
      await carryOrdersOneByOne(vendors, connector, work),
      await carryBillsOneByOne(vendors, connector, work.bills),
    ])
      theirCalls.push(total(calls.procore));
  });
  afterAll(async () => {
    await rig.close();
    await vendors.close();
  });

  it('brings the same commitments, applications and costs into Procore as ours', () => {
    const [ours, theirs] = [content(rig.vendors), content(vendors)];
    expect(theirs.commitments).toEqual(ours.commitments);
    expect(theirs.costs).toEqual(ours.costs);
    const without = ({ vendors: _linked, ...counts }: ProcoreContent['counts']) => counts;
    expect(without(theirs.counts)).toEqual(without(ours.counts));
  });

  it('every document of the workload goes through by itself, in both', () => {
    expect(content(rig.vendors).commitments).toHaveLength(work.orders.length);
    const billed = content(rig.vendors).commitments.filter((one) => one.billed !== undefined);
    expect(billed).toHaveLength(work.bills.filter(({ orderId }) => orderId !== undefined).length);
  });

  it('needs a call for every line, and one for every object', () => {
    const { orders, bills } = work;
    const lines = orders.reduce((sum, { LineItems }) => sum + LineItems!.length, 0);
    const onOrders = bills.filter(({ orderId }) => orderId !== undefined).length;
    expect(theirCalls).toEqual([7 * orders.length + lines, 7 * onOrders + 3 * (bills.length - onOrders)]);
  });
});
