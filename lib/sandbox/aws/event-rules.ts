import type { BusEvent } from './event-bridge.ts';
import type { EventPattern } from './event-pattern.ts';
import { checkPattern, matchesPattern } from './event-pattern.ts';
import { nameOfArn } from './local-names.ts';
import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface EventRule {
  bus: string;
  pattern: EventPattern;
  functionNames: string[];
}

/** The template's rules on events that lead to functions; other targets receive nothing here. */
export function readEventRules(template: Template, resolve: Resolve): EventRule[] {
  return resourcesOf(template, 'AWS::Events::Rule')
    .filter(([, rule]) => rule.EventPattern && rule.State !== 'DISABLED')
    .map(([id, rule]) => {
      const pattern = resolve(rule.EventPattern, `${id}.EventPattern`) as EventPattern;
      checkPattern(pattern);
      const arns = ((rule.Targets ?? []) as { Arn: unknown }[]).map(({ Arn }) => String(resolve(Arn, id)));
      return {
        bus: nameOfArn(String(resolve(rule.EventBusName ?? 'default', id))),
        pattern,
        functionNames: arns.filter((arn) => arn.startsWith('arn:aws:lambda:')).map(nameOfArn),
      };
    });
}

/** The functions that an event on a bus goes to. */
export function functionsFor(rules: EventRule[], bus: string, event: BusEvent): string[] {
  return rules
    .filter((rule) => rule.bus === bus && matchesPattern(rule.pattern, event))
    .flatMap((rule) => rule.functionNames);
}
