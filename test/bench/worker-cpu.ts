import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { enterBills, enterOrders, poll, tellOf } from './carrying/office.ts';
import { openRig } from './carrying/rig.ts';
import { startServedAws } from './carrying/served-aws.ts';
import type { Used } from './carrying/worker-process.ts';
import { workload } from './carrying/workload.ts';
import type { Bench, Figure } from './figures.ts';
import { ratio } from './figures.ts';

const PROCESS = fileURLToPath(new URL('carrying/worker-process.ts', import.meta.url));

/** Half of them orders, half of them bills. */
const [SIZES, WHOLE] = [[100, 1000], 10_000];

export interface Measured {
  documents: number;
  orders: Used;
  bills: Used;
}

type Say = (progress: string) => void;

/**
 * The worker's own CPU for a backlog: the worker is a process of its own, over the wire to AWS's and the vendors'
 * stand-ins, which answer at once and whose CPU is another process's. The SDK's work is the worker's.
 */
export function workerCpu({ full }: { full: boolean }): {
  bench: Bench;
  perDocument(say: Say): Promise<number>;
} {
  const known = new Map<number, Promise<Measured>>();
  const measured = (documents: number, say: Say) => {
    const measuring = known.get(documents) ?? measure(documents, say);
    known.set(documents, measuring);
    return measuring;
  };
  const bench: Bench = async (say) => {
    const all: Measured[] = [];
    for (const size of full ? [...SIZES, WHOLE] : SIZES)
      all.push(await measured(size, (progress) => say(`${size} documents, ${progress}`)));
    return figuresOf(all);
  };
  return { bench, perDocument: async (say) => 1 / speed(await measured(SIZES[0]!, say)) };
}

async function measure(documents: number, say: Say): Promise<Measured> {
  const count = documents / 2;
  const work = workload(count, new Date().toISOString().slice(0, 10));
  const { aws, endpoints } = await startServedAws();
  const rig = await openRig({ suppliers: work.suppliers, aws });
  const environment = {
    ...aws.environment,
    XERO_API_URL: rig.vendors.xero.url,
    XERO_IDENTITY_URL: rig.vendors.xero.url,
    PROCORE_API_URL: rig.vendors.procore.url,
    PROCORE_LOGIN_URL: rig.vendors.procore.url,
  };
  const worker = fork(PROCESS, [JSON.stringify({ environment, endpoints })], { execArgv: ['--expose-gc'] });
  try {
    enterOrders(rig, work.orders);
    await poll(rig);
    say('orders');
    const orders = await told(worker);
    enterBills(rig, work.bills);
    await tellOf(rig, work.bills);
    say('bills');
    const bills = await told(worker);
    const posted = await rig.deployment.documents.list(rig.connectionId, { state: 'posted' });
    const carried = posted.filter(({ kind }) => kind !== 'contact').length;
    if (carried !== documents) throw new Error(`${carried} of ${documents} documents were carried`);
    return { documents, orders, bills };
  } finally {
    worker.kill();
    await rig.close();
  }
}

async function told(worker: ChildProcess): Promise<Used> {
  const answered = Promise.race([
    once(worker, 'message').then(([used]) => used as Used),
    once(worker, 'exit').then(([code]) => {
      throw new Error(`the worker ended with ${code}`);
    }),
  ]);
  worker.send('work');
  return answered;
}

function speed({ documents, orders, bills }: Measured): number {
  return documents / (orders.cpuSeconds + bills.cpuSeconds);
}

function figuresOf(all: Measured[]): Figure[] {
  const [least, most] = [all[0]!, all.at(-1)!];
  const speeds = all.map((each): Figure => {
    const half = each.documents / 2;
    return {
      what: `documents per second of the worker's CPU, ${each.documents} documents`,
      value: speed(each),
      unit: 'documents/s',
      atLeast: 200,
      madeOf: `${(half / each.orders.cpuSeconds).toFixed(1)} orders/s and ${(half / each.bills.cpuSeconds).toFixed(1)} bills/s, the SDK's work included`,
    };
  });
  return [
    ...speeds,
    {
      what: `CPU per document, ${most.documents} documents ÷ ${least.documents}`,
      value: ratio(speed(least), speed(most)),
      unit: '×',
      atMost: 1.2,
      madeOf: `${(1000 / speed(most)).toFixed(1)} ms ÷ ${(1000 / speed(least)).toFixed(1)} ms`,
    },
    {
      what: `memory of the worker after ${most.documents} documents ÷ ${least.documents}`,
      value: ratio(most.bills.megabytes, least.bills.megabytes),
      unit: '×',
      atMost: 1.5,
      madeOf: all.map(({ documents, bills }) => `${documents}: ${bills.megabytes.toFixed(1)} MB`).join(', '),
    },
  ];
}
