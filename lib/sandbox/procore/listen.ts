import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';

/** Serves an application on the loopback interface; `close` also cuts connections that are kept alive. */
export async function listen(app: Hono<{ Bindings: HttpBindings }>, port: number) {
  const { promise, resolve, reject } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, resolve) as Server;
  server.once('error', reject);
  const { port: given } = await promise;
  return {
    url: `http://127.0.0.1:${given}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
