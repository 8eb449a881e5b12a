import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/** What a worker is started with. */
export interface WorkerStart {
  codeFolder: string;
  handler: string;
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
}

export interface WorkerRequest {
  requestId: string;
  /** JSON */
  event: string;
  /** Epoch milliseconds at which the invocation is ended. */
  deadline: number;
}

export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'result'; json: string | undefined }
  | { kind: 'error'; error: InvocationError };

/** As Lambda reports it. */
export interface InvocationError {
  errorType: string;
  errorMessage: string;
  stackTrace?: string[];
}

type Handler = (event: unknown, context: object) => unknown;

const start: WorkerStart = workerData;
const say = (message: WorkerMessage) => parentPort!.postMessage(message);

let handler: Handler;
try {
  handler = await load();
  parentPort!.on('message', (request: WorkerRequest) => void handle(request));
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'error', error: described(error) });
}

async function load(): Promise<Handler> {
  const at = start.handler.lastIndexOf('.');
  const [file, name] = [start.handler.slice(0, at), start.handler.slice(at + 1)];
  const path = ['mjs', 'js', 'cjs']
    .map((extension) => join(start.codeFolder, `${file}.${extension}`))
    .find((candidate) => existsSync(candidate));
  if (!path) throw new Error(`Cannot find module '${file}' in ${start.codeFolder}`);
  const module = await import(pathToFileURL(path).href);
  const found = module[name] ?? module.default?.[name];
  if (typeof found !== 'function') throw new Error(`${start.handler} is undefined or not exported`);
  return found;
}

async function handle(request: WorkerRequest) {
  try {
    const result = await handler(JSON.parse(request.event), context(request));
    say({ kind: 'result', json: JSON.stringify(result) });
  } catch (error) {
    say({ kind: 'error', error: described(error) });
  }
}

function context({ requestId, deadline }: WorkerRequest) {
  return {
    awsRequestId: requestId,
    functionName: start.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: start.functionArn,
    memoryLimitInMB: String(start.memoryMegabytes),
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function described(error: unknown): InvocationError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: (error.stack ?? '')
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
  };
}
