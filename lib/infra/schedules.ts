import type { Schedule } from 'aws-cdk-lib/aws-events';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ConnectorFunction } from './connector-function.ts';

/** Calls the function at these times with the event `{ "job": … }`. */
export function runOn(fn: ConnectorFunction, schedule: Schedule, job: string): Rule {
  const target = new LambdaFunction(fn, { event: RuleTargetInput.fromObject({ job }) });
  return new Rule(fn, `Job-${job}`, { description: `ml-connector: ${job}`, schedule, targets: [target] });
}
