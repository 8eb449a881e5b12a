import type { DocumentChange } from '../../aws/queue.ts';
import type { ApprovalRequest } from '../../core/approval/request.ts';
import { canonical } from '../../core/canonical.ts';
import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { Carried, DocumentState } from '../../core/documents.ts';
import type { ConnectorError } from '../../core/errors.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink, DocumentRecord } from '../../core/links.ts';
import { formatMoney } from '../../core/money.ts';
import { UNREADABLE } from '../../store/documents.ts';
import type { Deployment } from '../deployment.ts';
import type { Trail } from './trail.ts';

/** What was decided about a document. */
export interface Outcome {
  state: DocumentState;
  code?: Code;
  message?: string;
  fix?: string;
  facts?: ConnectorError['facts'];
  /** The document as it was read; undefined where it could not be. */
  about: Carried | undefined;
}

export function posted(about: Carried): Outcome {
  return { state: 'posted', about };
}

export function leftOut(code: Code, about: Carried): Outcome {
  return { state: 'left-out', code, message: CODES[code].says, about };
}

export function parked(error: ConnectorError, about: Outcome['about']): Outcome {
  const { code, message, fix, facts } = error;
  return { state: 'parked', code, message, fix, facts, about };
}

/** A person must approve it first; `facts` are the figures. */
export function held(about: Carried, code: Code, facts: NonNullable<Outcome['facts']>): Outcome {
  const { message, fix } = new NeedsPerson(code, { facts });
  return { state: 'awaiting-approval', code, message, fix, facts, about };
}

/** A person said no to this version. */
export function rejected({ decisions }: ApprovalRequest, about: Carried): Outcome {
  const { by, reason = '' } = decisions.findLast(({ verdict }) => verdict === 'rejected')!;
  const facts = { by, reason };
  const { message, fix } = new NeedsPerson('approval-rejected', { facts });
  return { state: 'rejected', code: 'approval-rejected', message, fix, facts, about };
}

/**
 * Writes the document's audit entry, its one visible state and its event, if anything about it is new: a replay
 * that changes nothing leaves no trace. A decision about an older version never overwrites one about a newer.
 * The entry comes first: a worker that dies in between is followed by one that tells it again, never by silence.
 */
export async function recordOutcome(
  deployment: Deployment,
  connection: Connection,
  change: DocumentChange,
  outcome: Outcome,
  trail: Trail,
): Promise<void> {
  const { clock, documents, links } = deployment;
  const before = await documents.get(connection.id, change.id);
  const record: DocumentRecord = {
    connectionId: connection.id,
    kind: change.kind,
    id: change.id,
    number: outcome.about?.number ?? before?.number ?? '',
    supplier: outcome.about?.contact?.name ?? before?.supplier ?? '',
    state: outcome.state,
    ...(outcome.code !== undefined && { code: outcome.code }),
    ...(outcome.message !== undefined && { message: outcome.message }),
    ...(outcome.facts !== undefined && { facts: outcome.facts }),
    total: outcome.about ? formatMoney(outcome.about.total) : (before?.total ?? '0.00'),
    currency: outcome.about?.currency ?? before?.currency ?? connection.xero.currency,
    version: outcome.about?.version ?? change.version ?? before?.version ?? '',
    // Also of a document that is parked half-way, or whose later version is.
    procore: standing(await links.commitments(connection.id, change.id)),
    decidedAt: clock.now().toISOString(),
  };
  if (before && (before.version > record.version || sameDecision(before, record))) return;
  await tell(outcome, record, trail);
  if (await documents.put(record)) await publish(deployment, record, outcome);
}

async function tell({ state, code, message, facts }: Outcome, { version }: DocumentRecord, trail: Trail) {
  // Who rejected it, and why, stands in the trail since they did.
  if (state === 'rejected') return;
  if (state === 'awaiting-approval') {
    await trail('flagged', {
      version,
      ...(code !== undefined && { code, says: CODES[code].says }),
      ...facts,
    });
    return;
  }
  await trail(state, {
    version,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
  });
}

/** What stands in Procore for a document, by its links. */
function standing(links: CommitmentLink[]): DocumentRecord['procore'] {
  const vendors = new Set(links.map(({ vendorId }) => vendorId));
  return [
    ...[...vendors].map((id) => ({ type: 'vendor' as const, id })),
    ...links.map(({ commitmentId: id }) => ({ type: 'commitment' as const, id })),
    ...links.flatMap(({ requisition: { id } = {} }) =>
      id === undefined ? [] : [{ type: 'requisition' as const, id }],
    ),
  ];
}

/** A message that nobody can read names no document: it is listed by its own id, under no connection. */
export async function parkMessage(
  { audit, clock, documents }: Deployment,
  message: { id: string; body: string },
  error: ConnectorError,
): Promise<void> {
  if (await documents.get(UNREADABLE, message.id)) return;
  const at = clock.now().toISOString();
  // The body is kept, cut short: it is what a person needs to see what sent it.
  await audit.append(UNREADABLE, message.id, {
    at,
    event: 'parked',
    detail: { code: error.code, message: error.message, body: message.body.slice(0, 4096) },
  });
  await documents.put({
    connectionId: UNREADABLE,
    kind: 'message',
    id: message.id,
    number: message.id,
    supplier: '',
    state: 'parked',
    code: error.code,
    message: error.message,
    total: '0.00',
    currency: '',
    version: '',
    procore: [],
    decidedAt: at,
  });
}

function sameDecision(before: DocumentRecord, now: DocumentRecord): boolean {
  const { decidedAt: _before, ...old } = before;
  const { decidedAt: _now, ...fresh } = now;
  return canonical(old) === canonical(fresh);
}

async function publish({ events }: Deployment, record: DocumentRecord, outcome: Outcome): Promise<void> {
  const { connectionId, kind, id, number, procore } = record;
  if (outcome.state === 'posted') {
    await events.publish('DocumentPosted', { connectionId, kind, id, number, procore });
  }
  if (outcome.state === 'parked' && outcome.code && outcome.message) {
    const { code, message, fix = CODES[code].fix } = outcome;
    await events.publish('DocumentParked', { connectionId, kind, id, number, code, message, fix });
  }
  if (outcome.state === 'awaiting-approval' && outcome.code && outcome.message) {
    const { code, message, fix = CODES[code].fix } = outcome;
    const { supplier, total, currency } = record;
    const about = { connectionId, kind, id, number, supplier, total, currency };
    await events.publish('ApprovalRequested', { ...about, code, message, fix });
  }
}
