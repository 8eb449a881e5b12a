import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Text is sent as it is, anything else as JSON. */
  body?: unknown;
  /** Cuts the connection instead of answering. */
  hangUp?: boolean;
}

export interface Loopback {
  url: string;
  received: Received[];
  /** Answers the next requests in this order, before the handler is asked. */
  next(...replies: Reply[]): void;
  close(): Promise<void>;
}

/** A real HTTP server on this machine that answers as the test says. */
export async function startLoopback(
  handler: (request: Received) => Reply = () => ({ status: 404 }),
): Promise<Loopback> {
  const received: Received[] = [];
  const queue: Reply[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const { pathname, searchParams } = new URL(incoming.url!, 'http://loopback');
    const request = {
      method: incoming.method!,
      path: pathname,
      query: searchParams,
      headers: incoming.headers,
      body,
    };
    received.push(request);
    const reply = queue.shift() ?? handler(request);
    if (reply.hangUp) {
      incoming.socket.destroy();
      return;
    }
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? null);
    outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    outgoing.end(reply.body === undefined ? '' : text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    next: (...replies) => queue.push(...replies),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
