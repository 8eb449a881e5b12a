import type { RequestListener } from 'node:http';
import type { Invoke } from './http-api.ts';
import { functionUrlListener, httpApi, notFound } from './http-api.ts';
import type { Route } from './http-routes.ts';
import { readRoutes } from './http-routes.ts';
import type { RunningServer } from './http-server.ts';
import { listen } from './http-server.ts';
import type { LocalUrls } from './local-names.ts';
import type { Resolve } from './resolve.ts';
import type { Template } from './template.ts';
import { resourcesOf } from './template.ts';

export interface LocalHttp {
  /** Where the first HTTP API and the discovery answer. */
  api: string;
  routes: Route[];
}

export interface LocalHttpParts {
  port: number;
  urls: LocalUrls;
  invoke: Invoke;
  /** The JSON that `GET /` answers where no route takes it. */
  discovery(): object;
  /** Milliseconds that requests under way are given when it closes. */
  grace: number;
}

/** Serves the template's HTTP APIs (the first on the port, others on free ones) and its function URLs. */
export async function startHttp(
  template: Template,
  resolve: Resolve,
  parts: LocalHttpParts,
  running: AsyncDisposableStack,
): Promise<LocalHttp> {
  const serve = async (listener: RequestListener, port = 0): Promise<RunningServer> => {
    const server = await listen(listener, port);
    running.defer(() => server.close(parts.grace));
    return server;
  };
  const routes = readRoutes(template, resolve);
  const listener = (apiId: string | undefined, otherwise: RequestListener) =>
    httpApi(() => routes.filter((route) => route.apiId === apiId), parts.invoke, otherwise);
  const [first, ...others] = resourcesOf(template, 'AWS::ApiGatewayV2::Api').map(([id]) => id);
  const main = await serve(listener(first, discover(parts.discovery)), parts.port).catch((error) => {
    throw error.code === 'EADDRINUSE' ? portTaken(parts.port, error) : error;
  });
  if (first) parts.urls.apis[first] = main.url;
  for (const id of others) parts.urls.apis[id] = (await serve(listener(id, notFound))).url;
  for (const [id, properties] of resourcesOf(template, 'AWS::Lambda::Url')) {
    const functionArn = String(resolve(properties.TargetFunctionArn, `${id}.TargetFunctionArn`));
    const url = { id, functionArn, authType: String(properties.AuthType) };
    parts.urls.functionUrls[id] = (await serve(functionUrlListener(url, parts.invoke))).url;
  }
  return { api: main.url, routes };
}

function discover(content: () => object): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' || request.url !== '/') return notFound(request, response);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(content()));
  };
}

function portTaken(port: number, cause: Error) {
  return new Error(`Port ${port} is taken: is another local run up? Choose another with --port.`, { cause });
}
