import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { approval, approverTopic, linkKey, remindApprovers } from './approval-functions.ts';
import {
  connect,
  procoreWebhook,
  REFERENCE_TIMEOUT,
  refreshReferenceData,
  refreshTokens,
} from './connection-functions.ts';
import { ConnectionNotices } from './connection-notices.ts';
import { connectorKey } from './connector-key.ts';
import { connectorTable } from './connector-table.ts';
import type { DeploymentOptions } from './deployment-options.ts';
import { pollXero, SYNC_TIMEOUT, syncDocuments, xeroWebhook } from './document-functions.ts';
import { OperatorAlarms } from './operator-alarms.ts';
import { PublicDoor } from './public-door.ts';
import type { Surroundings } from './surroundings.ts';
import { WorkQueue } from './work-queue.ts';

/**
 * A batch of one connection may take minutes of its vendors' limits; others are not to wait for it. What one connection
 * may ask of its vendors is not decided here.
 */
const DOCUMENT_WORKERS = 10;
/** The least that SQS can be told: Procore is to feel nothing of it. */
const REFERENCE_WORKERS = 2;

/** The whole connector: what is kept, who works, what wakes them, and who is told when something is wrong. */
export class MlConnectorStack extends Stack {
  constructor(scope: Construct, id: string, options: DeploymentOptions) {
    super(scope, id, { description: 'Moves purchase orders and bills from Xero into Procore' });
    const key = connectorKey(this);
    const table = connectorTable(this, key);
    const bus = new EventBus(this, 'Events', {
      kmsKey: key,
      description:
        'What ml-connector tells the world: DocumentPosted, DocumentParked, ApprovalRequested, ConnectionBroken, ConnectionRestored',
    });
    const alarms = new OperatorAlarms(this, 'Alarms', { key, email: options.operatorEmail });
    new ConnectionNotices(this, 'Notices', { bus, topic: alarms.topic });
    const changes = new WorkQueue(this, 'DocumentChanges', {
      key,
      alarms,
      alarmNames: { deadLetters: 'dead-letters', waiting: 'changes-waiting' },
      workerTimeout: SYNC_TIMEOUT,
      deadLetterImpact:
        'Documents failed five times and nobody tries them again; they are missing or stale in Procore.',
      waitingImpact: 'Documents have waited for a quarter of an hour; Procore is behind Xero.',
    });
    const references = new WorkQueue(this, 'ReferenceChanges', {
      key,
      alarms,
      alarmNames: { deadLetters: 'reference-dead-letters', waiting: 'reference-changes-waiting' },
      workerTimeout: REFERENCE_TIMEOUT,
      deadLetterImpact:
        'Changes in Procore could not be taken note of five times; the daily look makes up for it.',
      waitingImpact:
        'Changes in Procore have waited for a quarter of an hour; the connector works with what was true before.',
    });
    // The id is part of the API's identity: another one would give it another address, which vendors know.
    const door = new PublicDoor(this, 'Webhooks', {
      key,
      alarms,
      errorImpact:
        'Webhooks and consent pages are answered with errors: changed bills are late, nobody can connect, and after a day Xero switches its webhook off.',
    });
    const addresses = {
      connect: `${door.url}/connect`,
      xeroWebhook: `${door.url}/webhooks/xero`,
      procoreWebhook: `${door.url}/webhooks/procore`,
    };
    const nearby = {
      options,
      key,
      table,
      queue: changes.queue,
      referenceQueue: references.queue,
      bus,
      alarms,
      addresses,
    };
    const signing = linkKey(this);
    const { url } = approval(this, nearby, signing);
    const topic = approverTopic(this, key);
    const surroundings: Surroundings = { ...nearby, approvals: { url, linkKey: signing, topic } };

    this.receive(door, surroundings);
    changes.feed(syncDocuments(this, surroundings), DOCUMENT_WORKERS);
    references.feed(refreshReferenceData(this, surroundings), REFERENCE_WORKERS);
    const poll = pollXero(this, surroundings);
    refreshTokens(this, surroundings);
    remindApprovers(this, surroundings);
    alarms.addThrottleAlarm('AWS had no room to run the connector; orders and bills reach Procore late.');

    this.output({
      TableName: table.tableName,
      KeyArn: key.keyArn,
      QueueUrl: changes.queue.queueUrl,
      DeadLetterQueueUrl: changes.deadLetters.queueUrl,
      ReferenceQueueUrl: references.queue.queueUrl,
      EventBusName: bus.eventBusName,
      ApiUrl: door.url,
      ConnectUrl: addresses.connect,
      XeroRedirectUri: `${addresses.connect}/xero/callback`,
      XeroWebhookUrl: addresses.xeroWebhook,
      ProcoreWebhookUrl: addresses.procoreWebhook,
      ApprovalUrl: url,
      ApprovalTopicArn: topic.topicArn,
      ApprovalKeyArn: signing.keyArn,
      PollXeroFunctionName: poll.functionName,
    });
  }

  /** Who may come in, and to whom. */
  private receive(door: PublicDoor, surroundings: Surroundings): void {
    door.open({
      method: 'POST',
      path: '/webhooks/xero',
      handler: xeroWebhook(this, surroundings),
      whyOpen:
        'Xero can present no AWS identity; the function refuses whatever does not carry its signature.',
    });
    door.open({
      method: 'POST',
      path: '/webhooks/procore',
      handler: procoreWebhook(this, surroundings),
      whyOpen:
        'Procore can present no AWS identity; the function refuses whatever does not carry the secret that only Procore was given.',
    });
    const pages = connect(this, surroundings);
    door.open({
      method: 'GET',
      path: '/connect/xero',
      handler: pages,
      whyOpen:
        'Whoever opens it has no AWS identity, but an unguessable link that works once and not for long.',
    });
    door.open({
      method: 'GET',
      path: '/connect/xero/callback',
      handler: pages,
      whyOpen:
        'The browser comes back from Xero without an AWS identity; it must bring the state of a consent that is under way and the cookie that this browser was given.',
    });
    door.open({
      method: 'POST',
      path: '/connect/xero/organisation',
      handler: pages,
      whyOpen:
        'Whoever chooses an organisation has no AWS identity, but the cookie of a consent that this browser has just gone through.',
    });
  }

  /** What the operator's command line and the local run read from the stack. */
  private output(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
