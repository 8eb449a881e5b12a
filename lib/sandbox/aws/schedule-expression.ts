const MINUTE = 60_000;
const UNITS: Record<string, number> = { minute: MINUTE, hour: 60 * MINUTE, day: 24 * 60 * MINUTE };

/** Gives the first due moment after an instant; undefined where there is none any more. */
export type NextDue = (after: Date) => Date | undefined;

/** Reads `rate(5 minutes)` or `cron(0 3 * * ? *)`, in UTC; throws on what it cannot keep exactly. */
export function parseSchedule(expression: string): NextDue {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const every = Number(rate[1]) * UNITS[rate[2]!]!;
    return (after) => new Date(after.getTime() + every);
  }
  const cron = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (cron?.length !== 6) throw new Error(`The schedule ${expression} is not known to the local AWS`);
  return cronSchedule(cron);
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function cronSchedule([minute, hour, day, month, weekday, year]: string[]): NextDue {
  const minutes = field(minute!, 0, 59);
  const hours = field(hour!, 0, 23);
  const days = field(day!, 1, 31);
  const months = field(month!, 1, 12, MONTHS);
  const weekdays = field(weekday!, 1, 7, DAYS);
  const years = field(year!, 1970, 2199);
  const isDay = (at: Date) =>
    years.has(at.getUTCFullYear()) &&
    months.has(at.getUTCMonth() + 1) &&
    days.has(at.getUTCDate()) &&
    weekdays.has(at.getUTCDay() + 1);
  return (after) => {
    const at = new Date(Math.floor(after.getTime() / MINUTE) * MINUTE + MINUTE);
    const last = at.getTime() + FIVE_YEARS;
    while (at.getTime() < last) {
      if (!isDay(at)) at.setUTCHours(24, 0, 0, 0);
      else if (!hours.has(at.getUTCHours())) at.setUTCHours(at.getUTCHours() + 1, 0, 0, 0);
      else if (!minutes.has(at.getUTCMinutes())) at.setUTCMinutes(at.getUTCMinutes() + 1);
      else return at;
    }
    return undefined;
  };
}

const FIVE_YEARS = 5 * 366 * 24 * 60 * MINUTE;

/** The values that one field allows: lists, ranges, steps, names. L, W and # are not known here. */
function field(text: string, from: number, to: number, names: string[] = []): Set<number> {
  const number = (word: string) => {
    const named = names.indexOf(word.toUpperCase());
    const value = named < 0 ? Number(word) : named + 1;
    if (Number.isInteger(value) && value >= from && value <= to && word !== '') return value;
    throw new Error(`"${text}" in a cron schedule is not known to the local AWS`);
  };
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const all = range === '*' || range === '?';
    const start = all ? from : number(first);
    const end = all || (step !== undefined && last === undefined) ? to : number(last ?? first);
    const by = step === undefined ? 1 : Math.max(1, number(step));
    for (let value = start; value <= end; value += by) values.add(value);
  }
  return values;
}
