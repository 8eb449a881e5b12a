import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Clock } from '../../core/ports.ts';
import type { Calls } from './calls.ts';
import type { Fault, Faults } from './faults.ts';
import { tooLong } from './refusals.ts';

/** Where the real server's address line ends. */
const LONGEST_QUERY = 2048;

export type Wired = { Bindings: HttpBindings; Variables: { dropped?: boolean } };

/** Notes every call with how it was answered, and turns over-long addresses away. */
export function recorded(calls: Calls): MiddlewareHandler<Wired> {
  return async (c, next) => {
    const tooLongQuery = new URL(c.req.url).search.length - 1 > LONGEST_QUERY;
    if (tooLongQuery) c.res = tooLong().getResponse();
    else await next();
    calls.record({
      method: c.req.method,
      path: c.req.path,
      query: c.req.query(),
      headers: c.req.header(),
      status: c.get('dropped') ? 0 : c.res.status,
    });
  };
}

/** Every answer tells the time by the sandbox's own clock, as servers do. */
export function dated(clock: Clock): MiddlewareHandler<Wired> {
  return async (c, next) => {
    await next();
    c.res.headers.set('date', clock.now().toUTCString());
  };
}

/** Does to the call what a test has switched on for it. */
export function faulty(faults: Faults): MiddlewareHandler<Wired> {
  return async (c, next) => {
    const fault = faults.take(c.req.method, c.req.path);
    if (fault?.do === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
    if (fault?.do === 'hold') await fault.until.catch(() => undefined);
    const when = fault && 'when' in fault ? fault.when : undefined;
    if (when !== 'before') await next();
    if (fault && when) c.res = failed(c, fault);
  };
}

function failed(c: Context<Wired>, fault: Fault): Response {
  if (fault.do === 'answer') {
    const { status, headers = {}, body = 'The server is busy' } = fault;
    return new Response(body, { status: status as ContentfulStatusCode, headers });
  }
  c.set('dropped', true);
  c.env.incoming.socket.destroy();
  return new Response(null, { status: 500 });
}
