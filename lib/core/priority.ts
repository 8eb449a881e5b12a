/** Why a document is looked at. */
export const REASONS = ['approval', 'retry', 'webhook', 'poll', 'sweep', 'backfill'] as const;

export type Reason = (typeof REASONS)[number];

/** How urgent a call to a vendor is, the most urgent first: somebody waits for it, or nobody does. */
export const PRIORITIES = ['approval', 'webhook', 'poll', 'sweep', 'backfill'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** What a person asks for by hand is as urgent as what a person has just entered. */
export function priorityOf(reason: Reason): Priority {
  return reason === 'retry' ? 'webhook' : reason;
}

/** That of several which share their calls. */
export function mostUrgent(priorities: Priority[]): Priority {
  return PRIORITIES.find((priority) => priorities.includes(priority)) ?? 'backfill';
}

/** Of each connection one worker at a time deals with what comes in a lane; what it can take along does not overtake. */
export const LANES = ['urgent', 'patient'] as const;

export type Lane = (typeof LANES)[number];

/** What somebody has just entered does not queue behind what a look has found. What a person decided waits for nothing. */
export function laneOf(reason: Reason): Lane | undefined {
  const priority = priorityOf(reason);
  if (priority === 'approval') return undefined;
  return priority === 'webhook' ? 'urgent' : 'patient';
}
