import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openLinkSigner } from '../../aws/link-signer.ts';
import { openChangeQueue } from '../../aws/queue.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { systemClock } from '../../core/ports.ts';
import { openApprovals } from '../../store/approvals.ts';
import { openAudit } from '../../store/audit.ts';
import { openConnections } from '../../store/connections.ts';
import { openTable } from '../../store/table.ts';
import type { AwsClients } from '../deployment.ts';
import type { Environment } from '../environment.ts';
import { requireEnvironment } from '../environment.ts';
import type { ApprovalDoor } from './open-approval.ts';

/** Opens what the page needs, and no more: a person waits for its cold start. Throws Stop('configuration-missing'). */
export function openApprovalDoor(
  environment: Environment,
  log: Log,
  clock: Clock = systemClock,
  clients: Pick<AwsClients, 'dynamodb' | 'kms' | 'sqs'> = {
    dynamodb: new DynamoDBClient(),
    kms: new KMSClient(),
    sqs: new SQSClient(),
  },
): ApprovalDoor {
  const { TABLE_NAME, QUEUE_URL, APPROVAL_KEY_ID } = requireEnvironment(
    environment,
    'TABLE_NAME',
    'QUEUE_URL',
    'APPROVAL_KEY_ID',
  );
  const table = openTable(clients.dynamodb, TABLE_NAME);
  return {
    clock,
    log,
    approvals: openApprovals(table),
    audit: openAudit(table),
    connections: openConnections(table),
    queue: openChangeQueue(clients.sqs, QUEUE_URL),
    signer: openLinkSigner(clients.kms, APPROVAL_KEY_ID),
  };
}
