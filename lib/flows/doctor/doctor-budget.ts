import type { Connection } from '../../core/connection.ts';
import type { ProcoreAllowance } from '../../procore/allowance.ts';
import { procoreAllowance } from '../../procore/allowance.ts';
import type { XeroAllowance } from '../../xero/allowance.ts';
import { xeroAllowance } from '../../xero/allowance.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';
import { duration } from './in-words.ts';
import type { Witness } from './witness.ts';

/** Below this share of what is allowed it is time to look where the calls go. */
const LOW = 0.2;

/** The last calls of a window are kept back for what people decide. */
const KEPT_BACK = 0.05;

/** What Xero allows an app of the Starter tier for one organisation. */
const STARTER_CALLS = 1000;

/** A window of Procore that ends this soon is the one of ten seconds, which fills and empties all the time. */
const SHORT_WINDOW_MS = 10_000;

/** How many calls both vendors still allow, by the headers of their latest answers; of Procore also where it let none through. */
export async function checkCallsLeft(
  connection: Connection,
  { answers }: Witness,
  { clock, governor }: Pick<Deployment, 'clock' | 'governor'>,
): Promise<Finding[]> {
  const { settings } = connection;
  const xero = answers.xero.map(({ headers }) => xeroAllowance(headers)).findLast(Boolean);
  const procore =
    answers.procore.map(({ headers }) => procoreAllowance(headers)).findLast(Boolean) ??
    (await usedUp(connection, governor));
  return [
    ...(xero ? [await examine('xero calls left', async () => ofDay(xero, settings.xeroDailyCalls))] : []),
    ...(procore
      ? [await examine('procore calls left', async () => ofWindow(procore, clock.now().getTime()))]
      : []),
  ];
}

/** Where next to nothing is left no call went out that could tell. */
async function usedUp(
  connection: Connection,
  governor: Deployment['governor'],
): Promise<ProcoreAllowance | undefined> {
  const window = await governor.procoreWindow(connection);
  return window && window.remaining <= window.limit * KEPT_BACK ? window : undefined;
}

function ofDay({ day, minute }: XeroAllowance, setting: number): Verdict {
  const now = minute === undefined ? '' : ` and ${minute} within this minute`;
  const says = `Xero allows ${day} more calls today${now}; xeroDailyCalls says ${setting} a day.`;
  if (day === 0) {
    return {
      level: 'problem',
      code: 'xero-rate-limited',
      says: `${says} Documents wait until the day's window opens again.`,
      fix: 'Nothing for today. So that it does not come again: a larger pollMinutes, and a look at what else uses this app.',
    };
  }
  if (day > setting) {
    return warning(
      `${says} The connector is more sparing with its polls than it need be.`,
      `Connect again with xeroDailyCalls as Xero allows them, at least ${day}.`,
    );
  }
  if (day >= setting * LOW) return { level: 'ok', says };
  const starter =
    setting > STARTER_CALLS && day <= STARTER_CALLS
      ? ` An app of Xero's Starter tier has ${STARTER_CALLS} a day: then connect again with xeroDailyCalls ${STARTER_CALLS}.`
      : '';
  return warning(
    `${says} That is less than a fifth.`,
    `Look what else uses this app, or set a larger pollMinutes.${starter}`,
  );
}

function ofWindow({ limit, remaining, resetsAt }: ProcoreAllowance, now: number): Verdict {
  const leftMs = Math.max(0, resetsAt.getTime() - now);
  const says = `Procore allows ${remaining} of ${limit} calls for the next ${duration(leftMs)}.`;
  if (leftMs <= SHORT_WINDOW_MS || remaining >= limit * LOW) return { level: 'ok', says };
  if (remaining > limit * KEPT_BACK) {
    return warning(
      says,
      'Nothing, if many documents were just carried; otherwise look what else uses this app.',
    );
  }
  return {
    level: 'problem',
    code: 'procore-rate-limited',
    says: `${says} Documents wait until then.`,
    fix: 'Nothing: it goes on when the window opens. If it comes often, look what else uses this app.',
  };
}
