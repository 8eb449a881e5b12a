import { Duration, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface OperatorAlarm {
  metric: IMetric;
  /** Goes off at this value or beyond it. */
  threshold: number;
  /** In plain words: whom it hurts and how. */
  errorImpact: string;
  /** Goes off when the value is *below* the threshold or missing: something that should happen does not. */
  silence?: boolean;
}

/** The alarms of a deployment and the encrypted topic that they speak to. */
export class OperatorAlarms extends Construct {
  readonly topic: Topic;
  private readonly throttles: Record<string, IMetric> = {};

  constructor(scope: Construct, id: string, props: { key: IKey; email?: string | undefined }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    this.topic.addToResourcePolicy(publishByAlarms(this.topic));
    if (props.email) this.topic.addSubscription(new EmailSubscription(props.email));
  }

  /** `article` names the alarm and its article in the README's runbook, `#alarm-<article>`. */
  add(article: string, { metric, threshold, errorImpact, silence = false }: OperatorAlarm): Alarm {
    const alarm = new Alarm(this, article, {
      alarmName: `${Stack.of(this).stackName}-${article}`,
      alarmDescription: `${errorImpact} What to do: README.md#alarm-${article}`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: silence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Counters of things that did not happen are not sent at all, which is good news except for silence.
      treatMissingData: silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  /** All functions share one throttle alarm: they share the account's concurrency, and so the cause. */
  watchThrottles(watched: IFunction): void {
    const id = `m${Object.keys(this.throttles).length}`;
    this.throttles[id] = watched.metricThrottles({ period: Duration.minutes(5) });
  }

  /** Adds the throttle alarm over the functions watched so far. */
  addThrottleAlarm(errorImpact: string): Alarm {
    // A function that did not run sends nothing; without FILL the whole sum would be missing then.
    const filled = Object.keys(this.throttles).map((id) => `FILL(${id}, 0)`);
    const metric = new MathExpression({
      expression: filled.join(' + '),
      usingMetrics: this.throttles,
      label: 'Refused invocations',
      period: Duration.minutes(5),
    });
    return this.add('throttles', { metric, threshold: 1, errorImpact });
  }
}

/** The TLS rule replaces the policy that every topic is born with, and that policy is what lets alarms publish. */
function publishByAlarms(topic: Topic): PolicyStatement {
  return new PolicyStatement({
    sid: 'PublishByAlarms',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } },
  });
}
