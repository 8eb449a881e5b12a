import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { HookStatus, OneHook } from '../reference/hook-status.ts';
import { hookStatus } from '../reference/hook-status.ts';
import type { ReferenceData } from '../reference/reference-data.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, warning } from './finding.ts';
import { counted, duration } from './in-words.ts';

/** Each hook costs some calls: of a company with many projects the first so many are looked at. */
const MOST_HOOKS = 8;

/** Whether Procore tells of changes: hooks there, active and leading here, what they last told, what was not heard. */
export async function checkProcoreWebhook(
  connection: Connection,
  reference: () => ReferenceData,
): Promise<Finding[]> {
  return [
    await examine('procore webhook', async () => {
      const opened = reference();
      const status = await hookStatus(opened, connection, MOST_HOOKS);
      return verdict(status, opened.webhookUrl, opened.clock.now().getTime());
    }),
  ];
}

function verdict(status: HookStatus, ourUrl: string, now: number): Verdict {
  const { hooks, lastEventAt, problem, state } = status;
  if (state === 'off') {
    return {
      level: 'ok',
      says: "Somebody removed Procore's webhook on purpose; changes there are noticed once a day.",
    };
  }
  const last =
    lastEventAt === undefined
      ? 'it has not told anything yet'
      : `it last told something ${duration(now - Date.parse(lastEventAt))} ago`;
  const astray = hooks.filter(({ url }) => url !== undefined && url !== ourUrl);
  const why = problem === undefined ? '' : ` (${problem})`;
  if (state === 'missing') return amiss(`Procore's webhook is missing${where(hooks, 'missing')}${why}.`);
  if (state === 'disabled') {
    return amiss(`Procore's webhook is switched off${where(hooks, 'disabled')}; ${last}.`);
  }
  if (astray.length > 0) {
    return amiss(`Procore's webhook tells another address than this deployment's: ${astray[0]!.url}.`);
  }
  const failing = sum(hooks, 'failing');
  const discarded = sum(hooks, 'discarded');
  if (discarded > 0) {
    const events = counted(discarded, 'event');
    return amiss(`Procore's webhook is active, but Procore gave up ${events} for not being heard; ${last}.`);
  }
  if (failing > 0) {
    return warning(
      `Procore's webhook is active, but ${counted(failing, 'event')} ${failing === 1 ? 'is' : 'are'} being tried again; ${last}.`,
      'Read the log of procore-webhook. What Procore cannot deliver within 12 hours it gives up.',
    );
  }
  const lacking = problem === undefined ? '' : ` What lacks: ${problem}.`;
  const looked = hooks.length < MOST_HOOKS ? '' : ` The first ${MOST_HOOKS} hooks were looked at.`;
  const says = `Procore's webhook is active; ${last}.${looked}${lacking}`;
  return lacking ? amiss(says) : { level: 'ok', says };
}

/** Orders are carried all the same: changes in Procore are then noticed once a day. */
function amiss(says: string): Verdict {
  const code = 'procore-webhook-missing';
  return { level: 'warning', code, says, fix: CODES[code].fix };
}

function where(hooks: OneHook[], state: OneHook['state']): string {
  const projects = hooks.flatMap((hook) => (hook.state === state ? (hook.projectId ?? []) : []));
  const everywhere =
    hooks.length === 0 || projects.length < hooks.filter((hook) => hook.state === state).length;
  return everywhere ? '' : ` in ${counted(projects.length, 'project')}`;
}

function sum(hooks: OneHook[], what: 'failing' | 'discarded'): number {
  return hooks.reduce((total, hook) => total + hook[what], 0);
}
