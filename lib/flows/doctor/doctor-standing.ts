import type { Connection } from '../../core/connection.ts';
import type { Deployment } from '../deployment.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, problem, warning } from './finding.ts';
import { duration } from './in-words.ts';

/** Whether the connection is live, paused or broken, since when, and what its settings mean for it. */
export async function checkStanding(connection: Connection, { clock }: Deployment): Promise<Finding[]> {
  return [await examine('connection', async () => standing(connection, clock.now()))];
}

function standing(connection: Connection, now: Date): Verdict {
  const { code, name, pausedSince, state, settings } = connection;
  if (state === 'broken') return broken(connection, problem(code ?? 'unexpected'), now);
  if (pausedSince !== undefined) {
    return warning(
      `It was paused ${ago(pausedSince, now)}; its documents wait.`,
      `Let it go on with \`ml-connector connections resume "${name}"\`.`,
    );
  }
  if (settings.dryRun) {
    return warning('It is on a dry run: nothing is written to Procore.', 'Connect again with dryRun false.');
  }
  return { level: 'ok', says: 'It is live.' };
}

function broken({ brokenSince, lostProjects, pausedSince }: Connection, why: Verdict, now: Date): Verdict {
  const says = [
    brokenSince === undefined ? 'It is broken.' : `It broke ${ago(brokenSince, now)}.`,
    why.says,
    lostProjects?.length ? `Projects: ${lostProjects.join(', ')}.` : '',
    pausedSince === undefined ? '' : `It was also paused, ${ago(pausedSince, now)}.`,
  ];
  return { ...why, says: says.filter(Boolean).join(' ') };
}

function ago(since: string, now: Date): string {
  const instant = `${since.slice(0, 16).replace('T', ' ')} UTC`;
  return `${duration(now.getTime() - Date.parse(since))} ago (${instant})`;
}
