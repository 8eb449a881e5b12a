import { PassThrough, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { main } from '../../bin/cli/main.ts';
import { connect } from '../../lib/flows/connect/connect.ts';
import type { Deployment } from '../../lib/flows/deployment.ts';
import { openDeployment } from '../../lib/flows/deployment.ts';
import { importMappings } from '../../lib/flows/mappings/import-mappings.ts';
import { importProjects } from '../../lib/flows/mappings/import-projects.ts';
import type { DemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { startDemoVendors } from '../../lib/sandbox/demo-vendors.ts';
import { PROJECTS_CSV, RULES_CSV } from '../../lib/sandbox/seed/connection-files.ts';
import { createTable } from '../support/aws.ts';
import { startLoopback } from '../support/loopback.ts';
import type { TestCloud } from '../support/world.ts';
import { drain, startTestCloud } from '../support/world.ts';

export interface Said {
  code: number;
  stdout: string;
  stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what scripts read
  json: any;
}

export interface TestRun {
  port: number;
  vendors: DemoVendors;
  outputs: Record<string, string>;
  /** What leads the SDK of another process to the run. */
  awsEnvironment: Record<string, string>;
  cloud: TestCloud;
  deployment: Deployment;
  /** Runs a command line in this process against the run, as a script would: with --json. */
  script(...argv: string[]): Promise<Said>;
  /** The same as a person at a terminal types it. */
  person(...argv: string[]): Promise<Said>;
  /** The same of a command that waits for something: what it has said on stderr so far, and its end. */
  waiting(...argv: string[]): { said: () => string; ended: Promise<Said> };
  /** Works the queue off, as sync-documents does, until stopped. */
  startWorker(): { stop(): Promise<void> };
  close(): Promise<void>;
}

/** A deployment with both sandboxes that answers the discovery, like `npm start`. */
export async function startTestRun(): Promise<TestRun> {
  const [cloud, vendors] = await Promise.all([
    startTestCloud(),
    // Commands wait for limits by the real clock.
    startDemoVendors({ procore: { limits: { hourly: 1e9, spike: 1e9 } } }),
  ]);
  const content = await discovery(cloud, vendors);
  const site = await startLoopback(() => ({ body: content }));
  const port = Number(new URL(site.url).port);
  const before = { ...process.env };
  const run = (argv: string[]) => runCommand(['--port', String(port), ...argv]);
  // The first command leads the SDK of this process to the run's endpoints.
  await run(['doctor']);
  const { TableName = '', KeyArn, QueueUrl, EventBusName } = content.outputs;
  const deployment = openDeployment(
    {
      TABLE_NAME: TableName,
      KEY_ID: KeyArn,
      QUEUE_URL: QueueUrl,
      EVENT_BUS_NAME: EventBusName,
      ...content.environment,
    },
    { info: () => {}, warn: () => {}, error: () => {} },
  );
  return {
    port,
    vendors,
    outputs: content.outputs,
    awsEnvironment: awsEnvironment(content.endpoints),
    cloud,
    deployment,
    script: (...argv) => run([...argv, '--json']),
    person: (...argv) => run(argv),
    waiting: (...argv) => beginCommand(['--port', String(port), ...argv]),
    startWorker: () => worker(cloud, deployment),
    async close() {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await Promise.all([site.close(), vendors.close(), cloud.close()]);
    },
  };
}

export function runCommand(argv: string[], typed?: PassThrough): Promise<Said> {
  return beginCommand(argv, typed).ended;
}

function beginCommand(argv: string[], typed?: PassThrough): ReturnType<TestRun['waiting']> {
  const [stdout, stderr] = [collector(), collector()];
  const stdin = typed ?? new PassThrough().end();
  const end = async (): Promise<Said> => {
    const code = await main(argv, { stdin, stdout: stdout.stream, stderr: stderr.stream });
    const text = stdout.text();
    return {
      code,
      stdout: text,
      stderr: stderr.text(),
      json: argv.includes('--json') ? JSON.parse(text) : undefined,
    };
  };
  return { said: stderr.text, ended: end() };
}

function awsEnvironment(endpoints: Record<string, string>): Record<string, string> {
  const addresses = Object.entries(endpoints).map(([name, url]) => [
    `AWS_ENDPOINT_URL_${name.toUpperCase()}`,
    url,
  ]);
  return {
    ...Object.fromEntries(addresses),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}

function collector() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
}

async function discovery(cloud: TestCloud, vendors: DemoVendors) {
  const endpoints = Object.fromEntries(
    await Promise.all(
      Object.entries({
        dynamodb: cloud.dynamodb,
        sqs: cloud.sqs,
        kms: cloud.kms,
        eventbridge: cloud.eventBridge,
      }).map(async ([name, client]) => {
        const { protocol, hostname, port } = await client.config.endpoint!();
        return [name, `${protocol}//${hostname}:${port}`] as const;
      }),
    ),
  );
  const outputs: Record<string, string> = {
    TableName: await createTable(cloud.dynamodb),
    KeyArn: cloud.keyId,
    QueueUrl: `${endpoints.sqs}/000000000000/document-changes`,
    EventBusName: 'connector',
    ConnectUrl: 'http://127.0.0.1/connect',
    XeroRedirectUri: 'http://127.0.0.1/connect/xero/callback',
    ProcoreWebhookUrl: 'http://127.0.0.1/webhooks/procore',
    ReferenceQueueUrl: `${endpoints.sqs}/000000000000/reference-changes`,
  };
  const environment = {
    XERO_API_URL: vendors.xero.url,
    XERO_IDENTITY_URL: vendors.xero.url,
    XERO_LOGIN_URL: vendors.xero.loginUrl,
    PROCORE_API_URL: vendors.procore.url,
    PROCORE_LOGIN_URL: vendors.procore.url,
  };
  return { endpoints, outputs, region: 'us-east-1', environment };
}

function worker(cloud: TestCloud, deployment: Deployment): { stop(): Promise<void> } {
  let stopped = false;
  const work = (async () => {
    while (!stopped) {
      await drain(cloud, deployment);
      await sleep(20);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await work;
    },
  };
}

/** A run on which a worker is at work, with the seed connected, mapped and looked at. */
export async function startSeededRun() {
  const run = await startTestRun();
  const { connectionId } = await connect(run.vendors.connectionFile, run.deployment);
  await importMappings(connectionId, RULES_CSV, run.deployment);
  await importProjects(connectionId, PROJECTS_CSV, run.deployment);
  const worker = run.startWorker();
  await run.script('poll');
  return { run, connectionId, worker };
}
