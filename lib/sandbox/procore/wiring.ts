import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Incoming } from './access.ts';
import type { Answer, Gate } from './answer.ts';
import { answer, refused } from './answer.ts';
import { badRequest } from './errors.ts';
import type { Effect, Faults } from './faults.ts';
import { ROUTES } from './routes.ts';
import { stored } from './uploads.ts';

type Env = { Bindings: HttpBindings };
type Work = (c: Context<Env>) => Promise<Answer>;

/** Lays the routes, the token endpoint, faults and the counting of calls onto one web application. */
export function wire(gate: Gate, faults: Faults, count: (endpoint: string) => void): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    await next();
    // Every answer tells the time by the sandbox's own clock, as servers do.
    if (c.res !== RESPONSE_ALREADY_SENT) c.res.headers.set('date', gate.world.clock.now().toUTCString());
  });
  const on = (method: string, path: string, work: Work) => {
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      count(`${method} ${path}`);
      return withFault(gate, faults.strike(method, path), c, work);
    });
  };
  on('POST', '/oauth/token', async (c) => issue(gate, await c.req.text()));
  for (const route of ROUTES) {
    on(route.method, route.path, async (c) => {
      const call = await incoming(c);
      return call === undefined ? refused(badRequest({ base: ['is not JSON'] })) : answer(gate, route, call);
    });
  }
  on('POST', '/storage', async (c) => stored(gate.world, c.req.raw));
  app.notFound((c) => {
    count(`${c.req.method} elsewhere`);
    return c.json({ message: 'Not Found' }, 404);
  });
  return app;
}

async function withFault(
  gate: Gate,
  effect: Effect | undefined,
  c: Context<Env>,
  work: Work,
): Promise<Response> {
  if (effect === undefined) return respond(await work(c));
  if ('delay' in effect) {
    await gate.world.clock.sleep(effect.delay);
    return respond(await work(c));
  }
  if ('drop' in effect) {
    if (effect.drop === 'after') await work(c);
    c.env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  if (effect.after) await work(c);
  const { status, headers = {}, body = '<html><body>Procore is not available</body></html>' } = effect;
  return respond({ status, headers, body });
}

function issue(gate: Gate, form: string): Answer {
  try {
    return { status: 200, headers: {}, body: gate.tokens.issue(new URLSearchParams(form)) };
  } catch (error) {
    return refused(error);
  }
}

/** The call as it came, or undefined where its body is not JSON. */
async function incoming(c: Context<Env>): Promise<Incoming | undefined> {
  const text = await c.req.text();
  const { raw, url } = c.req;
  const call = { headers: raw.headers, url: new URL(url), params: c.req.param() as Record<string, string> };
  if (text === '') return { ...call, body: undefined };
  try {
    return { ...call, body: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function respond({ status, headers, body }: Answer): Response {
  if (typeof body === 'string') {
    return new Response(body, {
      status,
      headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
    });
  }
  const json = body === undefined ? null : JSON.stringify(body);
  return new Response(json, { status, headers: { 'Content-Type': 'application/json', ...headers } });
}
