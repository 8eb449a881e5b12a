import { toBeCarried } from '../../lib/core/backfill/list.ts';
import { listBackfill } from '../../lib/flows/backfill/list-backfill.ts';
import { pumpBackfills } from '../../lib/flows/backfill/pump.ts';
import { startBackfill } from '../../lib/flows/backfill/start-backfill.ts';
import { refreshTokens } from '../../lib/flows/tokens/refresh-tokens.ts';
import { releaseWaiting } from '../../lib/flows/waiting-room.ts';
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
      enterBills(rig, work.bills);
      const { procore, xero } = rig.vendors;
      // The windows that connecting has begun are over.
      await clock.sleep(60 * MINUTE);
      const began = clock.now().getTime();
      const counted = countCalls(rig.vendors);
      const [before, beforeXero] = [rig.wire.breaches(procore.url), rig.wire.breaches(xero.url)];
      const connection = await rig.connection();
      const request = { from: START.slice(0, 10), kinds: ['purchase-order' as const, 'bill' as const] };
      const listed = await listBackfill(request, connection, rig.deployment, say);
      await startBackfill(request, toBeCarried(listed), 'the bench', connection.id, rig.deployment);
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
          madeOf: `${hours.toFixed(2)} ÷ ${needed.toFixed(2)} virtual hours, by the command's own list and pump; Procore 600 an hour, 25 in 10 s; Xero 60 a minute, 5000 a day`,
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
          madeOf: 'virtual hours from the list to the last document',
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

/** What the schedules and the queue do for a backfill, minute by minute, until it is over. */
async function live(
  { deployment, aws, connectionId, ...rig }: Rig,
  clock: ReturnType<typeof virtualClock>,
  say: (progress: string) => void,
): Promise<void> {
  const ends = clock.now().getTime() + MOST_DAYS * 24 * 60 * MINUTE;
  let [refreshed, looked] = [clock.now().getTime(), 0];
  for (;;) {
    const now = clock.now().getTime();
    if (now - refreshed >= REFRESH_MINUTES * MINUTE) {
      await refreshTokens(deployment);
      refreshed = now;
    }
    if (now - looked >= MINUTE) {
      await releaseWaiting(deployment);
      await pumpBackfills(deployment);
      looked = now;
    }
    const run = (await deployment.backfills.get(connectionId))!;
    if (run.state === 'done') return;
    if (now > ends) throw new Error(`after ${MOST_DAYS} days ${run.place} of ${run.total} are carried`);
    await workOff({ deployment, aws, ...rig });
    await clock.sleep(Math.max(1000, looked + MINUTE - clock.now().getTime()));
    say(`${run.place} of ${run.total} carried, ${clock.now().toISOString().slice(5, 16)}`);
  }
}

async function mustBeCarried(rig: Rig, documents: number): Promise<void> {
  const posted = await rig.deployment.documents.list(rig.connectionId, { state: 'posted' });
  const carried = posted.filter(({ kind }) => kind !== 'contact').length;
  if (carried !== documents) throw new Error(`${carried} of ${documents} documents were carried`);
}
