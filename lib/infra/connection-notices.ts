import type { EventBus } from 'aws-cdk-lib/aws-events';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

const detail = (field: string): string => EventField.fromPath(`$.detail.${field}`);

/** What the operators read, by the event that it tells of. */
const NOTICES = {
  ConnectionBroken: `ml-connector: the connection ${detail('name')} is broken and its documents wait. ${detail('message')}. What to do: ${detail('fix')}`,
  ConnectionRestored: `ml-connector: the connection ${detail('name')} works again, after ${detail('code')}. What waited goes on by itself.`,
};

/** Mails the operators when a connection breaks and when it works again. */
export class ConnectionNotices extends Construct {
  constructor(scope: Construct, id: string, { bus, topic }: { bus: EventBus; topic: Topic }) {
    super(scope, id);
    const rules = Object.entries(NOTICES).map(([event, text]) => {
      const message = RuleTargetInput.fromText(text);
      return new Rule(this, event, {
        description: `ml-connector: mails ${event}`,
        eventBus: bus,
        eventPattern: { source: ['ml-connector'], detailType: [event] },
        // Not the library's own target, which lets every rule of every account publish.
        targets: [{ bind: () => ({ arn: topic.topicArn, input: message }) }],
      });
    });
    topic.addToResourcePolicy(publishBy(rules, topic));
  }
}

function publishBy(rules: Rule[], topic: Topic): PolicyStatement {
  return new PolicyStatement({
    sid: 'PublishByNotices',
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) } },
  });
}
