import type { Connection } from '../../core/connection.ts';
import { UNREADABLE } from '../../store/documents.ts';
import { withoutEffect } from '../../store/settings-schema.ts';
import type { Deployment } from '../deployment.ts';
import { checkMappings } from './doctor-mappings.ts';
import { checkProcore } from './doctor-procore.ts';
import { checkWork } from './doctor-work.ts';
import { checkXero } from './doctor-xero.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, problem, warning } from './finding.ts';

/**
 * Looks at everything that a connection needs and says in plain words what it found. Asks both vendors, renews tokens
 * that have run out, and changes nothing else. Never throws for what it finds.
 */
export async function doctor(deployment: Deployment, only?: Connection): Promise<Finding[]> {
  const connections = only ? [only] : await deployment.connections.list();
  const findings: Finding[] = [];
  if (connections.length === 0) {
    findings.push(await examine('connections', async () => problem('connection-missing')));
  }
  for (const connection of connections) {
    const ofConnection = [
      await examine('connection', async () => stateOf(connection)),
      ...(await checkXero(connection, deployment)),
      ...(await checkProcore(connection, deployment)),
      ...(await checkMappings(connection, deployment)),
      ...(await checkWork(connection, deployment)),
    ];
    findings.push(...ofConnection.map((finding) => ({ connection: connection.name, ...finding })));
  }
  findings.push(await examine('queue', () => queueDepth(deployment)));
  findings.push(await examine('unreadable messages', () => unreadableMessages(deployment)));
  return findings;
}

function stateOf({ state, code, settings }: Connection): Verdict {
  if (state === 'broken') return problem(code ?? 'unexpected');
  const idle = withoutEffect(settings);
  if (settings.dryRun) {
    return warning('It is on a dry run: nothing is written to Procore.', 'Connect again with dryRun false.');
  }
  if (idle.length > 0) {
    return warning(
      `It is live, but nothing in this version acts on ${idle.join(', ')}.`,
      'Do not rely on these settings before the version that brings them.',
    );
  }
  return { level: 'ok', says: 'It is live.' };
}

async function queueDepth({ queue }: Deployment): Promise<Verdict> {
  const { visible, inFlight, delayed } = await queue.depth();
  const says = `${visible} messages wait, ${inFlight} are being worked on, ${delayed} are put off.`;
  if (delayed === 0) return { level: 'ok', says };
  return warning(says, 'Nothing: what is put off waits for a limit or an outage of a vendor to pass.');
}

async function unreadableMessages({ documents }: Deployment): Promise<Verdict> {
  const { length } = await documents.list(UNREADABLE);
  if (length === 0) return { level: 'ok', says: 'No message in the queue was unreadable.' };
  return warning(
    `${length} messages in the queue could not be read.`,
    'See them with `ml-connector documents`, and find out who sends to the queue.',
  );
}
