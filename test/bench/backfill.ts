import { pollConnection, pollDueConnections } from '../../lib/flows/poll/poll-xero.ts';
import { refreshTokens } from '../../lib/flows/tokens/refresh-tokens.ts';
import { enterBills, enterOrders } from './carrying/office.ts';
import type { Rig } from './carrying/rig.ts';
import { openRig } from './carrying/rig.ts';
import { countCalls, total } from './carrying/vendor-calls.ts';
import { virtualClock } from './carrying/virtual-clock.ts';
import { workOff } from './carrying/worker.ts';
import { workload } from './carrying/workload.ts';
import type { Bench } from './figures.ts';
import { ratio } from './figures.ts';
import { procoreFloorOfBills, procoreFloorOfDrafts, procoreFloorOfOrders } from './floors.ts';
import { hoursUnder, PROCORE_QUOTAS, XERO_QUOTAS } from './quota-time.ts';

/** So many orders and so many bills; ten thousand of each with `full`, which takes hours of the machine's time. */
const [USUAL, WHOLE] = [200, 10_000];

const START = '2026-11-02T00:00:00.000Z';
const MINUTE = 60_000;
const REFRESH_MINUTES = 20;

/** Longer than this nothing of the usual size takes; a backfill that stands still is not waited for. */
const MOST_DAYS = 30;

/** The whole books at once, under the quotas of both vendors by a virtual clock: hours beside what the quotas need. */
export function backfill({ full }: { full: boolean }): Bench {
  return async (say) => {
    const documents = full ? WHOLE : USUAL;
    const work = workload(documents, START.slice(0, 10));
    const clock = virtualClock(START);
    const rig = await openRig({
      ...{ suppliers: work.suppliers, clock, quick: true },
      xero: {},
      procore: { limits: { hourly: 600, spike: 25 } },
    });
    try {
      enterOrders(rig, work.orders);
      const { procore, xero } = rig.vendors;
      // The windows that connecting has begun are over.
      await clock.sleep(60 * MINUTE);
      const began = clock.now().getTime();
      const counted = countCalls(rig.vendors);
      const [before, beforeXero] = [rig.wire.breaches(procore.url), rig.wire.breaches(xero.url)];
      // Orders first: bills that arrive before their orders wait, and are looked at again with each.
      await pollConnection(await rig.connection(), rig.deployment, { full: true });
      await live(rig, clock, say);
      enterBills(rig, work.bills);
      await pollConnection(await rig.connection(), rig.deployment);
      await live(rig, clock, say);
      await mustBeCarried(rig, 2 * documents);
      const hours = (clock.now().getTime() - began) / 3_600_000;

      const calls = counted();
      const [toProcore, toXero] = [total(calls.procore), total(calls.xero)];
      const refused = rig.wire.breaches(procore.url) - before;
      const refusedByXero = rig.wire.breaches(xero.url) - beforeXero;
      // What is turned away uses no quota up.
      const needed = Math.max(
        hoursUnder(PROCORE_QUOTAS, toProcore - refused),
        hoursUnder(XERO_QUOTAS, toXero - refusedByXero),
      );
      const floor =
        procoreFloorOfOrders(work.orders) +
        procoreFloorOfDrafts(work.orders) +
        procoreFloorOfBills(work.bills);
      const of = `${documents} orders and ${documents} bills`;
      return [
        {
          what: `backfill of ${of} ÷ the time that its calls need under the quotas`,
          value: ratio(hours, needed),
          unit: '×',
          atMost: 1.1,
          madeOf: `${hours.toFixed(2)} ÷ ${needed.toFixed(2)} virtual hours, orders first, then their bills; Procore 600 an hour, 25 in 10 s; Xero 60 a minute, 5000 a day`,
        },
        {
          what: `backfill of ${of}: Procore calls ÷ floor`,
          value: ratio(toProcore, floor),
          unit: '×',
          atMost: 2.5,
          madeOf: `${toProcore} ÷ ${floor} calls to Procore; ${toXero} to Xero`,
        },
        {
          what: `backfill of ${of}: hours`,
          value: hours,
          unit: 'h',
          beside: { 'its calls need': needed, 'the floor needs': hoursUnder(PROCORE_QUOTAS, floor) },
          madeOf: 'virtual hours from the first look to the last document',
        },
        {
          what: 'backfill: calls that a limit turned away',
          value: refused + refusedByXero,
          unit: 'calls',
          atMost: 0,
          madeOf: `answers 429: ${refused} of Procore, ${refusedByXero} of Xero`,
        },
      ];
    } finally {
      await rig.close();
    }
  };
}

/** What the schedules and the queue do, minute by minute, until the queue is empty. */
async function live(
  rig: Rig,
  clock: ReturnType<typeof virtualClock>,
  say: (progress: string) => void,
): Promise<void> {
  const ends = clock.now().getTime() + MOST_DAYS * 24 * 60 * MINUTE;
  let [refreshed, looked] = [clock.now().getTime(), 0];
  while (rig.aws.queue.length() > 0) {
    const now = clock.now().getTime();
    if (now > ends) throw new Error(`after ${MOST_DAYS} days ${rig.aws.queue.length()} messages are left`);
    if (now - refreshed >= REFRESH_MINUTES * MINUTE) {
      await refreshTokens(rig.deployment);
      refreshed = now;
    }
    if (now - looked >= MINUTE) {
      await pollDueConnections(rig.deployment);
      looked = now;
    }
    await workOff(rig);
    const next = Math.min(rig.aws.queue.nextVisible() ?? now, refreshed + REFRESH_MINUTES * MINUTE);
    if (rig.aws.queue.length() > 0) await clock.sleep(Math.max(1000, next - clock.now().getTime()));
    say(`${rig.aws.queue.length()} messages left, ${clock.now().toISOString().slice(5, 16)}`);
  }
}

async function mustBeCarried(rig: Rig, documents: number): Promise<void> {
  const posted = await rig.deployment.documents.list(rig.connectionId, { state: 'posted' });
  const carried = posted.filter(({ kind }) => kind !== 'contact').length;
  if (carried !== documents) throw new Error(`${carried} of ${documents} documents were carried`);
}
