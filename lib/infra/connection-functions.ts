import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { ConnectorFunction } from './connector-function.ts';
import { runOn, runWhenDeployed } from './jobs.ts';
import * as may from './permissions.ts';
import type { Surroundings } from './surroundings.ts';
import { events, ours, procore, references, xero } from './surroundings.ts';

/** Shows people the pages of consent, takes Xero's answer, and connects. */
export function connect(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { addresses, bus, options, key, table, referenceQueue, alarms } = surroundings;
  const fn = new ConnectorFunction(scope, 'Connect', {
    name: 'connect',
    description: 'Takes people through the consent in Xero and connects their organisation',
    environment: {
      ...ours(surroundings),
      ...events(surroundings),
      ...references(surroundings),
      ...xero(surroundings),
      ...procore(surroundings),
      XERO_LOGIN_URL: options.xeroLoginUrl,
      CONNECT_URL: addresses.connect,
    },
    // The HTTP API waits 30 s, and somebody in front of a browser not much longer.
    timeout: Duration.seconds(29),
    // A person waits for the cold start.
    memorySize: 1024,
    key,
    alarms,
    errorImpact: 'Nobody can connect an organisation or consent again; broken connections stay broken.',
  });
  may.readAndWriteItems(fn, table);
  may.openSecrets(fn, key, CONSENT_SECRETS);
  may.sealSecrets(fn, key, CONSENT_SECRETS);
  may.sendMessages(fn, referenceQueue);
  may.putEvents(fn, bus);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  return fn;
}

/** Answers Procore. It knows its directory and what Procore has told already, and can only open that and enqueue. */
export function procoreWebhook(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { key, table, referenceQueue, alarms } = surroundings;
  const { TABLE_NAME, KEY_ID } = ours(surroundings);
  const fn = new ConnectorFunction(scope, 'ProcoreWebhook', {
    name: 'procore-webhook',
    description: "Checks Procore's webhooks and queues what they are about",
    environment: { TABLE_NAME, KEY_ID, ...references(surroundings) },
    // Procore takes an answer after 5 s for a failure, so there is no use in working longer.
    timeout: Duration.seconds(5),
    // Over half a core: a cold start has to stay far below those 5 s.
    memorySize: 1024,
    key,
    alarms,
    errorImpact: 'Changes in Procore are noticed once a day only, and Procore may switch the webhook off.',
  });
  may.readPartition(fn, table, 'webhook-directory');
  may.readAndPutIn(fn, table, 'procore-events#*');
  may.openSecrets(fn, key, ['webhook-directory-procore']);
  may.sendMessages(fn, referenceQueue);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  return fn;
}

/** Reads again what Procore said has changed, everything once a day, and keeps the registered webhooks in order. */
export function refreshReferenceData(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { addresses, key, table, queue, referenceQueue, bus, alarms } = surroundings;
  const fn = new ConnectorFunction(scope, 'RefreshReferenceData', {
    name: 'refresh-reference-data',
    description: "Reads the reference data of both sides again, and keeps Procore's webhooks registered",
    environment: {
      ...ours(surroundings),
      ...events(surroundings),
      ...references(surroundings),
      ...xero(surroundings),
      ...procore(surroundings),
      PROCORE_WEBHOOK_URL: addresses.procoreWebhook,
    },
    timeout: REFERENCE_TIMEOUT,
    key,
    alarms,
    errorImpact: 'Changes of projects, vendors, codes and accounts are not taken note of.',
    // Its messages come again; what fails for good ends in the dead letters, which have an alarm of their own.
    errorsToAlarm: 3,
  });
  may.readAndWriteItems(fn, table);
  may.listDocumentsByState(fn, table);
  may.openSecrets(fn, key, REFERENCE_SECRETS);
  may.sealSecrets(fn, key, REFERENCE_SECRETS);
  may.sendMessages(fn, queue);
  may.sendMessages(fn, referenceQueue);
  may.putEvents(fn, bus);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  // Half an hour after the sweep of poll-xero, in the same small hours.
  runOn(fn, Schedule.cron({ hour: '9', minute: '45' }), 'daily');
  runWhenDeployed(fn, 'deployed');
  return fn;
}

/** Renews tokens before they expire, and tries what is broken again: what waited for it is queued anew. */
export function refreshTokens(scope: Construct, surroundings: Surroundings): ConnectorFunction {
  const { key, table, queue, bus, alarms } = surroundings;
  const fn = new ConnectorFunction(scope, 'RefreshTokens', {
    name: 'refresh-tokens',
    description: 'Renews tokens, and tries whether what is broken works again',
    environment: {
      ...ours(surroundings),
      ...events(surroundings),
      ...xero(surroundings),
      ...procore(surroundings),
    },
    // Some calls per connection, each of which a slow vendor may stretch to some seconds; done before the next run.
    timeout: Duration.minutes(10),
    key,
    alarms,
    errorImpact: 'Within half an hour the connector can no longer read Xero, and nothing reaches Procore.',
  });
  may.readAndWriteItems(fn, table);
  may.listDocumentsByState(fn, table);
  may.openSecrets(fn, key, ['xero-*', 'procore-*']);
  may.sealSecrets(fn, key, ['xero-*', 'procore-*']);
  may.sendMessages(fn, queue);
  may.putEvents(fn, bus);
  may.useKeyThrough(fn, key, ['dynamodb', 'sqs']);
  runOn(fn, Schedule.rate(Duration.minutes(20)), 'refresh-tokens');
  alarms.add('refresh-tokens-silent', {
    metric: fn.metricInvocations({ period: Duration.hours(1) }),
    threshold: 1,
    silence: true,
    errorImpact: 'Nobody renews the tokens any more; Xero forgets a consent that is not renewed for 60 days.',
  });
  return fn;
}

/** Reading a company's projects again, page by page, at Procore's pace. */
export const REFERENCE_TIMEOUT = Duration.minutes(5);

const CONSENT_SECRETS = ['xero-*', 'procore-*', 'webhook-directory', 'consent'];
const REFERENCE_SECRETS = ['xero-*', 'procore-*', 'webhook-directory-procore'];
