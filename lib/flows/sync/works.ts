import type { DocumentChange } from '../../aws/queue.ts';
import { REASONS } from '../../core/priority.ts';

/** One message as the queue delivered it. */
export interface ChangeMessage {
  id: string;
  body: string;
  /** How often it was delivered, this time included. */
  receiveCount: number;
}

/** What is to be done about one document, however many messages ask for it. */
export interface Work {
  messages: ChangeMessage[];
  change: DocumentChange;
}

/**
 * One work for each document: its most urgent reason, the latest version told, and whatever a person wants written over.
 * Orders stay as they came.
 */
export function collapse(told: { message: ChangeMessage; change: DocumentChange }[]): Work[] {
  const groups = Map.groupBy(told, ({ change }) => `${change.connectionId} ${change.kind} ${change.id}`);
  return [...groups.values()].map((group) => {
    const changes = group.map(({ change }) => change);
    return { messages: group.map(({ message }) => message), change: merged(changes) };
  });
}

function merged(changes: DocumentChange[]): DocumentChange {
  const [first, ...others] = changes as [DocumentChange, ...DocumentChange[]];
  if (others.length === 0) return first;
  const latest = changes.reduce((a, b) => ((b.version ?? '') > (a.version ?? '') ? b : a));
  const urgent = changes.reduce((a, b) => (rank(b) < rank(a) ? b : a));
  // Whoever tells of it without showing it may tell of something later.
  const { record, ...told } = latest;
  const shown = record !== undefined && changes.every((change) => change.record !== undefined);
  const overwrite = [...new Set(changes.flatMap((change) => change.overwrite ?? []))];
  return {
    ...told,
    ...(shown && { record }),
    reason: urgent.reason,
    receivedAt: changes.map(({ receivedAt }) => receivedAt).toSorted()[0]!,
    ...(changes.some(isClose) && { closely: true as const }),
    ...(overwrite.length > 0 && { overwrite }),
  };
}

function rank({ reason }: DocumentChange): number {
  return REASONS.indexOf(reason);
}

/** Whether Procore's side is to be compared even where there is nothing to write: once a day everything recent is. */
export function isClose({ reason, closely }: DocumentChange): boolean {
  return closely === true || reason === 'sweep';
}
