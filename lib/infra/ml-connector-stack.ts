import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { pollXero, refreshTokens, SYNC_TIMEOUT, syncDocuments, xeroWebhook } from './connector-functions.ts';
import { connectorKey } from './connector-key.ts';
import { connectorTable } from './connector-table.ts';
import type { DeploymentOptions } from './deployment-options.ts';
import { OperatorAlarms } from './operator-alarms.ts';
import { WebhookApi } from './webhook-api.ts';
import { WorkQueue } from './work-queue.ts';

/**
 * Documents in the works at once. Xero allows an organisation 5 calls at a time, each worker makes one, and the
 * polls and token refreshes need the rest.
 */
const WORKERS = 2;

/** The whole connector: what is kept, who works, what wakes them, and who is told when something is wrong. */
export class MlConnectorStack extends Stack {
  constructor(scope: Construct, id: string, options: DeploymentOptions) {
    super(scope, id, { description: 'Moves purchase orders and bills from Xero into Procore' });
    const key = connectorKey(this);
    const table = connectorTable(this, key);
    const bus = new EventBus(this, 'Events', {
      kmsKey: key,
      description: 'What ml-connector tells the world: DocumentPosted, DocumentParked, ConnectionBroken',
    });
    const alarms = new OperatorAlarms(this, 'Alarms', { key, email: options.operatorEmail });
    const changes = new WorkQueue(this, 'DocumentChanges', {
      key,
      alarms,
      // Twice the worker's time: a batch that timed out is not given out again while its writes may still arrive.
      visibilityTimeout: Duration.seconds(2 * SYNC_TIMEOUT.toSeconds()),
      deadLetterImpact:
        'Documents failed five times and nobody tries them again; they are missing or stale in Procore.',
      waitingImpact: 'Documents have waited for a quarter of an hour; Procore is behind Xero.',
    });
    const webhooks = new WebhookApi(this, 'Webhooks', {
      key,
      alarms,
      errorImpact:
        'Xero gets errors for its webhooks; changed bills are late, and after a day Xero switches the webhook off.',
    });
    const surroundings = { options, key, table, queue: changes.queue, bus, alarms };

    const xeroWebhookUrl = webhooks.post('/webhooks/xero', xeroWebhook(this, surroundings));
    changes.feed(syncDocuments(this, surroundings), WORKERS);
    const poll = pollXero(this, surroundings);
    refreshTokens(this, surroundings);
    alarms.addThrottleAlarm('AWS had no room to run the connector; orders and bills reach Procore late.');

    this.output({
      TableName: table.tableName,
      KeyArn: key.keyArn,
      QueueUrl: changes.queue.queueUrl,
      DeadLetterQueueUrl: changes.deadLetters.queueUrl,
      EventBusName: bus.eventBusName,
      ApiUrl: webhooks.api.apiEndpoint,
      XeroWebhookUrl: xeroWebhookUrl,
      PollXeroFunctionName: poll.functionName,
    });
  }

  /** What the operator's command line and the local run read from the stack. */
  private output(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
