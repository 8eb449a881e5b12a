import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ConnectorFunction } from './connector-function.ts';
import { runOn } from './jobs.ts';
import * as may from './permissions.ts';
import type { Surroundings } from './surroundings.ts';
import { approvals, events, ours } from './surroundings.ts';

/**
 * Signs approvers' links. A key of its own, since HMAC keys do nothing else; without it links are worthless and new ones
 * are sent, so it need not outlive the stack.
 */
export function linkKey(scope: Construct): Key {
  return new Key(scope, 'ApprovalLinkKey', {
    description: "ml-connector: the signatures of approvers' links",
    keySpec: KeySpec.HMAC_256,
    keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/**
 * Carries the mail to approvers. Its subscriptions are made at run time, each filtered by its person's address:
 * approvers are settings of a connection, and changing them must not want a deployment.
 */
export function approverTopic(scope: Construct, key: IKey): Topic {
  return new Topic(scope, 'Approvers', {
    displayName: 'ml-connector approvals',
    masterKey: key,
    enforceSSL: true,
  });
}

/** Shows what is held to whoever has a link, and takes their decision. */
export function approval(
  scope: Construct,
  surroundings: Omit<Surroundings, 'approvals'>,
  linkKey: IKey,
): { fn: ConnectorFunction; url: string } {
  const { key, table, queue, alarms } = surroundings;
  const { TABLE_NAME, QUEUE_URL } = ours(surroundings);
  const fn = new ConnectorFunction(scope, 'Approval', {
    name: 'approval',
    description: 'Shows what exceeds a budget or an order to its approvers, and takes their decision',
    environment: { TABLE_NAME, QUEUE_URL, APPROVAL_KEY_ID: linkKey.keyArn },
    // Some reads and two writes; somebody in front of a phone waits no longer.
    timeout: Duration.seconds(15),
    // A person waits for the cold start.
    memorySize: 1024,
    key,
    alarms,
    errorImpact: 'Approvers cannot decide by their links; what is held stays out of Procore.',
  });
  may.readPartition(fn, table, 'connections');
  may.workOnDocuments(fn, table);
  may.verifyLinks(fn, linkKey);
  may.sendMessages(fn, queue);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  // Approvers have no AWS identity, but a signed link of their own; the function refuses whatever is none.
  const { url } = fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  return { fn, url };
}

/** Asks approvers when something is held, reminds and escalates by the hour, and looks again at everything that is held by night. */
export function remindApprovers(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { key, table, queue, bus, alarms } = surroundings;
  const { linkKey, topic } = surroundings.approvals;
  const fn = new ConnectorFunction(scope, 'RemindApprovers', {
    name: 'remind-approvers',
    description: 'Asks and reminds approvers, and looks again at what is held',
    environment: { ...ours(surroundings), ...events(surroundings), ...approvals(surroundings) },
    // Some calls to AWS for each document that is held.
    timeout: Duration.minutes(5),
    key,
    alarms,
    errorImpact: 'Approvers are not asked or reminded, so what is held waits unseen.',
  });
  may.readAndWriteItems(fn, table);
  may.listDocumentsByState(fn, table);
  may.signLinks(fn, linkKey);
  may.publishTo(fn, topic);
  may.subscribePeople(fn, topic);
  may.sendMessages(fn, queue);
  may.putEvents(fn, bus);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs', 'sns']);
  new Rule(fn, 'Told', {
    description: 'ml-connector: mails approvers',
    eventBus: bus,
    eventPattern: { source: ['ml-connector'], detailType: ['ApprovalRequested'] },
    targets: [new LambdaFunction(fn)],
  });
  runOn(fn, Schedule.rate(Duration.hours(1)), 'remind');
  // After the night's sweep of Xero and the daily look at Procore.
  runOn(fn, Schedule.cron({ hour: '10', minute: '15' }), 'review');
  return fn;
}
