import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionSettings } from './function-settings.ts';
import type { InvocationError, WorkerMessage, WorkerRequest, WorkerStart } from './function-worker.ts';
import { ACCOUNT, REGION } from './identity.ts';

export type Invocation = { ok: true; payload: unknown } | { ok: false; error: InvocationError };

/** Receives each line that a function writes to its standard output or error. */
export type FunctionLog = (functionName: string, line: string) => void;

/** One worker that handles one event at a time, like one execution environment of Lambda. */
export interface ExecutionEnvironment {
  invoke(event: unknown): Promise<Invocation>;
  alive(): boolean;
  /** Ends the worker at once; a running invocation fails. */
  end(): Promise<void>;
}

/** Loading may take this long: Lambda allows 10 s, a laptop is busier. */
const INIT_SECONDS = 30;

/** Starts a worker that has only its own environment variables and loads the function's bundle. */
export function startEnvironment(settings: FunctionSettings, log: FunctionLog): ExecutionEnvironment {
  const worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
    workerData: workerStart(settings),
    env: settings.environment(),
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMegabytes },
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    lines(stream, (line) => log(settings.name, line));
  }
  const messages = mailbox(worker);
  let loaded: Promise<WorkerMessage> | undefined = messages.next();
  const limited = async (seconds: number, message: Promise<WorkerMessage>, requestId: string) => {
    const timer = setTimeout(() => messages.fail(timedOut(requestId, seconds)), seconds * 1000);
    const received = await message;
    clearTimeout(timer);
    if (received.kind === 'error' && received.error.errorType === TIMED_OUT) await worker.terminate();
    return received;
  };
  return {
    alive: messages.open,
    end: async () => void (await worker.terminate()),
    async invoke(event) {
      const requestId = randomUUID();
      const first = loaded && (await limited(INIT_SECONDS, loaded, requestId));
      loaded = undefined;
      if (first?.kind === 'error') {
        await worker.terminate();
        return { ok: false, error: first.error };
      }
      const answer = messages.next();
      const deadline = Date.now() + settings.timeoutSeconds * 1000;
      const request: WorkerRequest = { requestId, event: JSON.stringify(event ?? null), deadline };
      worker.postMessage(request);
      return invocation(await limited(settings.timeoutSeconds, answer, requestId));
    },
  };
}

/** The messages of a worker one by one; its end, for whatever reason, is an error message. */
function mailbox(worker: Worker) {
  let open = true;
  let waiting: ((message: WorkerMessage) => void) | undefined;
  const waited: WorkerMessage[] = [];
  let failure: InvocationError | undefined;
  const give = (message: WorkerMessage) => {
    if (waiting) waiting(message);
    else waited.push(message);
    waiting = undefined;
  };
  const fail = (error: InvocationError) => waiting && give({ kind: 'error', error });
  worker.on('message', (message: WorkerMessage) => give(message));
  worker.on('error', (error: Error) => {
    failure = { errorType: 'Runtime.UnhandledError', errorMessage: `${error.name}: ${error.message}` };
  });
  worker.on('exit', (code) => {
    open = false;
    fail(failure ?? { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with code ${code}` });
  });
  return {
    open: () => open,
    fail,
    next(): Promise<WorkerMessage> {
      const message = waited.shift();
      if (message) return Promise.resolve(message);
      if (!open) {
        const error = failure ?? { errorType: 'Runtime.ExitError', errorMessage: 'Runtime has exited' };
        return Promise.resolve({ kind: 'error', error });
      }
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
  };
}

const TIMED_OUT = 'Sandbox.Timedout';

function timedOut(requestId: string, seconds: number): InvocationError {
  return {
    errorType: TIMED_OUT,
    errorMessage: `${new Date().toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`,
  };
}

function invocation(message: WorkerMessage): Invocation {
  if (message.kind === 'error') return { ok: false, error: message.error };
  const json = message.kind === 'result' ? message.json : undefined;
  return { ok: true, payload: json === undefined ? null : JSON.parse(json) };
}

function workerStart(settings: FunctionSettings): WorkerStart {
  return {
    codeFolder: settings.codeFolder(),
    handler: settings.handler,
    functionName: settings.name,
    functionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${settings.name}`,
    memoryMegabytes: settings.memoryMegabytes,
  };
}

function lines(stream: Readable, each: (line: string) => void) {
  createInterface({ input: stream }).on('line', each);
}
