import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { ConnectorFunction } from './connector-function.ts';
import { runOn } from './jobs.ts';
import * as may from './permissions.ts';
import type { Surroundings } from './surroundings.ts';
import { events, ours, procore, xero } from './surroundings.ts';

/** Answers Xero. It knows one item of the table, the webhook directory, and can only open and enqueue. */
export function xeroWebhook(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { key, table, queue, alarms } = surroundings;
  const fn = new ConnectorFunction(scope, 'XeroWebhook', {
    name: 'xero-webhook',
    description: "Checks Xero's webhooks and queues what they name",
    environment: ours(surroundings),
    // Xero takes an answer after 5 s for a failure, so there is no use in working longer.
    timeout: Duration.seconds(5),
    // Over half a core: a cold start has to stay far below those 5 s.
    memorySize: 1024,
    key,
    alarms,
    errorImpact:
      'Changed bills reach Procore only with the daily sweep, and after a day of failures Xero switches the webhook off.',
  });
  may.readPartition(fn, table, 'webhook-directory');
  may.openSecrets(fn, key, ['webhook-directory']);
  may.sendMessages(fn, queue);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  return fn;
}

/**
 * Asks Xero for what no webhook tells: purchase orders every few minutes, everything once a day. Suppliers it brings to
 * Procore itself, many in one call.
 */
export function pollXero(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { key, table, queue, bus, alarms } = surroundings;
  const fn = new ConnectorFunction(scope, 'PollXero', {
    name: 'poll-xero',
    description: 'Asks Xero for changed documents and queues them; brings suppliers to Procore',
    environment: {
      ...ours(surroundings),
      ...xero(surroundings),
      ...procore(surroundings),
      ...events(surroundings),
    },
    // A sweep pages through thousands of documents at no more than 60 calls a minute.
    timeout: Duration.minutes(10),
    key,
    alarms,
    errorImpact: 'New and changed purchase orders do not reach Procore.',
    // It runs every minute, and what one run missed the next one finds.
    errorsToAlarm: 3,
  });
  may.readAndWriteItems(fn, table);
  may.openSecrets(fn, key, ['xero-*', 'procore-*']);
  may.sealSecrets(fn, key, ['xero-*', 'procore-*']);
  may.sendMessages(fn, queue);
  may.putEvents(fn, bus);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  runOn(fn, Schedule.rate(Duration.minutes(1)), 'poll');
  // The small hours from New York to Los Angeles, when nobody else needs the day's calls to Xero.
  runOn(fn, Schedule.cron({ hour: '9', minute: '15' }), 'sweep');
  alarms.add('poll-xero-silent', {
    metric: fn.metricInvocations({ period: Duration.minutes(15) }),
    threshold: 1,
    silence: true,
    errorImpact: 'Nobody asks Xero for purchase orders any more, so none reaches Procore.',
  });
  return fn;
}

/** Reads the documents of a batch from Xero, plans, and brings Procore level with them. */
export function syncDocuments(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { key, table, queue, bus, alarms } = surroundings;
  const fn = new ConnectorFunction(scope, 'SyncDocuments', {
    name: 'sync-documents',
    description: 'Brings Procore level with the documents that changed in Xero',
    environment: {
      ...ours(surroundings),
      ...xero(surroundings),
      ...procore(surroundings),
      ...events(surroundings),
    },
    timeout: SYNC_TIMEOUT,
    key,
    alarms,
    errorImpact: 'Changed orders and bills wait in the queue, and Procore shows what was true before.',
  });
  may.readAndWriteItems(fn, table);
  may.listDocumentsByState(fn, table);
  may.openSecrets(fn, key, ['xero-*', 'procore-*']);
  may.sealSecrets(fn, key, ['xero-*', 'procore-*']);
  may.sendMessages(fn, queue);
  may.putEvents(fn, bus);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  return fn;
}

/** Some hundred documents, each of them a few calls at the pace that Procore allows. */
export const SYNC_TIMEOUT = Duration.minutes(5);
