import type { Bill } from './aws-prices.ts';
import { costOf, PRICES } from './aws-prices.ts';
import { enterBills, enterOrders, poll, tellOf } from './carrying/office.ts';
import { openRig } from './carrying/rig.ts';
import { virtualClock } from './carrying/virtual-clock.ts';
import { workOff } from './carrying/worker.ts';
import { workload } from './carrying/workload.ts';
import type { Bench } from './figures.ts';

const [ORDERS, BILLS] = [250, 250];

/** What is taken for the distance of the vendors and of AWS's own services, in milliseconds. */
const [VENDOR_MS, AWS_MS] = [250, 5];

/** As the stack has them, in GB and in cores: 1,769 MB is one. */
const WORKER = { gigabytes: 0.5, cores: 512 / 1769 };
const WEBHOOK = { gigabytes: 1, seconds: 0.05 };

/**
 * What AWS charges for a thousand documents in a backlog: requests as the SDK's clients send them, units by the sizes of
 * items, time of the worker by a virtual clock on which calls take as long as over the network; its own CPU, measured in
 * a process of its own, on top, stretched as the share of a core demands.
 */
export function awsCost(cpuSecondsPerDocument: (say: (progress: string) => void) => Promise<number>): Bench {
  return async (say) => {
    const clock = virtualClock(new Date().toISOString());
    const work = workload(ORDERS, clock.now().toISOString().slice(0, 10));
    const rig = await openRig({
      ...{ suppliers: work.suppliers, clock, quick: true },
      ...{ wire: { latency: VENDOR_MS }, awsLatency: AWS_MS },
    });
    try {
      rig.aws.meter.reset();
      enterOrders(rig, work.orders);
      const began = clock.now().getTime();
      await poll(rig);
      const pollSeconds = (clock.now().getTime() - began) / 1000;
      const ofOrders = await workOff(rig, undefined, (left) => say(`${left} orders left`));
      enterBills(rig, work.bills);
      const deliveries = await tellOf(rig, work.bills);
      const ofBills = await workOff(rig, undefined, (left) => say(`${left} bills left`));

      const usage = rig.aws.meter.usage();
      const documents = ORDERS + BILLS;
      const waiting = [...ofOrders.durations, ...ofBills.durations].reduce((sum, ms) => sum + ms, 0) / 1000;
      const cpu = ((await cpuSecondsPerDocument(say)) * documents) / WORKER.cores;
      const invocations = ofOrders.invocations + ofBills.invocations;
      const bill: Bill = {
        ...usage,
        invocations: invocations + deliveries + 1,
        gbSeconds:
          (waiting + cpu + pollSeconds) * WORKER.gigabytes + deliveries * WEBHOOK.seconds * WEBHOOK.gigabytes,
      };
      const perThousand = Object.entries(costOf(bill)).map(
        ([service, dollars]) => [service, (dollars / documents) * 1000] as const,
      );
      const each = (count: number) => (count / documents).toFixed(1);
      const madeOf: Record<string, string> = {
        'Lambda time': `${each(bill.gbSeconds)} GB-s per document: ${each(waiting)} s of waiting (${VENDOR_MS} ms a vendor call, ${AWS_MS} ms a request to AWS) and ${each(cpu)} s of CPU at ${WORKER.cores.toFixed(2)} core`,
        'Lambda requests': `${bill.invocations} invocations`,
        'DynamoDB writes': `${each(usage.writeUnits)} units per document in ${each(requests(usage.requests, /^(Put|Update|Delete)Item$/))} requests`,
        'DynamoDB reads': `${each(usage.readUnits)} units per document in ${each(requests(usage.requests, /^(GetItem|Query|Scan)$/))} requests`,
        SQS: `${usage.sqs} requests`,
        KMS: `${usage.kms} requests`,
        EventBridge: `${usage.events} events`,
      };
      const sum = perThousand.reduce((total, [, dollars]) => total + dollars, 0);
      return [
        {
          what: 'AWS per 1,000 documents',
          value: sum,
          unit: 'US$',
          atMost: 0.01,
          madeOf: `${ORDERS} orders and ${BILLS} bills in backlogs; prices of us-east-1, ${PRICES.asOf}; without the free parts, logs and what a stack costs at rest`,
        },
        ...perThousand
          .toSorted(([, a], [, b]) => b - a)
          .map(([service, value]) => ({
            what: `AWS per 1,000 documents: ${service}`,
            value,
            unit: 'US$' as const,
            madeOf: madeOf[service]!,
          })),
      ];
    } finally {
      await rig.close();
    }
  };
}

function requests(counted: Record<string, number>, which: RegExp): number {
  return Object.entries(counted).reduce((sum, [name, count]) => sum + (which.test(name) ? count : 0), 0);
}
