import type { BusEvent } from './event-bridge.ts';
import type { EventPattern } from './event-pattern.ts';
import { checkPattern, matchesPattern } from './event-pattern.ts';
import { nameOfArn } from './local-names.ts';
import type { Resolve } from './resolve.ts';
import type { RuleTarget } from './rule-target.ts';
import { isFunction, readTarget } from './rule-target.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface EventRule {
  bus: string;
  pattern: EventPattern;
  /** Those that are functions; other targets receive nothing here. */
  targets: RuleTarget[];
}

/** The template's rules on events that are switched on. */
export function readEventRules(template: Template, resolve: Resolve): EventRule[] {
  return resourcesOf(template, 'AWS::Events::Rule')
    .filter(([, rule]) => rule.EventPattern && rule.State !== 'DISABLED')
    .map(([id, rule]) => {
      const pattern = resolve(rule.EventPattern, `${id}.EventPattern`) as EventPattern;
      checkPattern(pattern);
      const targets = (rule.Targets ?? []) as { Arn: unknown }[];
      return {
        bus: nameOfArn(String(resolve(rule.EventBusName ?? 'default', id))),
        pattern,
        targets: targets
          .filter((target) => isFunction(target, id, resolve))
          .map((target) => readTarget(target, id, resolve)),
      };
    });
}

/** The functions that an event on a bus goes to, and what each of them is given. */
export function callsFor(
  rules: EventRule[],
  bus: string,
  event: BusEvent,
): { functionName: string; event: unknown }[] {
  return rules
    .filter((rule) => rule.bus === bus && matchesPattern(rule.pattern, event))
    .flatMap((rule) => rule.targets)
    .map(({ functionName, given }) => ({ functionName, event: given(event) }));
}
