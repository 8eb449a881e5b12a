import type { DocumentChange } from '../../aws/queue.ts';
import type { ApprovalRequest } from '../../core/approval/request.ts';
import { canonical } from '../../core/canonical.ts';
import type { Code } from '../../core/codes.ts';
import { CODES } from '../../core/codes.ts';
import type { Connection } from '../../core/connection.ts';
import type { ListedContact } from '../../core/document-summary.ts';
import { summaryOf } from '../../core/document-summary.ts';
import type { Carried, DocumentState } from '../../core/documents.ts';
import type { ConnectorError } from '../../core/errors.ts';
import { NeedsPerson } from '../../core/errors.ts';
import type { CommitmentLink, DocumentRecord } from '../../core/links.ts';
import { UNREADABLE } from '../../store/documents.ts';
import { chargeLinks } from '../charges/charge-links.ts';
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
  about: About | undefined;
  /** What stands in Procore, where the document's links do not tell. */
  procore?: DocumentRecord['procore'];
}

/** What the list of documents shows of one: a contact has no amounts. */
type About = Carried | ListedContact;

export function posted(about: About): Outcome {
  return { state: 'posted', about };
}

export function leftOut(code: Code, about: About): Outcome {
  return { state: 'left-out', code, message: CODES[code].says, about };
}

/** The connection is on a dry run: the message tells the steps that it kept from. */
export function leftOutOfDryRun(steps: { do: string }[], about: About): Outcome {
  const planned = steps.map((step) => step.do).join(', ');
  return { ...leftOut('dry-run', about), message: `${CODES['dry-run'].says}: ${planned}` };
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
 * `known` is what stands recorded, where whoever calls has read it and is alone with the document.
 */
export async function recordOutcome(
  deployment: Deployment,
  connection: Connection,
  change: DocumentChange,
  outcome: Outcome,
  trail: Trail,
  known?: { record: DocumentRecord | undefined },
): Promise<void> {
  const { clock, documents } = deployment;
  const before = known ? known.record : await documents.get(connection.id, change.id);
  const about = outcome.about && summaryOf(outcome.about, connection.xero.currency);
  const record: DocumentRecord = {
    connectionId: connection.id,
    kind: change.kind,
    id: change.id,
    number: about?.number ?? before?.number ?? '',
    supplier: about?.supplier ?? before?.supplier ?? '',
    state: outcome.state,
    ...(outcome.code !== undefined && { code: outcome.code }),
    ...(outcome.message !== undefined && { message: outcome.message }),
    ...(outcome.facts !== undefined && { facts: outcome.facts }),
    total: about?.total ?? before?.total ?? '0.00',
    currency: about?.currency ?? before?.currency ?? connection.xero.currency,
    version: outcome.about?.version ?? change.version ?? before?.version ?? '',
    // Also of a document that is parked half-way, or whose later version is.
    procore: outcome.procore ?? (await standing(connection.id, change, deployment)),
    decidedAt: clock.now().toISOString(),
  };
  if (before && before.version > record.version) return;
  if (before && sameDecision(before, record)) {
    // A backfill goes by the time of the decision to see that it was made again.
    if (change.reason === 'backfill') await documents.put(record);
    return;
  }
  await tell(outcome, record, trail);
  if (await documents.put(record)) await publish(deployment, record, outcome);
}

async function tell(outcome: Outcome, { version }: DocumentRecord, trail: Trail): Promise<void> {
  const { state, code, message, facts } = outcome;
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
async function standing(
  connectionId: string,
  { kind, id }: Pick<DocumentChange, 'kind' | 'id'>,
  { links, charges }: Deployment,
): Promise<DocumentRecord['procore']> {
  if (kind === 'purchase-order') return commitmentRefs(await links.commitments(connectionId, id));
  const { applications, directCosts } = await chargeLinks(connectionId, id, { charges });
  return [
    ...refs(
      'requisition',
      applications.map(({ requisitionId }) => requisitionId),
    ),
    ...refs(
      'direct-cost',
      directCosts.map(({ directCostId }) => directCostId),
    ),
    ...refs(
      'payment',
      applications.flatMap(({ payments }) => Object.values(payments).map(({ id }) => id)),
    ),
  ];
}

/** What stands of an order; always in the same order, so that a replay records the same. */
export function commitmentRefs(links: CommitmentLink[]): DocumentRecord['procore'] {
  const commitments = links.toSorted((a, b) => (a.projectId < b.projectId ? -1 : 1));
  return [
    ...refs(
      'vendor',
      commitments.map(({ vendorId }) => vendorId),
    ),
    ...refs(
      'commitment',
      commitments.map(({ commitmentId }) => commitmentId),
    ),
    ...refs(
      'requisition',
      commitments.map(({ requisition }) => requisition?.id),
    ),
  ];
}

function refs(
  type: DocumentRecord['procore'][number]['type'],
  ids: (string | undefined)[],
): DocumentRecord['procore'] {
  return [...new Set(ids)].flatMap((id) => (id === undefined ? [] : [{ type, id }]));
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
