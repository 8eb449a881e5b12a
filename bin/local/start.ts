import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferenceQueue } from '../../lib/aws/reference-queue.ts';
import { openReferenceQueue } from '../../lib/aws/reference-queue.ts';
import type { Log } from '../../lib/core/ports.ts';
import { systemClock } from '../../lib/core/ports.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { newClients, openDeployment } from '../../lib/flows/deployment.ts';
import { REGION } from '../../lib/sandbox/aws/identity.ts';
import type { LocalAws } from '../../lib/sandbox/aws/local-aws.ts';
import { startLocalAws } from '../../lib/sandbox/aws/local-aws.ts';
import { endpointVariables } from '../../lib/sandbox/aws/local-services.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { DEMO_CREDENTIALS } from '../../lib/sandbox/seed/contractor.ts';
import { linkIn } from './judge-approvals.ts';
import type { LocalOptions } from './options.ts';
import { synthesise } from './synth.ts';

/** Everything that is up. */
export interface LocalRun {
  aws: LocalAws;
  deployment: Deployment;
  reference: ReferenceQueue;
  /** Absent where the vendors' own servers are used. */
  demo?: DemoVendors;
  close(): Promise<void>;
}

export async function startLocalRun(options: LocalOptions, say: (line: string) => void): Promise<LocalRun> {
  await using running = new AsyncDisposableStack();
  if (options.data) mkdirSync(options.data, { recursive: true });
  say('Synthesising the stack and bundling its functions …');
  const templateFile = synthesise();

  let demo: DemoVendors | undefined;
  if (Object.keys(options.vendors).length === 0) {
    say('Starting the Xero and Procore sandboxes …');
    demo = await startDemoVendors(options.data === undefined ? {} : { dataDir: options.data });
    running.defer(demo.close);
  }
  say('Starting the local AWS …');
  const aws = await startLocalAws({
    templateFile,
    ...(options.data !== undefined && { dataDir: options.data }),
    port: options.port,
    environment: demo ? urlsOf(demo) : options.vendors,
    schedules: !options.once,
    redeliverAtOnce: true,
    log: functionLog(options.data),
    deliverMail: ({ to, subject, text }) => say(`Mail to ${to}: ${subject}\n${linkIn(text) ?? text}`),
  });
  running.defer(() => aws.close());
  demo?.xero.registerRedirectUri(DEMO_CREDENTIALS.xero.clientId, aws.outputs.XeroRedirectUri!);
  const opened = openLocally(aws, demo ? urlsOf(demo) : options.vendors, say);
  const kept = running.move();
  return { aws, ...opened, ...(demo && { demo }), close: () => kept.disposeAsync() };
}

function urlsOf({ xero, procore }: DemoVendors): Record<string, string> {
  return {
    XERO_API_URL: xero.url,
    XERO_IDENTITY_URL: xero.url,
    XERO_LOGIN_URL: xero.loginUrl,
    PROCORE_API_URL: procore.url,
    PROCORE_LOGIN_URL: procore.url,
  };
}

/** The same deployment that the functions see, for this process: connecting, importing, looking. */
function openLocally(
  aws: LocalAws,
  vendorUrls: Record<string, string>,
  say: (line: string) => void,
): Pick<LocalRun, 'deployment' | 'reference'> {
  Object.assign(process.env, endpointVariables(aws.endpoints), {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const { TableName, KeyArn, QueueUrl, ReferenceQueueUrl, EventBusName } = aws.outputs;
  const environment = {
    TABLE_NAME: TableName,
    KEY_ID: KeyArn,
    QUEUE_URL: QueueUrl,
    EVENT_BUS_NAME: EventBusName,
  };
  const log: Log = { info: () => {}, warn: say, error: say };
  const clients = newClients();
  return {
    deployment: openDeployment({ ...environment, ...vendorUrls }, log, systemClock, clients),
    reference: openReferenceQueue(clients.sqs, ReferenceQueueUrl!),
  };
}

/** Warnings and errors of the functions go to standard error; with a data folder, every line into a file there. */
function functionLog(dataDir: string | undefined): (functionName: string, line: string) => void {
  const file = dataDir && join(dataDir, 'functions.log');
  return (functionName, line) => {
    if (file) appendFileSync(file, `${functionName} ${line}\n`);
    if (/"level":"(WARN|ERROR|CRITICAL)"/.test(line) || !line.startsWith('{')) {
      process.stderr.write(`${functionName}: ${line}\n`);
    }
  };
}
