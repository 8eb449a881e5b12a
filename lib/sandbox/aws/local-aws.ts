import { SQSClient } from '@aws-sdk/client-sqs';
import type { BusEvent } from './event-bridge.ts';
import { callsFor, readEventRules } from './event-rules.ts';
import type { EventSource } from './event-source.ts';
import { startEventSource } from './event-source.ts';
import type { EventSourceSettings } from './event-source-settings.ts';
import { readEventSources } from './event-source-settings.ts';
import type { FunctionLog, Invocation } from './execution-environment.ts';
import { readFunctions } from './function-settings.ts';
import type { Functions } from './functions.ts';
import { startFunctions } from './functions.ts';
import type { Route } from './http-routes.ts';
import { clientOptions } from './identity.ts';
import { startHttp } from './local-http.ts';
import type { LocalUrls } from './local-names.ts';
import { localNames, stackId } from './local-names.ts';
import type { LocalServices } from './local-services.ts';
import { discovery, endpointVariables, startServices } from './local-services.ts';
import type { QueueDepth } from './queues.ts';
import type { Resolve } from './resolve.ts';
import { resolver } from './resolve.ts';
import { readSchedules } from './schedule-settings.ts';
import type { ScheduleClock } from './schedules.ts';
import { startSchedules } from './schedules.ts';
import type { Mail } from './sns.ts';
import { stackCreated } from './stack-event.ts';
import type { Template } from './template.ts';
import { readTemplate } from './template.ts';

export interface LocalAwsOptions {
  /** `cdk.out/<Stack>.template.json` */
  templateFile: string;
  /** What the asset manifest's paths are relative to; by default the template's folder. */
  assetsDir?: string;
  /** Keeps tables, queues and keys over restarts; everything is in memory without it. */
  dataDir?: string;
  /** Of the HTTP API and the discovery; 4510 by default, 0 takes a free one. */
  port?: number;
  /** Replaces environment values by name, in the functions that declare them. */
  environment?: Record<string, string>;
  /** Whether schedules run by themselves (default) or only when fired. */
  schedules?: boolean;
  clock?: ScheduleClock;
  log?: FunctionLog;
  /** Is told of each mail that reaches somebody. */
  deliverMail?(mail: Mail): void;
  /** Hands out messages of failed invocations again at once, not after the visibility timeout as on AWS. */
  redeliverAtOnce?: boolean;
  /** Events that one function handles at the same time, where the template does not say; 4 by default. */
  concurrency?: number;
  /** What running invocations are given when the run closes; 5,000 by default. */
  graceMilliseconds?: number;
}

export interface LocalAws {
  endpoints: LocalServices['endpoints'];
  outputs: Record<string, string>;
  urls: { api: string; routes: Route[]; functionUrls: Record<string, string> };
  /** Runs a function, by name or logical id, and gives its answer; a failure is in the result. */
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  /** Ends a function's workers at once, whatever they are doing. */
  kill(functionName: string): Promise<void>;
  /** Runs a schedule now, by name or logical id, and waits for its functions. */
  fireSchedule(name: string): Promise<void>;
  /** Depths by queue name. */
  queues(): Record<string, QueueDepth>;
  /**
   * Waits until no function runs and every queue that feeds a function is empty, delayed and invisible
   * messages included. Throws after `timeoutMilliseconds` where that is given.
   */
  waitUntilIdle(options?: { timeoutMilliseconds?: number }): Promise<void>;
  /** The events that were put on buses, oldest first. */
  events(): { bus: string; event: BusEvent }[];
  /** The mail that reached people, oldest first. */
  mails(): Mail[];
  close(): Promise<void>;
}

const GRACE = 5000;

