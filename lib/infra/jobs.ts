import { Stack } from 'aws-cdk-lib';
import type { RuleProps, Schedule } from 'aws-cdk-lib/aws-events';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ConnectorFunction } from './connector-function.ts';

/** Calls the function at these times with the event `{ "job": … }`. */
export function runOn(fn: ConnectorFunction, schedule: Schedule, job: string): Rule {
  return jobRule(fn, job, { schedule });
}

/** Calls the function with the event `{ "job": … }` whenever this stack was created or updated. */
export function runWhenDeployed(fn: ConnectorFunction, job: string): Rule {
  const eventPattern = {
    source: ['aws.cloudformation'],
    detailType: ['CloudFormation Stack Status Change'],
    detail: {
      'stack-id': [Stack.of(fn).stackId],
      'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] },
    },
  };
  return jobRule(fn, job, { eventPattern });
}

function jobRule(fn: ConnectorFunction, job: string, when: RuleProps): Rule {
  const target = new LambdaFunction(fn, { event: RuleTargetInput.fromObject({ job }) });
  return new Rule(fn, `Job-${job}`, { description: `ml-connector: ${job}`, targets: [target], ...when });
}
