import { join } from 'node:path';
import type { BusEvent, RunningEventBridge } from './event-bridge.ts';
import { startEventBridge } from './event-bridge.ts';
import { REGION } from './identity.ts';
import { startKms } from './kms.ts';
import { readKeys } from './kms-settings.ts';
import type { LocalUrls } from './local-names.ts';
import type { RunningQueues } from './queues.ts';
import { readQueues, startQueues } from './queues.ts';
import type { Resolve } from './resolve.ts';
import type { Mail, RunningSns } from './sns.ts';
import { startSns } from './sns.ts';
import { readTables, startTables } from './tables.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface LocalServices {
  endpoints: Record<'dynamodb' | 'sqs' | 'kms' | 'eventbridge' | 'sns', string>;
  queues: RunningQueues;
  bus: RunningEventBridge;
  sns: RunningSns;
}

/**
 * Starts the stand-ins of the AWS services with what the template has of each; `dataDir` keeps their content.
 * What is started is closed with the stack.
 */
export async function startServices(
  template: Template,
  resolve: Resolve,
  urls: LocalUrls,
  dataDir: string | undefined,
  deliver: { event(bus: string, event: BusEvent): void; mail(mail: Mail): void },
  running: AsyncDisposableStack,
): Promise<LocalServices> {
  const folder = (name: string) => dataDir && join(dataDir, name);
  const buses = resourcesOf(template, 'AWS::Events::EventBus').map(([id]) =>
    String(resolve({ Ref: id }, id)),
  );
  const keyFile = folder('kms.json');
  const kms = await startKms({
    keys: readKeys(template, resolve),
    ...(keyFile && { dataFile: keyFile }),
  });
  running.defer(() => kms.close());
  const queues = await startQueues(readQueues(template, resolve), folder('sqs'));
  running.defer(() => queues.close());
  urls.sqs = queues.url;
  const tables = await startTables(readTables(template, resolve), folder('dynamodb'));
  running.defer(() => tables.close());
  const bus = await startEventBridge({ buses, deliver: deliver.event });
  running.defer(() => bus.close());
  const topics = resourcesOf(template, 'AWS::SNS::Topic').map(([id]) => String(resolve({ Ref: id }, id)));
  // Nobody is there who could follow AWS's own mail.
  const sns = await startSns({ topics, confirmAtOnce: true, deliver: deliver.mail });
  running.defer(() => sns.close());
  return {
    endpoints: { dynamodb: tables.url, sqs: queues.url, kms: kms.url, eventbridge: bus.url, sns: sns.url },
    queues,
    bus,
    sns,
  };
}

/** The SDK's standard variables that lead its clients to the stand-ins. */
export function endpointVariables(endpoints: LocalServices['endpoints']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, url]),
  );
}

/** All that another process needs to find and use the run: what `GET /` answers. */
export function discovery(
  endpoints: LocalServices['endpoints'],
  outputs: Record<string, string>,
  environment: Record<string, string> = {},
) {
  return { endpoints, outputs, region: REGION, environment };
}
