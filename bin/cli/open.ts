import { SNSClient } from '@aws-sdk/client-sns';
import { openApproverMail } from '../../lib/aws/approver-mail.ts';
import { openLinkSigner } from '../../lib/aws/link-signer.ts';
import type { Connection } from '../../lib/core/connection.ts';
import { BadInput, Stop } from '../../lib/core/errors.ts';
import type { Log } from '../../lib/core/ports.ts';
import { systemClock } from '../../lib/core/ports.ts';
import type { ApprovalDesk } from '../../lib/flows/approval/desk.ts';
import type { AwsClients, Deployment } from '../../lib/flows/deployment.ts';
import { newClients, openDeployment } from '../../lib/flows/deployment.ts';
import type { Revised } from '../../lib/store/table.ts';
import { findStack } from './deployed-stack.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import { say } from './io.ts';
import { findLocalRun } from './local-run.ts';
import type { Surroundings } from './surroundings.ts';

/** The deployment that a command works on, and what it needs to reach further parts of it. */
export interface Opened extends Deployment {
  /** The SDK's clients that the deployment uses, for stores that only some commands open. */
  clients: AwsClients;
  tableName: string;
  /** ARN of the KMS key that seals. */
  keyArn: string;
  addresses: Addresses;
}

/** Reading one throws Stop('stack-unreadable') where the stack was deployed before it had this address. */
export interface Addresses {
  /** `https://<api>/connect` */
  readonly connectUrl: string;
  /** What the Xero app must have as redirect URI. */
  readonly xeroRedirectUri: string;
  readonly procoreWebhookUrl: string;
  readonly referenceQueueUrl: string;
  /** Where approvers decide, ending in a slash. */
  readonly approvalUrl: string;
  readonly approvalTopicArn: string;
  /** ARN of the KMS key that signs approvers' links. */
  readonly approvalKeyArn: string;
}

/** The deployment that the options name. Throws Stop. */
export async function open(options: GlobalOptions, io: Io): Promise<Opened> {
  const { outputs, vendors, aws } = await find(options);
  const { TableName, KeyArn, QueueUrl, EventBusName } = outputs;
  if (!TableName || !KeyArn || !QueueUrl || !EventBusName) {
    throw new Stop('stack-unreadable', { facts: { outputs: Object.keys(outputs) } });
  }
  // The SDK's clients read these themselves.
  for (const [name, value] of Object.entries(aws)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  const environment = {
    ...process.env,
    ...vendors,
    TABLE_NAME: TableName,
    KEY_ID: KeyArn,
    QUEUE_URL: QueueUrl,
    EVENT_BUS_NAME: EventBusName,
  };
  const clients = newClients();
  return {
    ...openDeployment(environment, logTo(io), systemClock, clients),
    clients,
    tableName: TableName,
    keyArn: KeyArn,
    addresses: addressesIn(outputs),
  };
}

/** Asked for one by one: what a command does not use may lack in a stack that was deployed by an older version. */
function addressesIn(outputs: Record<string, string>): Addresses {
  const output = (name: string): string => {
    const value = outputs[name];
    if (value) return value;
    throw new Stop('stack-unreadable', { facts: { missing: name, help: 'deploy the stack again' } });
  };
  return {
    get connectUrl() {
      return output('ConnectUrl');
    },
    get xeroRedirectUri() {
      return output('XeroRedirectUri');
    },
    get procoreWebhookUrl() {
      return output('ProcoreWebhookUrl');
    },
    get referenceQueueUrl() {
      return output('ReferenceQueueUrl');
    },
    get approvalUrl() {
      return output('ApprovalUrl');
    },
    get approvalTopicArn() {
      return output('ApprovalTopicArn');
    },
    get approvalKeyArn() {
      return output('ApprovalKeyArn');
    },
  };
}

/** With what it takes to mail approvers. Throws Stop where the stack is older than its approval page. */
export function withDesk(opened: Opened): Opened & { desk: ApprovalDesk } {
  const { approvalUrl: url, approvalTopicArn, approvalKeyArn } = opened.addresses;
  const signer = openLinkSigner(opened.clients.kms, approvalKeyArn);
  return { ...opened, desk: { url, signer, mail: openApproverMail(new SNSClient(), approvalTopicArn) } };
}

/** The connection that --connection names, or the only one. Throws Stop and BadInput. */
export async function chooseConnection(
  { connections }: Pick<Deployment, 'connections'>,
  wanted: string | undefined,
): Promise<Revised<Connection>> {
  const all = await connections.list();
  const chosen = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  const [connection] = chosen;
  if (all.length === 0) throw new Stop('connection-missing');
  if (!connection) {
    throw new Stop('connection-unknown', { facts: { wanted: wanted!, known: all.map(({ name }) => name) } });
  }
  if (chosen.length > 1) {
    throw new BadInput('several-connections', { facts: { connections: chosen.map(({ name }) => name) } });
  }
  return connection;
}

async function find({ local, port, stack, profile }: GlobalOptions): Promise<Surroundings> {
  if (stack !== undefined && local) {
    throw new BadInput('usage', { facts: { problem: '--local and --stack exclude each other' } });
  }
  if (stack !== undefined) return findStack(stack, profile);
  const run = await findLocalRun(port);
  if (!run) throw new Stop('deployment-missing', { facts: { port } });
  return run;
}

function logTo(io: Io): Log {
  return {
    info: () => {},
    warn: (message) => say(io, message),
    error: (message) => say(io, message),
  };
}