/**
 * Runs a synthesised stack on this machine: real bundles in workers, wired as the template says. Once it is up, its
 * rules are told that CloudFormation has created it.
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  await using running = new AsyncDisposableStack();
  const local = await start(options, running);
  const kept = running.move();
  return { ...local, close: () => kept.disposeAsync() };
}

async function start(options: LocalAwsOptions, running: AsyncDisposableStack) {
  const { log = () => {}, concurrency = 4, graceMilliseconds: grace = GRACE } = options;
  const template = readTemplate(options.templateFile, options.assetsDir);
  const urls: LocalUrls = { sqs: '', apis: {}, functionUrls: {} };
  const resolve = resolver(localNames(template, urls));
  const rules = readEventRules(template, resolve);
  const settings = readFunctions(template, resolve, {
    endpoints: () => endpointVariables(services.endpoints),
    overrides: options.environment ?? {},
    concurrency,
  });
  const functions = startFunctions(settings, log);
  const deliver = (bus: string, event: BusEvent) => {
    for (const call of callsFor(rules, bus, event)) void functions.invoke(call.functionName, call.event);
  };
  const services = await startServices(
    template,
    resolve,
    urls,
    options.dataDir,
    { event: deliver, mail: options.deliverMail ?? (() => {}) },
    running,
  );
  let outputs: Record<string, string> = {};
  const http = await startHttp(
    template,
    resolve,
    {
      port: options.port ?? 4510,
      urls,
      invoke: functions.invoke,
      discovery: () => discovery(services.endpoints, outputs, options.environment),
      grace,
    },
    running,
  );
  outputs = resolvedOutputs(template, resolve);
  for (const { environment } of settings) environment();
  const sources = readEventSources(template, resolve, concurrency);
  await startSources(sources, services, functions, options, running);
  const schedules = startSchedules(readSchedules(template, resolve), functions.invoke, {
    automatic: options.schedules ?? true,
    ...(options.clock && { clock: options.clock }),
  });
  running.defer(() => schedules.close());
  deliver('default', stackCreated(stackId(template)));
  const depths = (names: string[]) =>
    Object.fromEntries(names.map((name) => [name, services.queues.depth(name)]));
  const feeding = sources.map(({ queueName }) => queueName);
  return {
    endpoints: services.endpoints,
    outputs,
    urls: { ...http, functionUrls: urls.functionUrls },
    invoke: functions.invoke,
    kill: functions.kill,
    fireSchedule: schedules.fire,
    queues: () => depths(services.queues.names),
    waitUntilIdle: (limit: { timeoutMilliseconds?: number } = {}) =>
      waitUntil(() => functions.running() === 0 && isEmpty(depths(feeding)), limit.timeoutMilliseconds),
    events: services.bus.events,
    mails: services.sns.mails,
  };
}

/** Begins to feed functions from queues; at the close, batches under way are settled while functions end. */
async function startSources(
  all: EventSourceSettings[],
  { queues }: LocalServices,
  functions: Functions,
  { log = () => {}, redeliverAtOnce = false, graceMilliseconds = GRACE }: LocalAwsOptions,
  running: AsyncDisposableStack,
) {
  const sqs = new SQSClient({ ...clientOptions, endpoint: queues.url });
  running.defer(() => sqs.destroy());
  const sources: EventSource[] = [];
  running.defer(async () => {
    await Promise.all([...sources.map((source) => source.close()), functions.close(graceMilliseconds)]);
  });
  for (const settings of all) {
    if (redeliverAtOnce) await queues.releaseInFlight(settings.queueName);
    sources.push(
      startEventSource(settings, {
        sqs,
        queueUrl: queues.queueUrl(settings.queueName),
        invoke: functions.invoke,
        redeliverAtOnce,
        log: (line) => log(settings.functionName, line),
      }),
    );
  }
}

function resolvedOutputs(template: Template, resolve: Resolve): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.outputs).map(([name, { Value }]) => [
      name,
      String(resolve(Value, `Outputs.${name}`)),
    ]),
  );
}

function isEmpty(depths: Record<string, QueueDepth>): boolean {
  return Object.values(depths).every(({ visible, inFlight, delayed }) => visible + inFlight + delayed === 0);
}

async function waitUntil(done: () => boolean, timeoutMilliseconds = Number.POSITIVE_INFINITY) {
  const end = Date.now() + timeoutMilliseconds;
  while (!done()) {
    if (Date.now() > end) throw new Error(`The local AWS was not idle after ${timeoutMilliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
