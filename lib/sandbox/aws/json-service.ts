import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';
import type { RunningServer } from './http-server.ts';
import { listen, readBody } from './http-server.ts';

/** One operation of a service: the request's JSON in, the response's JSON out; throws AwsError. */
export type Operation = (input: never) => unknown;

/**
 * Serves operations over the AWS JSON 1.1 protocol, where the operation's name stands behind the dot of
 * `X-Amz-Target`. An unknown operation is answered with UnknownOperationException.
 */
export function startJsonService(operations: Record<string, Operation>, port = 0): Promise<RunningServer> {
  return listen((request, response) => void answer(operations, request, response), port);
}

async function answer(
  operations: Record<string, Operation>,
  request: IncomingMessage,
  response: ServerResponse,
) {
  try {
    const body = await readBody(request);
    const name = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) throw new AwsError('UnknownOperationException');
    send(response, 200, (await operation(parse(String(body)) as never)) ?? {});
  } catch (error) {
    sendError(response, error);
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body || '{}');
  } catch {
    throw new AwsError('SerializationException');
  }
}

function sendError(response: ServerResponse, error: unknown) {
  const known = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
  send(response, known.status, {
    __type: known.code,
    ...(known.message ? { message: known.message } : {}),
  });
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
