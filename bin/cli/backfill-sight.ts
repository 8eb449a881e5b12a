import type { BackfillSight } from '../../lib/flows/backfill/look-at-backfill.ts';

/** The format that scripts rely on. */
export function sightAsJson({ run, progress, callsLeft }: BackfillSight) {
  const { id, from, kinds, by, state, startedAt, endedAt } = run;
  const { total, settled, outcomes, onTheWay, waiting, perMinute, minutesLeft } = progress;
  return {
    id,
    from,
    kinds,
    by,
    state,
    startedAt,
    ...(endedAt !== undefined && { endedAt }),
    total,
    settled,
    posted: outcomes.posted,
    awaitingApproval: outcomes['awaiting-approval'],
    parked: outcomes.parked,
    leftOut: outcomes['left-out'],
    rejected: outcomes.rejected,
    onTheWay,
    waiting,
    ...(perMinute !== undefined && { perMinute: rounded(perMinute) }),
    ...(minutesLeft !== undefined && { minutesLeft: rounded(minutesLeft) }),
    callsLeft,
  };
}

export function sightInWords(sight: BackfillSight): string {
  const { from, by, state, startedAt, endedAt } = sight.run;
  const ended = endedAt === undefined ? '' : `, until ${endedAt}`;
  return [`Backfill from ${from} is ${state}; begun ${startedAt} by ${by}${ended}.`, inOneLine(sight)].join(
    '\n',
  );
}

/** How far it is, in one line; what is nought is left away. */
export function inOneLine({ progress, callsLeft }: BackfillSight): string {
  const { total, settled, outcomes, onTheWay, waiting, perMinute, minutesLeft } = progress;
  const counts: [number, string][] = [
    [outcomes.posted, 'posted'],
    [outcomes['awaiting-approval'], 'held'],
    [outcomes.parked, 'parked'],
    [outcomes['left-out'], 'left out'],
    [outcomes.rejected, 'rejected'],
    [onTheWay, 'on the way'],
    [waiting, 'waiting'],
  ];
  const told = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return [
    `${settled} of ${total} done${told.length > 0 ? `: ${told.join(', ')}` : ''}`,
    ...(perMinute ? [`${rounded(perMinute)} a minute`] : []),
    ...(minutesLeft ? [`${duration(minutesLeft)} left`] : []),
    `${callsLeft} calls to Xero left today`,
  ].join('; ');
}

function rounded(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

function duration(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}
