import type { ScheduleSettings } from './schedule-settings.ts';

/** Time and a timer that can be taken back, so that tests drive both. */
export interface ScheduleClock {
  now(): Date;
  /** Runs it after so many milliseconds; the returned function takes it back. */
  after(milliseconds: number, run: () => void): () => void;
}

const wallClock: ScheduleClock = {
  now: () => new Date(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface Schedules {
  /** Runs a schedule's targets now, by name or logical id, without touching its rhythm. */
  fire(name: string): Promise<void>;
  close(): void;
}

/** What setTimeout can wait at most. */
const LONGEST = 2 ** 31 - 1;

export interface ScheduleOptions {
  clock?: ScheduleClock;
  /** Whether they run by themselves (default) or only when fired. */
  automatic?: boolean;
}

/** Runs each schedule at its due moments, the first one an interval (or the next cron moment) from now. */
export function startSchedules(
  all: ScheduleSettings[],
  invoke: (functionName: string, event: unknown) => Promise<unknown>,
  { clock = wallClock, automatic = true }: ScheduleOptions = {},
): Schedules {
  const timers = new Map<ScheduleSettings, () => void>();
  const run = (schedule: ScheduleSettings, due: Date) =>
    Promise.all(schedule.targets.map((target) => invoke(target.functionName, target.event(due))));
  const arm = (schedule: ScheduleSettings, after: Date) => {
    const due = schedule.next(after);
    if (due) wait(schedule, due);
  };
  const wait = (schedule: ScheduleSettings, due: Date) => {
    const remaining = Math.max(0, due.getTime() - clock.now().getTime());
    const isLast = remaining <= LONGEST;
    const next = () => {
      if (!isLast) return wait(schedule, due);
      arm(schedule, latest(due, clock.now(), schedule));
      void run(schedule, due);
    };
    timers.set(schedule, clock.after(Math.min(remaining, LONGEST), next));
  };
  if (automatic) for (const schedule of all) arm(schedule, clock.now());
  return {
    async fire(name) {
      const schedule = all.find((each) => each.name === name || each.logicalId === name);
      if (!schedule) throw new Error(`There is no schedule ${name}`);
      await run(schedule, clock.now());
    },
    close() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

/** The due moment to count on from: moments missed while the machine slept are passed over. */
function latest(due: Date, now: Date, schedule: ScheduleSettings): Date {
  const following = schedule.next(due);
  return following && following < now ? now : due;
}
