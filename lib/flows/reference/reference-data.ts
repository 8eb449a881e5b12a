import type { ReferenceQueue } from '../../aws/reference-queue.ts';
import { openReferenceQueue } from '../../aws/reference-queue.ts';
import type { ProcoreEvents } from '../../store/procore-events.ts';
import { openProcoreEvents } from '../../store/procore-events.ts';
import type { ProcoreHookStore } from '../../store/procore-hooks.ts';
import { openProcoreHooks } from '../../store/procore-hooks.ts';
import { openTable } from '../../store/table.ts';
import type { WebhookDirectoryStore } from '../../store/webhook-directory.ts';
import { openProcoreDirectory } from '../../store/webhook-directory.ts';
import type { AwsClients, Deployment } from '../deployment.ts';

/** A deployment with what the reference data of Procore and its webhooks need besides. */
export interface ReferenceData extends Deployment {
  hooks: ProcoreHookStore;
  procoreDirectory: WebhookDirectoryStore;
  procoreEvents: ProcoreEvents;
  referenceQueue: ReferenceQueue;
  /** Where Procore is to send its webhooks: `https://<api>/webhooks/procore`. */
  readonly webhookUrl: string;
}

export interface ReferencePlace {
  tableName: string;
  webhookUrl: string;
  referenceQueueUrl: string;
}

export function openReferenceData(
  deployment: Deployment,
  { dynamodb, sqs }: Pick<AwsClients, 'dynamodb' | 'sqs'>,
  { tableName, webhookUrl, referenceQueueUrl }: ReferencePlace,
): ReferenceData {
  const table = openTable(dynamodb, tableName);
  return {
    ...deployment,
    hooks: openProcoreHooks(table),
    procoreDirectory: openProcoreDirectory(dynamodb, tableName),
    procoreEvents: openProcoreEvents(dynamodb, tableName, deployment.clock),
    referenceQueue: openReferenceQueue(sqs, referenceQueueUrl),
    webhookUrl,
  };
}
