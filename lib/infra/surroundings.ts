import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { DeploymentOptions } from './deployment-options.ts';
import type { OperatorAlarms } from './operator-alarms.ts';

/** What the functions work with. */
export interface Surroundings {
  options: DeploymentOptions;
  key: IKey;
  table: Table;
  /** Documents that may have changed in Xero. */
  queue: IQueue;
  /** What may have changed in Procore besides documents. */
  referenceQueue: IQueue;
  bus: EventBus;
  alarms: OperatorAlarms;
  /** How approvers are asked. */
  approvals: { url: string; linkKey: IKey; topic: ITopic };
  addresses: { connect: string; procoreWebhook: string };
}

/** Named to all functions, used by those that are granted it. */
export const ours = ({ table, key, queue }: Pick<Surroundings, 'table' | 'key' | 'queue'>) => ({
  TABLE_NAME: table.tableName,
  KEY_ID: key.keyArn,
  QUEUE_URL: queue.queueUrl,
});

export const events = ({ bus }: Surroundings) => ({ EVENT_BUS_NAME: bus.eventBusName });

export const references = ({ referenceQueue }: Surroundings) => ({
  REFERENCE_QUEUE_URL: referenceQueue.queueUrl,
});

export const approvals = ({ approvals: { url, linkKey, topic } }: Surroundings) => ({
  APPROVAL_URL: url,
  APPROVAL_KEY_ID: linkKey.keyArn,
  APPROVAL_TOPIC_ARN: topic.topicArn,
});

export const xero = ({ options }: Surroundings) => ({
  XERO_API_URL: options.xeroApiUrl,
  XERO_IDENTITY_URL: options.xeroIdentityUrl,
});

export const procore = ({ options }: Surroundings) => ({
  PROCORE_API_URL: options.procoreApiUrl,
  PROCORE_LOGIN_URL: options.procoreLoginUrl,
});
