import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface Arrived {
  authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: payloads are looked into freely
  body: any;
}

export interface Receiver {
  url: string;
  arrived: Arrived[];
  /** The status of each answer from now on; undefined leaves callers waiting. */
  answerWith(status: number | undefined): void;
  /** Comes back once so many have arrived. */
  count(wanted: number): Promise<void>;
  close(): Promise<void>;
}

/** An endpoint on this machine that keeps what is posted to it. */
export async function startReceiver(): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const waiting: { wanted: number; done: () => void }[] = [];
  let status: number | undefined = 204;
  const server = createServer(async (request, response) => {
    arrived.push(await read(request));
    if (status !== undefined) response.writeHead(status).end();
    for (const { wanted, done } of waiting) if (arrived.length >= wanted) done();
  });
  await listening(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    arrived,
    answerWith: (next) => {
      status = next;
    },
    count: (wanted) =>
      new Promise((done) => {
        if (arrived.length >= wanted) return done();
        waiting.push({ wanted, done });
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Arrived> {
  return { authorization: request.headers.authorization, body: await json(request) };
}

function listening(server: Server): Promise<void> {
  return new Promise((done) => server.listen(0, '127.0.0.1', done));
}
