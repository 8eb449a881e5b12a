import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RunningServer {
  url: string;
  /** Takes no more connections and gives answers under way the grace, then cuts what is left. */
  close(graceMilliseconds?: number): Promise<void>;
}

/** Listens on 127.0.0.1; port 0 takes a free one. Rejects with EADDRINUSE where the port is taken. */
export async function listen(handler: RequestListener, port = 0): Promise<RunningServer> {
  const server = createServer(handler);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: (graceMilliseconds = 0) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

/** The whole body; undefined where it is longer than `limit` bytes, of which nothing is kept then. */
export async function readBody(
  request: IncomingMessage,
  limit = Number.POSITIVE_INFINITY,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}
