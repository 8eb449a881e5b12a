import { ACCOUNT, REGION } from './identity.ts';
import { nameOfArn } from './local-names.ts';
import type { Resolve } from './resolve.ts';
import type { TargetProperties } from './rule-target.ts';
import { readTarget } from './rule-target.ts';
import type { NextDue } from './schedule-expression.ts';
import { parseSchedule } from './schedule-expression.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface ScheduleSettings {
  logicalId: string;
  name: string;
  expression: string;
  next: NextDue;
  targets: {
    functionName: string;
    /** What the function is given at a due moment. */
    event(due: Date): unknown;
  }[];
}

/** The schedules of the template that are switched on, of both kinds: EventBridge rules and Scheduler. */
export function readSchedules(template: Template, resolve: Resolve): ScheduleSettings[] {
  const rules = resourcesOf(template, 'AWS::Events::Rule').filter(([, rule]) => rule.ScheduleExpression);
  const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule');
  const enabled = ([, properties]: [string, Record<string, unknown>]) => properties.State !== 'DISABLED';
  return [
    ...rules.filter(enabled).map(([id, rule]) => {
      const arn = String(resolve({ 'Fn::GetAtt': [id, 'Arn'] }, id));
      return settings(id, rule, resolve, rule.Targets as TargetProperties[], (due) => ruleEvent(arn, due));
    }),
    ...schedules.filter(enabled).map(([id, schedule]) => {
      const zone = schedule.ScheduleExpressionTimezone ?? 'UTC';
      if (zone !== 'UTC') throw new Error(`${id}: only UTC is known to the local AWS, not ${zone}`);
      return settings(id, schedule, resolve, [schedule.Target as TargetProperties], () => ({}));
    }),
  ];
}

function settings(
  logicalId: string,
  properties: Record<string, unknown>,
  resolve: Resolve,
  targets: TargetProperties[] = [],
  defaultEvent: (due: Date) => unknown,
): ScheduleSettings {
  const expression = String(properties.ScheduleExpression);
  return {
    logicalId,
    name: nameOfArn(String(resolve({ Ref: logicalId }, logicalId))),
    expression,
    next: parseSchedule(expression),
    targets: targets.map((target) => {
      const { functionName, given } = readTarget(target, logicalId, resolve);
      return { functionName, event: (due) => given(defaultEvent(due)) };
    }),
  };
}

function ruleEvent(arn: string, due: Date) {
  return {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT,
    time: due.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: [arn],
    detail: {},
  };
}
