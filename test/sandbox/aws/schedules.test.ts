import { describe, expect, it } from '@jest/globals';
import { localNames } from '../../../lib/sandbox/aws/local-names.ts';
import { resolver } from '../../../lib/sandbox/aws/resolve.ts';
import { parseSchedule } from '../../../lib/sandbox/aws/schedule-expression.ts';
import { readSchedules } from '../../../lib/sandbox/aws/schedule-settings.ts';
import type { ScheduleClock } from '../../../lib/sandbox/aws/schedules.ts';
import { startSchedules } from '../../../lib/sandbox/aws/schedules.ts';
import type { Resource } from '../../../lib/sandbox/aws/template.ts';
import { arnOf } from './stack-fixture.ts';

/** A clock whose time passes only when told to. */
function fakeClock(start: string) {
  let now = Date.parse(start);
  const timers = new Set<{ at: number; run: () => void }>();
  const clock: ScheduleClock = {
    now: () => new Date(now),
    after(milliseconds, run) {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const pass = (milliseconds: number) => {
    const end = now + milliseconds;
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.run();
    }
    now = end;
  };
  return {
    clock,
    pass,
    sleepUntil: (time: string) => {
      now = Date.parse(time);
    },
    waiting: () => timers.size,
  };
}

function start(resources: Record<string, Resource>, time = '2026-11-22T10:00:30Z', automatic = true) {
  const template = {
    stackName: 'Test',
    outputs: {},
    parameters: {},
    assetFolder: () => '',
    resources: { Poll: { Type: 'AWS::Lambda::Function' }, ...resources },
  };
  const resolve = resolver(localNames(template, { sqs: '', apis: {}, functionUrls: {} }));
  const calls: { at: string; name: string; event: unknown }[] = [];
  const fake = fakeClock(time);
  const invoke = async (name: string, event: unknown) => {
    calls.push({ at: fake.clock.now().toISOString().slice(11, 19), name, event });
  };
  const schedules = startSchedules(readSchedules(template, resolve), invoke, {
    clock: fake.clock,
    automatic,
  });
  return { ...fake, ...schedules, calls, times: () => calls.map(({ at }) => at) };
}

const rule = (ScheduleExpression: string, more: object = {}, target: object = {}): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: { ScheduleExpression, Targets: [{ Id: 'T', Arn: arnOf('Poll'), ...target }], ...more },
});
const MINUTE = 60_000;

describe('the schedules of a template', () => {
  it('run a rate once per interval with the input of the rule', () => {
    const run = start({ Often: rule('rate(1 minute)', {}, { Input: '{"job":"poll"}' }) });
    run.pass(3 * MINUTE);
    expect(run.times()).toEqual(['10:01:30', '10:02:30', '10:03:30']);
    expect(run.calls[0]).toMatchObject({ name: 'Poll', event: { job: 'poll' } });
  });

  it('give the function a scheduled event where the rule has no input', () => {
    const run = start({ Often: rule('rate(1 hour)') });
    run.pass(60 * MINUTE);
    expect(run.calls[0]?.event).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-11-22T11:00:30Z',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/Often'],
    });
  });

  it('run a cron rule at its moments, and the kind of EventBridge Scheduler too', () => {
    const run = start({
      Daily: rule('cron(0 3 * * ? *)', {}, { Input: '{"job":"sweep"}' }),
      Quarter: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'cron(15 11 22 11 ? 2026)',
          Target: { Arn: arnOf('Poll'), Input: '{"job":"refresh"}' },
        },
      },
    });
    run.pass(48 * 60 * MINUTE);
    expect(run.calls.map(({ at, event }) => [at, event])).toEqual([
      ['11:15:00', { job: 'refresh' }],
      ['03:00:00', { job: 'sweep' }],
      ['03:00:00', { job: 'sweep' }],
    ]);
  });

  it('run once, not many times, after the machine has slept', () => {
    const run = start({ Often: rule('rate(1 minute)') });
    run.sleepUntil('2026-11-22T10:20:45Z');
    run.pass(0);
    expect(run.times()).toEqual(['10:20:45']);
    run.pass(MINUTE);
    expect(run.times()).toEqual(['10:20:45', '10:21:45']);
  });

  it('leave a disabled rule alone, and all of them where only firing is asked for', () => {
    const off = start({ Off: rule('rate(1 minute)', { State: 'DISABLED' }) });
    expect(off.waiting()).toBe(0);
    const manual = start({ Often: rule('rate(1 minute)') }, '2026-11-22T10:00:30Z', false);
    expect(manual.waiting()).toBe(0);
  });

  it('can be fired now by name without losing their rhythm', async () => {
    const run = start({ Often: rule('rate(1 minute)', { Name: 'often' }) });
    await run.fire('often');
    await run.fire('Often');
    run.pass(MINUTE);
    expect(run.times()).toEqual(['10:00:30', '10:00:30', '10:01:30']);
    await expect(run.fire('never')).rejects.toThrow('There is no schedule never');
  });

  it('leave no timer behind when closed', () => {
    const run = start({ Often: rule('rate(1 minute)'), Daily: rule('cron(0 3 * * ? *)') });
    expect(run.waiting()).toBe(2);
    run.close();
    expect(run.waiting()).toBe(0);
  });

  it.each([
    ['an input transformer', rule('rate(1 minute)', {}, { InputTransformer: {} }), 'InputTransformer'],
    ['another target', rule('rate(1 minute)', {}, { Arn: 'arn:aws:sns:x' }), 'only functions are known'],
    [
      'another time zone',
      {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'rate(1 day)',
          ScheduleExpressionTimezone: 'Europe/Berlin',
          Target: { Arn: arnOf('Poll') },
        },
      },
      'only UTC is known',
    ],
  ])('refuse %s, which they cannot keep', (_, resource, message) => {
    expect(() => start({ Bad: resource })).toThrow(message);
  });
});

describe('a schedule expression', () => {
  it.each([
    ['rate(20 minutes)', '2026-11-22T10:20:30.000Z'],
    ['rate(1 day)', '2026-11-23T10:00:30.000Z'],
    ['cron(* * * * ? *)', '2026-11-22T10:01:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-11-22T10:15:00.000Z'],
    ['cron(0 9-17/4 ? * MON-FRI *)', '2026-11-23T09:00:00.000Z'],
    ['cron(30 6,22 * * ? *)', '2026-11-22T22:30:00.000Z'],
    ['cron(0 0 1 JAN,feb ? *)', '2027-01-01T00:00:00.000Z'],
    ['cron(59 23 31 12 ? 2026)', '2026-12-31T23:59:00.000Z'],
  ])('%s is next due at %s', (expression, due) => {
    expect(parseSchedule(expression)(new Date('2026-11-22T10:00:30Z'))?.toISOString()).toBe(due);
  });

  it('in the past is never due', () => {
    expect(parseSchedule('cron(0 0 1 1 ? 2020)')(new Date('2026-11-22T10:00:30Z'))).toBeUndefined();
  });

  it.each([
    'rate(5 weeks)',
    'at(2026-11-22T10:00:00)',
    'cron(0 3 * * *)',
    'cron(0 3 L * ? *)',
    'cron(61 3 * * ? *)',
  ])('that is not known is refused: %s', (expression) => {
    expect(() => parseSchedule(expression)).toThrow('is not known to the local AWS');
  });
});
