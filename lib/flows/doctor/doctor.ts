import type { Connection } from '../../core/connection.ts';
import { UNREADABLE } from '../../store/documents.ts';
import type { ApprovalDesk } from '../approval/desk.ts';
import type { Deployment } from '../deployment.ts';
import type { ReferenceData } from '../reference/reference-data.ts';
import { checkApprovers } from './doctor-approvers.ts';
import { checkCallsLeft } from './doctor-budget.ts';
import { checkClock } from './doctor-clock.ts';
import { checkCoverage } from './doctor-coverage.ts';
import { checkMappings } from './doctor-mappings.ts';
import { checkProcore } from './doctor-procore.ts';
import { checkProcoreWebhook } from './doctor-procore-webhook.ts';
import { checkStanding } from './doctor-standing.ts';
import { checkTokens } from './doctor-tokens.ts';
import { checkWork } from './doctor-work.ts';
import { checkXero } from './doctor-xero.ts';
import type { Finding, Verdict } from './finding.ts';
import { examine, problem, warning } from './finding.ts';
import type { Witness } from './witness.ts';
import { witnessed } from './witness.ts';

export interface Diagnosis {
  findings: Finding[];
  /** What finding it out cost. */
  calls: Witness['calls'];
}

export interface DoctorOptions {
  /** Default all connections. */
  only?: Connection;
  /** What Procore's webhook is looked at with; without it, it is not. May throw Stop. */
  reference?: () => ReferenceData;
  /** What approvers are mailed with; without it, it is not looked at. May throw Stop. */
  desk?: () => ApprovalDesk;
  /** Is told what is looked at next. */
  progress?: (what: string) => void;
}

/**
 * Looks at everything that a connection needs and says in plain words what it found. Asks both vendors, renews tokens
 * that have run out, and changes nothing else. Never throws for what it finds; one check's trouble keeps no other
 * from its turn.
 */
export async function doctor(
  deployment: Deployment,
  { only, progress = () => {}, ...means }: DoctorOptions = {},
): Promise<Diagnosis> {
  const connections = only ? [only] : await deployment.connections.list();
  const findings: Finding[] = [];
  const calls = { xero: 0, procore: 0 };
  if (connections.length === 0) {
    findings.push(await examine('connections', async () => problem('connection-missing')));
  }
  for (const connection of connections) {
    const listening = witnessed(deployment);
    const tell = (part: string) => progress(`${connection.name}: ${part}`);
    const found = await look(connection, listening, means, tell);
    findings.push(...found.map((finding) => ({ connection: connection.name, ...finding })));
    for (const vendor of ['xero', 'procore'] as const) calls[vendor] += listening.witness.calls[vendor];
  }
  progress('queue');
  findings.push(await examine('queue', () => queueDepth(deployment)));
  findings.push(await examine('unreadable messages', () => unreadableMessages(deployment)));
  return { findings, calls };
}

async function look(
  connection: Connection,
  { deployment, witness }: ReturnType<typeof witnessed>,
  { reference, desk }: Pick<DoctorOptions, 'reference' | 'desk'>,
  progress: (part: string) => void,
): Promise<Finding[]> {
  const findings = await checkStanding(connection, deployment);
  // Before any call renews them.
  findings.push(...(await checkTokens(connection, deployment)));
  progress('Xero');
  findings.push(...(await checkXero(connection, deployment)));
  progress('Procore');
  const procore = await checkProcore(connection, deployment);
  findings.push(...procore.findings);
  if (reference && procore.visible) {
    const { fetch } = deployment;
    const listening = () => ({ ...reference(), fetch });
    findings.push(...(await checkProcoreWebhook(connection, listening)));
  }
  progress('mappings');
  findings.push(...(await checkMappings(connection, deployment)));
  findings.push(...(await checkApprovers(connection, desk)));
  if (findings.some(({ check, level }) => check === 'xero organisation' && level !== 'problem')) {
    findings.push(...(await checkCoverage(connection, deployment, procore.visible)));
  }
  progress('work');
  findings.push(...(await checkWork(connection, deployment)));
  // By what all the answers so far told.
  findings.push(...(await checkCallsLeft(connection, witness, deployment)));
  findings.push(...(await checkClock(witness)));
  return findings;
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
